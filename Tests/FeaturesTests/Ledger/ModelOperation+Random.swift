import Ledger
import Synchronization

@testable import Features

/// What random operations can be about.
final class ModelWorld: Sendable {
    let euroAccounts: [AccountID]
    let dollarAccounts: [AccountID]
    let categories: [AccountID]
    /// Those that a run may delete.
    let doomedCategories: [AccountID]
    /// Entered as an expense or an income.
    private let simple = Mutex<[TransactionID]>([])
    private let others = Mutex<[TransactionID]>([])

    init(euros: [AccountID], dollars: [AccountID], categories: [AccountID], doomed: [AccountID]) {
        euroAccounts = euros
        dollarAccounts = dollars
        self.categories = categories
        doomedCategories = doomed
    }

    func remember(_ id: TransactionID, of operation: ModelOperation) {
        if case .add = operation {
            simple.withLock { $0.append(id) }
        } else {
            others.withLock { $0.append(id) }
        }
    }

    private func simpleID(_ random: inout SeededGenerator) -> TransactionID? {
        simple.withLock { $0 }.randomElement(using: &random)
    }

    private func anyID(_ random: inout SeededGenerator) -> TransactionID? {
        let all = simple.withLock { $0 } + others.withLock { $0 }
        return all.randomElement(using: &random)
    }

    // MARK: One at random

    func operation(_ random: inout SeededGenerator) -> ModelOperation {
        switch Int.random(in: 0..<100, using: &random) {
        case 0..<30: .add(entry(&random))
        case 30..<38: transfer(&random)
        case 38..<44: split(&random)
        case 44..<50: free(&random)
        case 50..<72: edit(&random) ?? .add(entry(&random))
        case 72..<80: anyID(&random).map(ModelOperation.delete) ?? .add(entry(&random))
        case 80..<86: anyID(&random).map(ModelOperation.restore) ?? .add(entry(&random))
        case 86..<90: .bulkState(ids(&random), state(&random))
        case 90..<93: .bulkDelete(ids(&random))
        case 93..<96: .setMinimum(account(&random), minimum(&random))
        case 96..<99:
            .setOpening(account(&random), Int64.random(in: -50...50, using: &random) * 10_000)
        default: dropCategory(&random)
        }
    }

    private func account(_ random: inout SeededGenerator) -> AccountID {
        (euroAccounts + dollarAccounts).randomElement(using: &random)!
    }

    private func category(_ random: inout SeededGenerator) -> AccountID {
        (categories + categories + doomedCategories).randomElement(using: &random)!
    }

    private func amount(_ random: inout SeededGenerator) -> Int64 {
        Int64.random(in: 1...20_000, using: &random) * 100
    }

    private func minimum(_ random: inout SeededGenerator) -> Int64? {
        Bool.random(using: &random) ? nil : Int64.random(in: -1_000...200, using: &random) * 10_000
    }

    private func state(_ random: inout SeededGenerator) -> TransactionState {
        [.expected, .pending, .posted, .posted, .posted, .cleared, .reconciled]
            .randomElement(using: &random)!
    }

    /// Around the turn of a year, so that months and days differ.
    private func date(_ random: inout SeededGenerator) -> LocalDate {
        LocalDate("2025-12-20")!.adding(days: Int.random(in: 0..<50, using: &random))
    }

    private func head(_ random: inout SeededGenerator) -> ModelOperation.Head {
        .init(
            date: date(&random),
            state: state(&random),
            payee: payee(&random),
            tags: tags(&random)
        )
    }

    private func payee(_ random: inout SeededGenerator) -> String? {
        ["Bäckerei", "Market", "Employer", "Café Noir", nil].randomElement(using: &random)!
    }

    private func tags(_ random: inout SeededGenerator) -> [String] {
        ["home", "trip", "work"].filter { _ in Int.random(in: 0..<4, using: &random) == 0 }
    }

    private func entry(_ random: inout SeededGenerator) -> ModelOperation.Entry {
        .init(
            isIncome: Int.random(in: 0..<3, using: &random) == 0,
            account: account(&random),
            category: category(&random),
            amount: amount(&random),
            head: head(&random)
        )
    }

    private func transfer(_ random: inout SeededGenerator) -> ModelOperation {
        let pair = (euroAccounts + dollarAccounts).shuffled(using: &random).prefix(2)
        let isExchange = euroAccounts.contains(pair[0]) != euroAccounts.contains(pair[1])
        return .transfer(
            from: pair[0],
            to: pair[1],
            amount: amount(&random),
            arriving: isExchange ? amount(&random) : nil,
            head(&random)
        )
    }

    private func split(_ random: inout SeededGenerator) -> ModelOperation {
        let parts = (0..<Int.random(in: 2...4, using: &random)).map { _ in
            (category: category(&random), amount: amount(&random))
        }
        return .split(from: account(&random), parts: parts, head(&random))
    }

    /// Several accounts and categories at once, in euros.
    private func free(_ random: inout SeededGenerator) -> ModelOperation {
        var postings = euroAccounts.map { (account: $0, amount: amount(&random) - 1_000_000) }
        postings += (0..<2).map { _ in (account: category(&random), amount: amount(&random)) }
        let sum = postings.reduce(0) { $0 + $1.amount }
        postings.append((account: category(&random), amount: -sum))
        return .free(postings: postings, head(&random))
    }

    private func edit(_ random: inout SeededGenerator) -> ModelOperation? {
        let kind = Int.random(in: 0..<7, using: &random)
        guard let id = kind < 3 ? simpleID(&random) : anyID(&random) else { return nil }
        let edit: ModelOperation.Edit =
            switch kind {
            case 0: .amount(amount(&random))
            case 1: .category(category(&random))
            case 2: .account(account(&random))
            case 3: .date(date(&random))
            case 4: .state(state(&random))
            case 5: .payee(payee(&random))
            default: .tags(tags(&random))
            }
        let version = Int.random(in: 0..<4, using: &random)
        return .edit(
            id,
            edit,
            version: version == 0 ? Int64.random(in: 1...3, using: &random) : nil
        )
    }

    private func ids(_ random: inout SeededGenerator) -> [TransactionID] {
        let ids = (0..<4).compactMap { _ in anyID(&random) }
        return ids.isEmpty ? [TransactionID(UniqueID(high: 0, low: 1))] : ids
    }

    private func dropCategory(_ random: inout SeededGenerator) -> ModelOperation {
        .dropCategory(
            doomedCategories.randomElement(using: &random)!,
            moveTo: categories.randomElement(using: &random)!
        )
    }
}
