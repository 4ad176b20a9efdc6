import HTTPTypes
package import Interchange
package import Ledger
import Logging
import Storage

extension ImportService {
    /// Books the new rows of a preview.
    ///
    /// - Returns: 200 with the finished import, or 202 while a large one is booked in the background.
    func commit(_ id: ImportBatchID, _ call: MemberCall) async throws -> Reply {
        let batch = try await load(id, call.member)
        try Self.mustBePreview(batch)
        try Self.mustHaveAccounts(batch)
        let file = try await file(of: batch, call.member)
        if batch.report.rows <= Self.immediateRows {
            let reply = try await call.write { write in
                let view = try commit(id, file, in: write)
                return .ok(ImportView.shape, view).tagged(view.batch.version)
            }
            if reply.headers[.idempotencyReplayed] == nil {
                environment.metrics.countImportRows(batch.report.new)
            }
            return reply
        }
        if try jobs.begin(id, .committing, total: batch.report.rows) {
            let (member, requestID) = (call.member, call.requestID)
            Task {
                defer { jobs.end(id) }
                do {
                    let view = try await environment.write(as: member, requestID: requestID) {
                        try commit(id, file, in: $0)
                    }
                    await finished(view)
                } catch {
                    environment.logger.error("import \(id) could not be committed: \(error)")
                    await note(error, on: id, member, requestID)
                }
            }
        }
        var reply = Reply.ok(ImportView.shape, view(of: batch))
        reply.status = .accepted
        return reply
    }

    /// One use case, one transaction, one entry of the trail: what was new is booked, nothing twice.
    package func commit(
        _ id: ImportBatchID,
        _ file: StatementFile,
        in write: HouseholdWrite
    ) throws -> ImportView {
        let store = ImportStore(write)
        var batch = try store.load(id)
        try Self.mustBePreview(batch)
        let key = ReadFiles.PreviewKey(
            batch: id,
            batchVersion: batch.version,
            householdVersion: write.version,
            sees: write.member.sees
        )
        let preview = try files.preview(key) ?? preview(file, batch.decisions, write)
        let booked = try ImportBooking(write: write, batch: id, decisions: batch.decisions)
            .book(preview) { jobs.advance(id, to: $0) }
        try ImportMemory(transaction: write.transaction, household: write.household)
            .save(file, batch.decisions)
        batch.report = preview.report
        batch.state = .committed
        batch.error = nil
        batch.committedAt = write.now
        batch.report.transfersLinked = try TransferService().linkCertain(among: booked, in: write)
        try store.update(batch)
        try TaskCauses.end(.importToReview(id), in: write)
        // Before this is noted, since what was booked for a bill makes room for the bank's own row.
        let replaced = try BillMatcher(write).follow(write.takeMoves(), isImport: true)
        let view = view(of: try store.load(id)).finished
        try Notices(write).tell(.importFinished(batch), to: [write.member.person])
        let digest = JSONWriter.digest(of: try store.file(of: id), posted: booked.ids.count, view)
        write.record(
            AuditNote("commit", "import", id.value, after: digest, changes: replaced)
        )
        return view
    }

    /// Counts what was posted, and lets go of what the steps before needed.
    func finished(_ view: ImportView) async {
        environment.metrics.countImportRows(view.batch.report.new)
        files.forget(view.batch.id)
        Memory.giveBack()
        do {
            try await environment.database.learnStatistics()
        } catch {
            environment.logger.warning("PostgreSQL's statistics could not be renewed: \(error)")
        }
    }

    private func note(
        _ error: any Error,
        on id: ImportBatchID,
        _ member: Member,
        _ requestID: String
    ) async {
        let message = (error as? APIError)?.message ?? "The import could not be committed."
        do {
            try await environment.write(as: member, requestID: requestID) { write in
                let store = ImportStore(write)
                var batch = try store.load(id)
                guard batch.state == .preview else { return }
                batch.error = message
                try store.update(batch)
                write.record(AuditNote("fail", "import", id.value, actor: "job"))
            }
        } catch {
            environment.logger.error("import \(id): its failure could not be noted: \(error)")
        }
    }

    private static func mustHaveAccounts(_ batch: ImportBatch) throws {
        guard batch.report.statements.allSatisfy({ $0.account != nil || $0.rows == 0 }) else {
            throw APIError.conflict(
                "import.account_missing",
                "Say first which account each statement belongs to."
            )
        }
    }

    // MARK: Undo

    /// Takes back a committed import, or drops a preview.
    ///
    /// - Throws: 409 `import.reconciled` when a row was reconciled since.
    package func undo(
        _ id: ImportBatchID,
        expecting version: Int64?,
        in write: HouseholdWrite
    ) throws -> ImportView {
        let store = ImportStore(write)
        var batch = try store.load(id)
        guard version == nil || version == batch.version else { throw APIError.stale }
        guard batch.state != .undone else { return view(of: batch) }
        if jobs.progress(of: id) != nil {
            throw APIError.conflict("import.running", "The import is being worked on. Wait for it.")
        }
        var returned: [AuditNote.Change] = []
        if batch.state == .committed {
            try Self.mustBeSeen(id, write)
            try Self.mustNotBeReconciled(id, write)
            returned = try BillMatcher(write).release(importedBy: id)
            try TransferService().unlinkAll(importedBy: id, in: write)
            _ = try LedgerBook(write).removeAll(importedBy: id)
            try FingerprintStore(transaction: write.transaction, household: write.household)
                .forget(importedBy: id)
        }
        batch.state = .undone
        batch.undoneAt = write.now
        try store.update(batch)
        try TaskCauses.end(.importToReview(id), in: write)
        files.forget(id)
        let view = view(of: try store.load(id))
        write.record(
            AuditNote(
                "undo",
                "import",
                id.value,
                after: ImportView.shape.bytes(view),
                changes: returned
            )
        )
        return view
    }

    /// - Throws: 409 when one of its rows came to lie on an account that the member does not see, or was linked to one.
    private static func mustBeSeen(_ id: ImportBatchID, _ write: HouseholdWrite) throws {
        guard write.member.sees != .everything else { return }
        func count(_ transaction: any SQLTransaction) throws -> [Int64]? {
            try transaction.first(
                """
                SELECT COUNT(*), COUNT(linked_id) FROM ledger_transaction
                WHERE household_id = \(write.household) AND import_id = \(id) AND deleted_at IS NULL
                """
            ) { [try $0.integer(), try $0.integer()] }
        }
        guard try count(write.transaction) == count(write.seen) else {
            throw APIError.partlyHidden
        }
    }

    private static func mustNotBeReconciled(_ id: ImportBatchID, _ write: HouseholdWrite) throws {
        let count = try write.transaction.first(
            """
            SELECT COUNT(*) FROM ledger_transaction
            WHERE household_id = \(write.household) AND import_id = \(id) AND deleted_at IS NULL
                AND state = \(TransactionState.reconciled.rawValue)
            """
        ) { try $0.integer() }
        guard count == 0 else {
            throw APIError.conflict(
                "import.reconciled",
                "\(count ?? 0) of its rows were reconciled since. Undo that first."
            )
        }
    }
}

extension ImportView {
    /// The state that this transaction leaves behind, whatever its job says until it ends.
    fileprivate var finished: ImportView {
        ImportView(batch: batch, state: batch.state, done: total, total: total)
    }
}

extension JSONWriter {
    /// What the trail keeps of an import: the file's digest stands for its rows.
    fileprivate static func digest(of file: [UInt8], posted: Int, _ view: ImportView) -> [UInt8] {
        var writer = JSONWriter()
        writer.object { writer in
            writer.name("file_sha256")
            writer.string(AuditChain.digest(file).hexadecimal)
            writer.name("posted")
            writer.integer(Int64(posted))
            writer.name("import")
            writer.raw(ImportView.shape.bytes(view))
        }
        return writer.bytes
    }
}
