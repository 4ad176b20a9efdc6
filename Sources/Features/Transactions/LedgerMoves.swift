import Ledger

/// Which transactions one change brought or touched.
struct LedgerMoves {
    /// Nil once there are too many to name.
    private(set) var ids: [TransactionID]? = []
    /// The days on which they are.
    private(set) var days: DateSpan?
    /// What is another of those that were there before.
    private(set) var changed: [TransactionID: Change] = [:]

    struct Change: OptionSet {
        let rawValue: Int

        static let date = Change(rawValue: 1)
        static let payee = Change(rawValue: 2)
        /// What moves on which accounts.
        static let money = Change(rawValue: 4)
    }

    /// How many are named; of more the days have to do.
    static let limit = 200

    mutating func add(_ id: TransactionID, on date: LocalDate, _ change: Change = []) {
        days = DateSpan(min(days?.first ?? date, date), max(days?.last ?? date, date))
        if !change.isEmpty { changed[id, default: []].formUnion(change) }
        guard let count = ids?.count else { return }
        if count < Self.limit { ids?.append(id) } else { ids = nil }
    }
}
