import Ledger

/// Which transactions one change brought or touched.
struct LedgerMoves {
    /// Nil once there are too many to name.
    private(set) var ids: [TransactionID]? = []
    /// The days on which they are.
    private(set) var days: DateSpan?

    /// How many are named; of more the days have to do.
    static let limit = 200

    mutating func add(_ id: TransactionID, on date: LocalDate) {
        days = DateSpan(min(days?.first ?? date, date), max(days?.last ?? date, date))
        guard let count = ids?.count else { return }
        if count < Self.limit { ids?.append(id) } else { ids = nil }
    }
}
