import HTTPTypes
import Ledger
import Storage

/// Bills over HTTP.
package struct BillRoutes: Sendable {
    private let service = BillService()

    package init() {}

    package var endpoints: [Endpoint] {
        let shape = BillView.shape
        return [
            .read(
                "bills",
                "List bills, salaries and standing orders",
                answers: .list(shape),
                handle: list
            ),
            .change(.post, "bills", "Add a bill", answers: .created(shape), handle: create),
            .read("bills/{id}", "Read a bill", answers: .ok(shape), handle: get),
            .change(.patch, "bills/{id}", "Change a bill", answers: .ok(shape), handle: update),
            .change(.delete, "bills/{id}", "Delete a bill", answers: .noContent, handle: delete),
            step("restore", "Bring back a deleted bill") { try $0.restore($1, in: $2) },
            step("pause", "Ask for nothing until it is resumed") { try $0.pause($1, in: $2) },
            step("resume", "Ask for what is due from today on") { try $0.resume($1, in: $2) },
        ] + OccurrenceRoutes().endpoints
    }

    /// A change that needs no more than a bill.
    private func step(
        _ word: String,
        _ summary: String,
        _ body: @escaping @Sendable (BillService, BillID, HouseholdWrite) throws -> BillView
    ) -> Endpoint {
        .change(.post, "bills/{id}/\(word)", summary, answers: .ok(BillView.shape)) {
            (call: MemberCall, _: NoFields, _: NoFields) in
            try await call.changing("bill", BillView.shape) { try body(service, $0, $1) }
        }
    }

    @Sendable private func list(_ call: MemberCall, _ query: BillListQuery) async throws -> Reply {
        let page = try await call.read { try BillBook($0, call).page(query) }
        let pagination = Pagination(
            page: nil,
            perPage: query.limit,
            total: page.total,
            nextCursor: page.next?.description
        )
        return .list(BillView.shape, page.bills, pagination)
    }

    @Sendable private func create(
        _ call: MemberCall,
        _: NoFields,
        _ input: BillInput
    ) async throws -> Reply {
        try await call.write { write in
            let view = try service.create(input, in: write)
            return .created(BillView.shape, view).tagged(view.record.version)
        }
    }

    @Sendable private func get(_ call: MemberCall, _: NoFields) async throws -> Reply {
        let id: BillID = try call.id("bill")
        let view = try await call.read { try BillBook($0, call).load(id) }
        return .ok(BillView.shape, view).tagged(view.record.version)
    }

    @Sendable private func update(
        _ call: MemberCall,
        _: NoFields,
        _ patch: BillPatch
    ) async throws -> Reply {
        try await call.updating("bill", BillView.shape) { id, version, write in
            try service.update(id, patch, expecting: version, in: write)
        }
    }

    @Sendable private func delete(
        _ call: MemberCall,
        _: NoFields,
        _: NoFields
    ) async throws -> Reply {
        try await call.deleting("bill") { try service.delete($0, expecting: $1, in: $2) }
    }
}

extension BillBook {
    /// As whoever calls sees it.
    init(_ transaction: any SQLTransaction, _ call: MemberCall) {
        self.init(transaction: transaction, household: call.household, today: call.today)
    }
}
