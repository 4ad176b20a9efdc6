import Ledger
import Storage

/// Which accounts the rows of a bulk change speak of: for each set of accounts, how many rows.
///
/// It is kept beside the rows, which are sealed, so that whoever does not see an account is told how many rows
/// they may see without each being opened (ADR 0016). What can hide an account is one that is owned or owed;
/// categories are seen by everyone.
struct TrailTouches: Sendable, Equatable {
    private(set) var counts: [Set<AccountID>: Int] = [:]

    /// What is sealed of a row without a before and an after.
    private static let nothing = Array("{\"before\":null,\"after\":null}".utf8)

    init() {}

    /// - Parameter accounts: those that can be hidden.
    init(_ changes: some Sequence<AuditNote.Change>, among accounts: Set<AccountID>) {
        for change in changes { add(change.entity, change.payload, among: accounts) }
    }

    mutating func add(_ entity: UniqueID, _ payload: [UInt8], among accounts: Set<AccountID>) {
        // Of what says nothing it cannot be known whose it is.
        guard payload != Self.nothing else { return }
        var named = Self.named(in: payload, among: accounts)
        if accounts.contains(AccountID(entity)) { named.insert(AccountID(entity)) }
        counts[named, default: 0] += 1
    }

    /// How many rows speak of none of these.
    func count(without hidden: Set<AccountID>) -> Int {
        counts.reduce(0) { $0 + ($1.key.isDisjoint(with: hidden) ? $1.value : 0) }
    }

    /// The same as if there had only been these accounts.
    func among(_ accounts: Set<AccountID>) -> TrailTouches {
        var touches = TrailTouches()
        for (named, count) in counts {
            touches.counts[named.intersection(accounts), default: 0] += count
        }
        return touches
    }

    /// Every id in quotes is looked at, wherever in the JSON it stands. Ours are written without escapes.
    private static func named(
        in payload: [UInt8],
        among accounts: Set<AccountID>
    ) -> Set<AccountID> {
        let quote = UInt8(ascii: "\"")
        let hyphen = UInt8(ascii: "-")
        var named: Set<AccountID> = []
        var start = 0
        while start + 37 < payload.count {
            guard payload[start] == quote, payload[start + 37] == quote,
                payload[start + 9] == hyphen
            else {
                start += 1
                continue
            }
            let text = String(decoding: payload[(start + 1)..<(start + 37)], as: UTF8.self)
            if let id = AccountID(text), accounts.contains(id) { named.insert(id) }
            start += 1
        }
        return named
    }

    // MARK: Rows

    /// Each set with its count. What has no rows that say something has one row all the same, so that it is
    /// known to have been looked at.
    var rows: [(accounts: [UInt8], count: Int)] {
        guard !counts.isEmpty else { return [([], 0)] }
        return counts.map { named, count in (named.sorted().flatMap(\.value.bytes), count) }
    }

    /// - Parameter bytes: ids one behind the other, as `rows` has them.
    mutating func add(_ bytes: [UInt8], count: Int) {
        guard count > 0 else { return }
        let named = stride(from: 0, to: bytes.count, by: 16).compactMap { start in
            UniqueID(bytes: bytes[start..<min(start + 16, bytes.count)]).map { AccountID($0) }
        }
        counts[Set(named), default: 0] += count
    }
}

/// What is kept of the rows of bulk changes.
struct TrailTouchStore {
    let transaction: any SQLTransaction
    let household: HouseholdID

    /// The accounts that can be hidden.
    func accounts() throws -> Set<AccountID> {
        Set(
            try transaction.rows(
                """
                SELECT id FROM account
                WHERE household_id = \(household) AND class IN ('asset', 'liability')
                """
            ) { try $0.identifier() as AccountID }
        )
    }

    func insert(_ touches: TrailTouches, of sequence: Int64) throws {
        try transaction.insert(
            into: "audit_touch (household_id, sequence, accounts, row_count)",
            rows: touches.rows.map { accounts, count in
                [household.sqlValue, sequence.sqlValue, .bytes(accounts), count.sqlValue]
            }
        )
    }

    /// Of those entries of which it is kept.
    func load(of sequences: [Int64]) throws -> [Int64: TrailTouches] {
        guard !sequences.isEmpty else { return [:] }
        return try load("sequence IN \(list: sequences)")
    }

    func all() throws -> [Int64: TrailTouches] { try load("1 = 1") }

    private func load(_ condition: SQLText) throws -> [Int64: TrailTouches] {
        var touches: [Int64: TrailTouches] = [:]
        try transaction.forEach(
            """
            SELECT sequence, accounts, row_count FROM audit_touch
            WHERE household_id = \(household) AND \(condition)
            """
        ) { row in
            let sequence = try row.integer()
            touches[sequence, default: TrailTouches()].add(try row.bytes(), count: try row.int())
        }
        return touches
    }

    /// The oldest entries that have rows of which it is not kept yet.
    func missing(limit: Int) throws -> [Int64] {
        try transaction.rows(
            """
            SELECT e.sequence FROM audit_entry e
            WHERE e.household_id = \(household) AND e.change_count > 0 AND NOT EXISTS (
                SELECT 1 FROM audit_touch t
                WHERE t.household_id = e.household_id AND t.sequence = e.sequence)
            ORDER BY e.sequence LIMIT \(limit)
            """
        ) { try $0.integer() }
    }
}
