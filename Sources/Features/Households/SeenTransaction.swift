import Ledger
package import Storage

/// A transaction whose questions are answered from the ledger as a member sees it, from whom accounts are hidden
/// (ADR 0016).
///
/// What a statement writes is not touched: it reaches the whole ledger. So a use case looks up what its caller names
/// here, and keeps the books on `HouseholdWrite.transaction`.
struct SeenTransaction: SQLTransaction {
    let whole: any SQLTransaction
    let tables: SeenTables

    var dialect: SQLDialect { whole.dialect }

    func execute(_ sql: SQLText) throws {
        try whole.execute(tables.narrowed(sql))
    }

    func executeCounting(_ sql: SQLText) throws -> Int {
        try whole.executeCounting(tables.narrowed(sql))
    }

    func forEach(_ sql: SQLText, _ read: (inout SQLRow) throws -> Void) throws {
        try whole.forEach(tables.narrowed(sql), read)
    }

    func scan(_ sql: SQLText, _ read: (inout SQLRow) throws -> Void) throws {
        try whole.scan(tables.narrowed(sql), read)
    }

    func insert(into: SQLText, rows: [[SQLValue]], suffix: SQLText) throws {
        try whole.insert(into: into, rows: rows, suffix: suffix)
    }

    func noteVersion(_ version: Int64, of household: HouseholdID) {
        whole.noteVersion(version, of: household)
    }

    func afterCommit(_ act: @escaping @Sendable () -> Void) { whole.afterCommit(act) }
}

extension Member {
    /// The transaction for this member's questions. Who sees everything asks the engine itself.
    package func seen(_ transaction: any SQLTransaction) -> any SQLTransaction {
        guard case .without(let hidden) = sees else { return transaction }
        let tables = SeenTables(
            dialect: transaction.dialect,
            household: household,
            hidden: hidden.sorted()
        )
        return SeenTransaction(whole: transaction, tables: tables)
    }
}

extension SQLTransaction {
    /// Whether its questions are answered without some accounts.
    package var isPartial: Bool { self is SeenTransaction }

    /// The ledger without anything left out.
    package var entire: any SQLTransaction { (self as? SeenTransaction)?.whole ?? self }
}

extension ServerEnvironment {
    /// Reads, on one snapshot, what a member sees of their household.
    package func read<Value: Sendable>(
        as member: Member,
        _ body: @escaping @Sendable (any SQLTransaction) throws -> Value
    ) async throws -> Value {
        try await database.read(.household(member.household)) { try body(member.seen($0)) }
    }
}
