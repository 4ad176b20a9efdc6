import HTTPTypes
import Hummingbird
import Ledger
import Storage

/// Transactions over HTTP.
package struct TransactionRoutes: Sendable {
    private let service = TransactionService()

    package init() {}

    package var endpoints: [Endpoint] {
        [
            .change(
                .post,
                "transactions",
                "Add a transaction",
                limit: .transactions,
                answers: .created(TransactionView.detail),
                handle: create
            ),
            .read(
                "transactions",
                "List transactions",
                limit: .transactions,
                answers: .list(TransactionView.shape),
                handle: list
            ),
            .stream(
                "transactions/export.csv",
                "Export transactions as CSV",
                contentType: "text/csv",
                handle: export
            ),
            .change(
                .post,
                "transactions/bulk",
                "Change many transactions at once",
                limit: .transactions,
                answers: .ok(BulkResult.shape),
                handle: bulk
            ),
            .read(
                "transactions/{id}",
                "Read a transaction",
                limit: .transactions,
                answers: .ok(TransactionView.whole),
                handle: get
            ),
            .change(
                .patch,
                "transactions/{id}",
                "Change a transaction",
                limit: .transactions,
                answers: .ok(TransactionView.detail),
                handle: update
            ),
            .change(
                .delete,
                "transactions/{id}",
                "Delete a transaction",
                limit: .transactions,
                answers: .noContent,
                handle: delete
            ),
            .change(
                .post,
                "transactions/{id}/restore",
                "Bring back a deleted transaction",
                limit: .transactions,
                answers: .ok(TransactionView.detail),
                handle: restore
            ),
            .read("tags", "List the tags in use", answers: .list(TagCount.shape), handle: tags),
            .read("payees", "List payees", answers: .list(PayeeView.shape), handle: payees),
        ]
    }

    @Sendable private func create(
        _ call: MemberCall,
        _: NoFields,
        _ input: TransactionInput
    ) async throws -> Reply {
        try await call.write { write in
            let view = try service.create(input, in: write)
            return .created(TransactionView.detail, view).tagged(view.version)
        }
    }

    @Sendable private func list(
        _ call: MemberCall,
        _ query: TransactionListQuery
    ) async throws -> Reply {
        try await call.cached(query.cacheKey) { snapshot in
            let store = TransactionListStore(
                transaction: snapshot.transaction,
                household: snapshot.household
            )
            // All pages of a filter share the count.
            let total = try snapshot.answer("count/\(query.filter.cacheKey)") { _ in
                DerivedAnswer(count: try store.count(query.filter))
            }
            let slice = try store.slice(query)
            let pagination = Pagination(
                page: query.cursor == nil ? query.page ?? 1 : nil,
                perPage: query.limit,
                total: total.count,
                nextCursor: slice.nextCursor
            )
            return DerivedAnswer(list: TransactionView.shape, slice.rows, pagination)
        }
    }

    @Sendable private func get(_ call: MemberCall, _: NoFields) async throws -> Reply {
        let id: TransactionID = try call.id("transaction")
        let view = try await call.read { transaction in
            let list = TransactionListStore(transaction: transaction, household: call.household)
            var view = try list.detail(id)
            view.bill = try OccurrenceStore(transaction: transaction, household: call.household)
                .bill(paidBy: id)
            return view
        }
        return .ok(TransactionView.whole, view).tagged(view.version)
    }

    @Sendable private func update(
        _ call: MemberCall,
        _: NoFields,
        _ patch: TransactionPatch
    ) async throws -> Reply {
        try await call.updating("transaction", TransactionView.detail) { id, version, write in
            try service.update(id, patch, expecting: version, in: write)
        }
    }

    @Sendable private func delete(
        _ call: MemberCall,
        _: NoFields,
        _: NoFields
    ) async throws -> Reply {
        try await call.deleting("transaction") { try service.delete($0, expecting: $1, in: $2) }
    }

    @Sendable private func restore(
        _ call: MemberCall,
        _: NoFields,
        _: NoFields
    ) async throws -> Reply {
        try await call.changing("transaction", TransactionView.detail) {
            try service.restore($0, in: $1)
        }
    }

    @Sendable private func bulk(
        _ call: MemberCall,
        _: NoFields,
        _ input: TransactionBulkInput
    ) async throws -> Reply {
        try await call.write { .ok(BulkResult.shape, try service.change(input, in: $0)) }
    }

    @Sendable private func export(
        _ call: MemberCall,
        _ filter: TransactionFilter
    ) async throws -> Response {
        try await call.note(AuditNote("export", "transaction", nil, after: filter.json))
        return TransactionExport(
            environment: call.environment,
            member: call.member,
            filter: filter
        ).response()
    }

    @Sendable private func tags(_ call: MemberCall, _: NoFields) async throws -> Reply {
        let tags = try await call.read { transaction in
            try TagStore(transaction: transaction, household: call.household).counts()
        }
        return .list(TagCount.shape, tags)
    }

    @Sendable private func payees(_ call: MemberCall, _ query: PayeeQuery) async throws -> Reply {
        let payees = try await call.read { transaction in
            try PayeeStore(transaction: transaction, household: call.household).list(query)
        }
        return .list(PayeeView.shape, payees)
    }
}
