import Ledger
import Storage

@testable import Features

/// Everything that counts in a household's books, in words: what was taken back must give the same words again.
///
/// Transactions are told by what is in them and not by their ids, since an opening balance that comes back is a new one.
struct LedgerPicture: Equatable, CustomStringConvertible {
    private let lines: [String]

    var description: String { lines.joined(separator: "\n") }

    init(_ transaction: any SQLTransaction, _ household: HouseholdID) throws {
        lines =
            try Self.nodes(transaction, household) + Self.transactions(transaction, household)
            + Self.sums(transaction, household) + Self.links(transaction, household)
    }

    /// What one has and the other has not.
    static func difference(_ first: LedgerPicture, _ second: LedgerPicture) -> String {
        let lost = first.lines.filter { !second.lines.contains($0) }.map { "- \($0)" }
        let new = second.lines.filter { !first.lines.contains($0) }.map { "+ \($0)" }
        return (lost + new).joined(separator: "\n")
    }

    private static func nodes(
        _ transaction: any SQLTransaction,
        _ household: HouseholdID
    ) throws -> [String] {
        try transaction.rows(
            """
            SELECT id, class, kind, name, parent_id, position, balance, minimum_balance, closed_at
            FROM account WHERE household_id = \(household) AND deleted_at IS NULL ORDER BY id
            """
        ) { row in
            let id: AccountID = try row.identifier()
            let words = [try row.text(), try row.textOrNil() ?? "-", try row.text()]
            let parent: AccountID? = try row.identifierOrNil()
            let position = try row.integer()
            let balance = try row.amount()
            let minimum = try row.amountOrNil()
            let closed = try row.dateOrNil()
            return """
                node \(id) \(words) in \(parent.map(\.description) ?? "-") at \(position): \
                \(balance), least \(minimum ?? 0), closed \(closed?.description ?? "-")
                """
        }
    }

    private static func transactions(
        _ transaction: any SQLTransaction,
        _ household: HouseholdID
    ) throws -> [String] {
        let records = try TransactionStore(transaction: transaction, household: household)
            .records("t.deleted_at IS NULL")
        let lines = records.map { record in
            let content = record.content
            let postings = content.postings.postings.map {
                "\($0.account) \($0.amount.tenThousandths) \($0.amount.currency.code) \($0.memo ?? "")"
            }
            return """
                transaction \(content.date) \(content.state) \(content.payee ?? "-") \
                \(content.note ?? "-") \(content.bankText ?? "-") \(content.tags.sorted()) \
                \(content.source) with \(content.link?.account.description ?? "-"): \(postings)
                """
        }
        return lines.sorted() + ["\(lines.count) transactions"]
    }

    private static func sums(
        _ transaction: any SQLTransaction,
        _ household: HouseholdID
    ) throws -> [String] {
        let rollups = try transaction.rows(
            """
            SELECT grain, period, node_id, counter_id, currency, posted_net, posted_count,
                pending_net, pending_count
            FROM rollup WHERE household_id = \(household)
                AND (posted_count <> 0 OR pending_count <> 0)
            ORDER BY grain, period, node_id, counter_id, currency
            """
        ) { row in
            let grain = try row.integer()
            let period = try row.date()
            let node: AccountID = try row.identifier()
            let counter: AccountID = try row.identifier()
            let currency = try row.currency()
            let sums = [
                try row.amount(), try row.integer(), try row.amount(), try row.integer(),
            ]
            return "rollup \(grain) \(period) \(node) \(counter) \(currency.code) \(sums)"
        }
        let payees = try transaction.rows(
            """
            SELECT r.month, p.name, r.account_id, r.currency, r.posted_net, r.posted_count,
                r.pending_net, r.pending_count
            FROM payee_rollup r JOIN payee p
                ON p.household_id = r.household_id AND p.id = r.payee_id
            WHERE r.household_id = \(household) AND (r.posted_count <> 0 OR r.pending_count <> 0)
            """
        ) { row in
            let month = try row.date()
            let payee = try row.text()
            let account: AccountID = try row.identifier()
            let currency = try row.currency()
            let sums = [
                try row.amount(), try row.integer(), try row.amount(), try row.integer(),
            ]
            return "payee \(month) \(payee) \(account) \(currency.code) \(sums)"
        }
        let count = try transaction.first(
            "SELECT transaction_count FROM household WHERE id = \(household)"
        ) { try $0.integer() }
        return rollups + payees.sorted() + ["counted \(count ?? -1)"]
    }

    private static func links(
        _ transaction: any SQLTransaction,
        _ household: HouseholdID
    ) throws -> [String] {
        let links = try transaction.rows(
            """
            SELECT out_id, in_id, state FROM transfer_link
            WHERE household_id = \(household) ORDER BY out_id, in_id
            """
        ) { row in
            let out: TransactionID = try row.identifier()
            let into: TransactionID = try row.identifier()
            return "link \(out) \(into) \(try row.text())"
        }
        let prints = try transaction.first(
            """
            SELECT COUNT(*) FROM import_fingerprint f JOIN ledger_transaction t
                ON t.household_id = f.household_id AND t.id = f.transaction_id
            WHERE f.household_id = \(household) AND t.deleted_at IS NULL
            """
        ) { try $0.integer() }
        return links + ["\(prints ?? -1) fingerprints"]
    }
}
