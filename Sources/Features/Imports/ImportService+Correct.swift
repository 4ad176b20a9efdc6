import Interchange
import Ledger
import Storage

extension ImportService {
    /// Takes a person's corrections and looks at the file again.
    func correct(
        _ id: ImportBatchID,
        _ patch: ImportPatch,
        expecting version: Int64?,
        call: MemberCall
    ) async throws -> Reply {
        let batch = try await load(id, call.member)
        try Self.mustBePreview(batch)
        var decisions = batch.decisions
        try patch.apply(to: &decisions)
        var changed = batch
        changed.decisions = decisions
        let file = try await file(of: changed, call.member)
        let settled = decisions
        return try await call.write { write in
            let store = ImportStore(write)
            var batch = try store.load(id)
            try Self.mustBePreview(batch)
            guard version == nil || version == batch.version else { throw APIError.stale }
            try Self.check(settled, write)
            batch.decisions = settled
            batch.report = try preview(file, settled, write).report
            try store.update(batch)
            let view = view(of: try store.load(id))
            write.record(
                AuditNote("update", "import", id.value, after: ImportView.shape.bytes(view))
            )
            return .ok(ImportView.shape, view).tagged(view.batch.version)
        }
    }

    func load(_ id: ImportBatchID, _ member: Member) async throws -> ImportBatch {
        try await environment.read(as: member) {
            try ImportStore(transaction: $0, member: member).load(id)
        }
    }

    static func mustBePreview(_ batch: ImportBatch) throws {
        guard batch.state == .preview else {
            throw APIError.conflict(
                "import.not_in_preview",
                "The import is \(batch.state.rawValue), so it cannot be changed."
            )
        }
    }

    /// Every account and category that was named is there.
    private static func check(_ decisions: ImportDecisions, _ write: HouseholdWrite) throws {
        let nodes = try NodeStore(transaction: write.seen, household: write.household).all()
        for (index, account) in decisions.accounts {
            let node = AccountID(account).flatMap { nodes[$0] }
            guard let node, node.ledger.accountClass.isReal, !node.isDeleted else {
                throw APIError.invalid(
                    "statement_accounts[\(index)]",
                    "not_found",
                    "there is no such account"
                )
            }
        }
        let categories = decisions.categories.values + decisions.rows.values.compactMap(\.category)
        for category in Set(categories) {
            let node = AccountID(category).flatMap { nodes[$0] }
            guard let node, node.ledger.accountClass.isCategory, !node.isDeleted else {
                throw APIError.invalid("category_id", "not_found", "there is no such category")
            }
        }
    }

    /// The rows of a preview, a page at a time.
    func rows(
        of id: ImportBatchID,
        _ query: ImportRowsQuery,
        _ call: MemberCall
    ) async throws -> Reply {
        let household = call.household
        let batch = try await load(id, call.member)
        guard batch.state != .reading, batch.state != .failed else {
            throw APIError.conflict("import.not_read", "The file has not been read.")
        }
        let preview = try await preview(of: batch, call.member)
        let names = try await call.read { transaction in
            let categories = try CategoryStore(transaction: transaction, household: household)
                .all(includingDeleted: true)
            return Dictionary(uniqueKeysWithValues: categories.map { ($0.id, $0.name) })
        }
        let rows =
            query.state == nil ? preview.rows : preview.rows.filter { $0.state == query.state }
        let start = min((query.page - 1) * query.limit, rows.count)
        let page = rows[start..<min(start + query.limit, rows.count)].map { row in
            ImportRowView(
                row: row,
                raw: preview.file.rawLine(of: row.draft),
                categoryName: row.category.flatMap { names[$0] }
            )
        }
        return .list(
            ImportRowView.shape,
            page,
            Pagination(page: query.page, perPage: query.limit, total: rows.count, nextCursor: nil)
        )
    }

    /// The preview of a stored import, made again only when something that it depends on has changed.
    private func preview(
        of batch: ImportBatch,
        _ member: Member
    ) async throws -> ImportPreview {
        let version = try await environment.database.version(of: member.household) ?? 0
        let key = ReadFiles.PreviewKey(
            batch: batch.id,
            batchVersion: batch.version,
            householdVersion: version,
            sees: member.sees
        )
        if let known = files.preview(key) { return known }
        let file = try await file(of: batch, member)
        let decisions = batch.decisions
        let preview = try await environment.read(as: member) { transaction in
            try ImportPreviewer(
                transaction: transaction,
                household: member.household,
                decisions: decisions
            ).preview(file)
        }
        files.keep(preview, for: key)
        return preview
    }
}
