/// How sure a transaction is.
package enum TransactionState: Int, CaseIterable, Comparable, Sendable {
    /// Planned: it counts in no balance.
    case expected = 0
    /// Announced by the bank: it counts in balances, and in reports only when asked.
    case pending = 1
    /// Booked.
    case posted = 2
    /// Seen on a statement.
    case cleared = 3
    /// Agreed against a statement's balance: it no longer changes by itself.
    case reconciled = 4

    package var name: String {
        switch self {
        case .expected: "expected"
        case .pending: "pending"
        case .posted: "posted"
        case .cleared: "cleared"
        case .reconciled: "reconciled"
        }
    }

    package init?(name: some StringProtocol) {
        guard let state = Self.allCases.first(where: { $0.name == name }) else { return nil }
        self = state
    }

    /// Whether it counts in an account's balance.
    package var countsInBalance: Bool { self != .expected }

    /// Whether it counts in reports without being asked.
    package var isBooked: Bool { self >= .posted }

    package static func < (left: TransactionState, right: TransactionState) -> Bool {
        left.rawValue < right.rawValue
    }
}

/// What people call a transaction, told from its postings.
package enum TransactionType: String, CaseIterable, Sendable {
    case expense, income, transfer
    /// What an account held when it was added.
    case opening
    /// Postings that fit none of the others.
    case adjustment
}

/// Where a transaction came from.
package enum TransactionSource: String, CaseIterable, Sendable {
    case manual, `import`, demo, rule, sync, system
}
