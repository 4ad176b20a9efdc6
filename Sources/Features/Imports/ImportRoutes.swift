import HTTPTypes
import Hummingbird
import Ledger
import Storage

/// Which account a file is for.
package struct ImportUploadQuery: RequestFields {
    let account: AccountID?

    package init(_ fields: inout FieldReader) {
        account = fields.optional("account_id", .id())
    }
}

/// Imports over HTTP.
package struct ImportRoutes: Sendable {
    private let service: ImportService

    package init(_ service: ImportService) {
        self.service = service
    }

    package var endpoints: [Endpoint] {
        let shape = ImportView.shape
        return [
            .upload(
                "imports",
                "Take a bank's file and show what it says",
                answers: .created(shape),
                handle: upload
            ),
            .read("imports", "List imports, the newest first", answers: .list(shape), handle: list),
            .read(
                "imports/{id}",
                "Read an import and how far it is",
                answers: .ok(shape),
                handle: get
            ),
            .read(
                "imports/{id}/rows",
                "Read the rows of an import",
                answers: .list(ImportRowView.shape),
                handle: rows
            ),
            .change(
                .patch,
                "imports/{id}",
                "Correct what was understood",
                limit: .imports,
                answers: .ok(shape),
                handle: correct
            ),
            .change(
                .post,
                "imports/{id}/commit",
                "Book the new rows",
                limit: .imports,
                answers: .ok(shape),
                .accepted(shape),
                handle: commit
            ),
            .change(
                .delete,
                "imports/{id}",
                "Undo an import, or drop a preview",
                limit: .imports,
                answers: .ok(shape),
                handle: undo
            ),
        ]
    }

    @Sendable private func upload(
        _ call: MemberCall,
        _ query: ImportUploadQuery,
        _ body: RequestBody
    ) async throws -> Reply {
        let bytes = try await MultipartForm.collect(body, limit: service.byteLimit)
        let file = try MultipartForm.file(
            "file",
            in: bytes,
            contentType: call.headers[.contentType]
        )
        let opened = try await service.open(file, for: query.account, call.member)
        let reply = try await call.claiming(bytes).write { write in
            let view = try service.insert(opened, in: write)
            return .created(ImportView.shape, view).tagged(view.batch.version)
        }
        let isNew = reply.headers[.idempotencyReplayed] == nil
        if opened.file == nil, isNew {
            try service.startReading(opened.batch.id, for: call.member, requestID: call.requestID)
        }
        return reply
    }

    @Sendable private func list(_ call: MemberCall, _: NoFields) async throws -> Reply {
        let batches = try await call.read { transaction in
            try ImportStore(transaction: transaction, member: call.member).latest(200)
        }
        return .list(ImportView.shape, batches.map(service.view))
    }

    @Sendable private func get(_ call: MemberCall, _: NoFields) async throws -> Reply {
        let id: ImportBatchID = try call.id("import")
        let batch = try await service.load(id, call.member)
        // A restart has interrupted the reading: it begins again.
        if batch.state == .reading {
            try service.startReading(id, for: call.member, requestID: call.requestID)
        }
        let view = service.view(of: batch)
        return .ok(ImportView.shape, view).tagged(view.batch.version)
    }

    @Sendable private func rows(_ call: MemberCall, _ query: ImportRowsQuery) async throws -> Reply
    {
        try await service.rows(of: try call.id("import"), query, call)
    }

    @Sendable private func correct(
        _ call: MemberCall,
        _: NoFields,
        _ patch: ImportPatch
    ) async throws -> Reply {
        try await service.correct(
            try call.id("import"),
            patch,
            expecting: try call.expectedVersion(),
            call: call
        )
    }

    @Sendable private func commit(
        _ call: MemberCall,
        _: NoFields,
        _: NoFields
    ) async throws -> Reply {
        try await service.commit(try call.id("import"), call)
    }

    @Sendable private func undo(_ call: MemberCall, _: NoFields, _: NoFields) async throws -> Reply
    {
        let id: ImportBatchID = try call.id("import")
        let version = try call.expectedVersion()
        return try await call.write { write in
            let view = try service.undo(id, expecting: version, in: write)
            return .ok(ImportView.shape, view).tagged(view.batch.version)
        }
    }
}
