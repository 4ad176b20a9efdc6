import HTTPTypes
import Ledger
import Storage

/// A new category.
package struct CategoryInput: RequestFields {
    let name: String
    let kind: CategoryView.Kind
    let parent: AccountID?

    package init(_ fields: inout FieldReader) {
        name = fields.required("name", .text(1...120))
        kind = fields.required("kind", .choice())
        parent = fields.optional("parent_id", .id())
    }
}

/// What may be changed of a category.
package struct CategoryPatch: RequestFields {
    let name: String?
    let parent: Patch<AccountID>
    let position: Int?

    package init(_ fields: inout FieldReader) {
        name = fields.ifPresent("name", .text(1...120))
        parent = fields.patch("parent_id", .id())
        position = fields.ifPresent("position", .integer(0...1_000_000))
    }
}

struct IncludeDeleted: RequestFields {
    let includesDeleted: Bool

    init(_ fields: inout FieldReader) {
        includesDeleted = fields.optional("include_deleted", .boolean) ?? false
    }
}

struct CategoryDeletion: RequestFields {
    let moveTo: AccountID?

    init(_ fields: inout FieldReader) {
        moveTo = fields.optional("move_to", .id())
    }
}

/// Categories over HTTP.
package struct CategoryRoutes: Sendable {
    private let service = CategoryService()

    package init() {}

    package var endpoints: [Endpoint] {
        let shape = CategoryView.shape
        return [
            .read("categories", "List categories", answers: .list(shape), handle: list),
            .change(
                .post,
                "categories",
                "Add a category",
                answers: .created(shape),
                handle: create
            ),
            .read("categories/{id}", "Read a category", answers: .ok(shape), handle: get),
            .change(
                .patch,
                "categories/{id}",
                "Rename or move a category",
                answers: .ok(shape),
                handle: update
            ),
            .change(
                .delete,
                "categories/{id}",
                "Delete a category",
                answers: .noContent,
                handle: delete
            ),
            .change(
                .post,
                "categories/{id}/restore",
                "Bring back a deleted category",
                answers: .ok(shape),
                handle: restore
            ),
        ]
    }

    @Sendable private func list(
        _ call: MemberCall,
        _ query: IncludeDeleted
    ) async throws -> Reply {
        try await call.cached("categories/\(query.includesDeleted)") { snapshot in
            let categories = try service.list(
                CategoryStore(transaction: snapshot.transaction, household: snapshot.household),
                includingDeleted: query.includesDeleted
            )
            return DerivedAnswer(list: CategoryView.shape, categories)
        }
    }

    @Sendable private func create(
        _ call: MemberCall,
        _: NoFields,
        _ input: CategoryInput
    ) async throws -> Reply {
        try await call.write { write in
            let view = try service.create(input, in: write)
            return .created(CategoryView.shape, view).tagged(view.record.version)
        }
    }

    @Sendable private func get(_ call: MemberCall, _: NoFields) async throws -> Reply {
        let id: AccountID = try call.id("category")
        let view = try await call.read { transaction in
            try service.view(id, CategoryStore(transaction: transaction, household: call.household))
        }
        return .ok(CategoryView.shape, view).tagged(view.record.version)
    }

    @Sendable private func update(
        _ call: MemberCall,
        _: NoFields,
        _ patch: CategoryPatch
    ) async throws -> Reply {
        try await call.updating("category", CategoryView.shape) { id, version, write in
            try service.update(id, patch, expecting: version, in: write)
        }
    }

    @Sendable private func delete(
        _ call: MemberCall,
        _ query: CategoryDeletion,
        _: NoFields
    ) async throws -> Reply {
        try await call.deleting("category") { id, version, write in
            try service.delete(id, moveTo: query.moveTo, expecting: version, in: write)
        }
    }

    @Sendable private func restore(
        _ call: MemberCall,
        _: NoFields,
        _: NoFields
    ) async throws -> Reply {
        try await call.changing("category", CategoryView.shape) { try service.restore($0, in: $1) }
    }
}
