package import Ledger
package import Storage

/// An import as it is stored.
package struct ImportBatch: Sendable {
    package let id: ImportBatchID
    package let fileName: String
    package var state: State
    package var decisions: ImportDecisions
    package var report: ImportReport
    package var error: String?
    package let version: Int64
    package let createdAt: Instant
    package var committedAt: Instant?
    package var undoneAt: Instant?
    package var uploadedBy: PersonID?

    /// The accounts that its rows lie on; nil as long as one is not known.
    var accounts: Set<AccountID>? {
        let named = Set(decisions.accounts.values.compactMap { AccountID($0) })
        let isSettled = report.statements.allSatisfy { $0.account != nil } && !named.isEmpty
        return isSettled ? named : nil
    }

    package enum State: String, CaseIterable, Sendable {
        case reading, preview, committing, committed, undone, failed
    }
}

/// Files from banks and what was decided about them.
package struct ImportStore {
    package let transaction: any SQLTransaction
    package let member: Member

    package init(transaction: any SQLTransaction, member: Member) {
        self.transaction = transaction
        self.member = member
    }

    package init(_ write: HouseholdWrite) {
        self.init(transaction: write.transaction, member: write.member)
    }

    private var household: HouseholdID { member.household }

    func insert(_ batch: ImportBatch, file: [UInt8], by person: PersonID) throws {
        try transaction.execute(
            """
            INSERT INTO import_batch (household_id, id, file_name, state, decisions, report, error,
                created_by, created_at)
            VALUES (\(household), \(batch.id), \(batch.fileName), \(batch.state.rawValue),
                \(try batch.decisions.json), \(try batch.report.json), \(batch.error), \(person),
                \(batch.createdAt))
            """
        )
        try transaction.execute(
            """
            INSERT INTO import_file (household_id, batch_id, bytes)
            VALUES (\(household), \(batch.id), \(file))
            """
        )
    }

    func update(_ batch: ImportBatch) throws {
        try transaction.execute(
            """
            UPDATE import_batch SET state = \(batch.state.rawValue),
                decisions = \(try batch.decisions.json), report = \(try batch.report.json),
                error = \(batch.error), committed_at = \(batch.committedAt),
                undone_at = \(batch.undoneAt), version = version + 1
            WHERE household_id = \(household) AND id = \(batch.id)
            """
        )
    }

    /// - Throws: 404
    package func load(_ id: ImportBatchID) throws -> ImportBatch {
        guard let batch = try find(id) else {
            throw APIError.notFound("import")
        }
        return batch
    }

    /// Nil where there is none, or the member does not see it.
    func find(_ id: ImportBatchID) throws -> ImportBatch? {
        try batches("AND id = \(id)").first
    }

    /// The newest first.
    func latest(_ limit: Int) throws -> [ImportBatch] {
        guard member.sees != .everything else {
            return try batches("ORDER BY id DESC LIMIT \(limit)")
        }
        return Array(try batches("ORDER BY id DESC").prefix(limit))
    }

    /// - Throws: 404
    func file(of id: ImportBatchID) throws -> [UInt8] {
        guard let bytes = try findFile(of: id) else { throw APIError.notFound("import") }
        return bytes
    }

    /// Nil once it is not kept any more.
    ///
    /// - Throws: 404 for a batch that is not there.
    func findFile(of id: ImportBatchID) throws -> [UInt8]? {
        if member.sees != .everything { _ = try load(id) }
        return try transaction.first(
            """
            SELECT bytes FROM import_file WHERE household_id = \(household) AND batch_id = \(id)
            """
        ) { try $0.bytes() }
    }

    private func batches(_ rest: SQLText) throws -> [ImportBatch] {
        try transaction.rows(
            """
            SELECT id, file_name, state, decisions, report, error, version, created_at, committed_at,
                undone_at, created_by
            FROM import_batch WHERE household_id = \(household) \(rest)
            """
        ) { row in
            ImportBatch(
                id: try row.identifier(),
                fileName: try row.text(),
                state: ImportBatch.State(rawValue: try row.text()) ?? .failed,
                decisions: try ImportDecisions(json: try row.bytes()),
                report: try ImportReport(json: try row.bytes()),
                error: try row.textOrNil(),
                version: try row.integer(),
                createdAt: try row.instant(),
                committedAt: try row.instantOrNil(),
                undoneAt: try row.instantOrNil(),
                uploadedBy: try row.identifierOrNil()
            )
        }
        .filter(isSeen)
    }

    /// A file is seen with its accounts. As long as one is not known, it is only by who brought the file, since its
    /// rows may be those of any account.
    private func isSeen(_ batch: ImportBatch) -> Bool {
        guard case .without(let hidden) = member.sees else { return true }
        let named = Set(batch.decisions.accounts.values.compactMap { AccountID($0) })
        guard named.isDisjoint(with: hidden) else { return false }
        return batch.accounts != nil || batch.uploadedBy == member.person
    }
}
