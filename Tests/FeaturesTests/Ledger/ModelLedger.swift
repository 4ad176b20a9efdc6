import Ledger
import Storage

@testable import Features

/// The ledger as plain values in memory: what the two engines are compared with.
struct ModelLedger {
    struct Account {
        let currency: Currency
        var minimum: Int64?
        var opening: TransactionID?
    }

    struct Transaction: Equatable {
        var date: LocalDate
        var state: TransactionState
        var payee: String?
        var tags: Set<String>
        var postings: [Posting]
        var isDeleted = false
        var version: Int64 = 1
        /// Entered as an expense or an income, and how it can be edited.
        var form: Form?

        var counts: Bool { !isDeleted && state.countsInBalance }
    }

    /// What a person entered.
    struct Form: Equatable {
        var isIncome: Bool
        var account: AccountID
        var category: AccountID
        var amount: Int64
    }

    var accounts: [AccountID: Account] = [:]
    /// Live categories and where they stand in for others.
    var categories: Set<AccountID> = []
    var transactions: [TransactionID: Transaction] = [:]
    var version: Int64
    var exchange: AccountID
    var openingNode: AccountID

    func isReal(_ id: AccountID) -> Bool { accounts[id] != nil }

    func balance(of id: AccountID) -> Int64 {
        transactions.values.filter(\.counts).flatMap(\.postings).filter { $0.account == id }
            .reduce(0) { $0 + $1.amount.tenThousandths }
    }

    /// What the balances would change by.
    private func changes(from old: [Transaction], to new: [Transaction]) -> [AccountID: Int64] {
        var changes: [AccountID: Int64] = [:]
        for (transactions, sign) in [(old, -1 as Int64), (new, 1)] {
            for posting in transactions.filter(\.counts).flatMap(\.postings)
            where isReal(posting.account) {
                changes[posting.account, default: 0] += sign * posting.amount.tenThousandths
            }
        }
        return changes
    }

    /// The code of the refusal, nil when each account may fall as far as this.
    func overdraft(from old: [Transaction], to new: [Transaction]) -> String? {
        for (id, change) in changes(from: old, to: new) where change < 0 {
            guard let minimum = accounts[id]?.minimum else { continue }
            if balance(of: id) + change < minimum { return "account.insufficient_balance" }
        }
        return nil
    }

    // MARK: What the database keeps beside the postings

    func rollups() throws -> [LedgerEffects.RollupKey: LedgerEffects.RollupSum] {
        var sums: [LedgerEffects.RollupKey: LedgerEffects.RollupSum] = [:]
        for transaction in transactions.values where transaction.counts {
            var counted: Set<AccountID> = []
            for share in try RollupShare.shares(of: transaction.postings, isReal: isReal) {
                let isFirst = counted.insert(share.node).inserted
                for (isMonth, period) in [
                    (false, transaction.date), (true, transaction.date.month.firstDay),
                ] {
                    let key = LedgerEffects.RollupKey(
                        isMonth: isMonth,
                        period: period,
                        node: share.node,
                        counter: share.counter,
                        currency: share.net.currency
                    )
                    add(share.net, isFirst, transaction.state, to: &sums[key, default: .init()])
                }
            }
        }
        return sums.filter { !$0.value.isZero }
    }

    /// By payee name, since ids are the database's own.
    struct PayeeKey: Hashable {
        let month: LocalDate
        let payee: String
        let account: AccountID
        let currency: Currency
    }

    func payeeRollups() throws -> [PayeeKey: LedgerEffects.RollupSum] {
        var sums: [PayeeKey: LedgerEffects.RollupSum] = [:]
        for transaction in transactions.values where transaction.counts {
            guard let payee = transaction.payee else { continue }
            var counted: Set<AccountID> = []
            for share in try RollupShare.shares(of: transaction.postings, isReal: isReal)
            where categories.contains(share.node) {
                let key = PayeeKey(
                    month: transaction.date.month.firstDay,
                    payee: payee,
                    account: share.counter,
                    currency: share.net.currency
                )
                let isFirst = counted.insert(share.counter).inserted
                add(share.net, isFirst, transaction.state, to: &sums[key, default: .init()])
            }
        }
        return sums.filter { !$0.value.isZero }
    }

    private func add(
        _ net: Money,
        _ isCounted: Bool,
        _ state: TransactionState,
        to sum: inout LedgerEffects.RollupSum
    ) {
        if state.isBooked {
            sum.postedNet += net.tenThousandths
            sum.postedCount += isCounted ? 1 : 0
        } else {
            sum.pendingNet += net.tenThousandths
            sum.pendingCount += isCounted ? 1 : 0
        }
    }
}
