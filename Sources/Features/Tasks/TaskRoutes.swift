import HTTPTypes
import Ledger
import Storage

/// Tasks over HTTP.
package struct TaskRoutes: Sendable {
    private let service = TaskService()

    package init() {}

    package var endpoints: [Endpoint] {
        let shape = TaskView.shape
        return [
            .read("tasks", "List what there is to do", answers: .list(shape), handle: list),
            .change(.post, "tasks", "Add a task", answers: .created(shape), handle: create),
            .change(
                .post,
                "tasks/bulk",
                "Change, delete or bring back many tasks, all or nothing",
                answers: .ok(BulkResult.shape),
                handle: bulk
            ),
            .read("tasks/{id}", "Read a task", answers: .ok(shape), handle: get),
            .change(
                .patch,
                "tasks/{id}",
                "Change, tick or move a task",
                answers: .ok(shape),
                handle: update
            ),
            .change(.delete, "tasks/{id}", "Delete a task", answers: .noContent, handle: delete),
            .change(
                .post,
                "tasks/{id}/restore",
                "Bring back a deleted task",
                answers: .ok(shape),
                handle: restore
            ),
        ]
    }

    @Sendable private func list(_ call: MemberCall, _ query: TaskListQuery) async throws -> Reply {
        let member = call.member
        let page = try await call.read { transaction in
            try TaskStore(transaction: transaction, member: member).page(query)
        }
        let pagination = Pagination(
            page: nil,
            perPage: query.limit,
            total: page.total,
            nextCursor: page.nextCursor
        )
        return .list(TaskView.shape, page.tasks, pagination)
    }

    @Sendable private func create(
        _ call: MemberCall,
        _: NoFields,
        _ input: TaskInput
    ) async throws -> Reply {
        try await call.write { write in
            let view = try service.create(input, in: write)
            return .created(TaskView.shape, view).tagged(view.record.version)
        }
    }

    @Sendable private func bulk(
        _ call: MemberCall,
        _: NoFields,
        _ input: TaskBulkInput
    ) async throws -> Reply {
        try await call.write { .ok(BulkResult.shape, try service.change(input, in: $0)) }
    }

    @Sendable private func get(_ call: MemberCall, _: NoFields) async throws -> Reply {
        let id: TaskID = try call.id("task")
        let member = call.member
        let view = try await call.read { transaction in
            try TaskStore(transaction: transaction, member: member).load(id)
        }
        return .ok(TaskView.shape, view).tagged(view.record.version)
    }

    @Sendable private func update(
        _ call: MemberCall,
        _: NoFields,
        _ patch: TaskPatch
    ) async throws -> Reply {
        try await call.updating("task", TaskView.shape) { id, version, write in
            try service.update(id, patch, expecting: version, in: write)
        }
    }

    @Sendable private func delete(
        _ call: MemberCall,
        _: NoFields,
        _: NoFields
    ) async throws -> Reply {
        try await call.deleting("task") { try service.delete($0, expecting: $1, in: $2) }
    }

    @Sendable private func restore(
        _ call: MemberCall,
        _: NoFields,
        _: NoFields
    ) async throws -> Reply {
        try await call.changing("task", TaskView.shape) { try service.restore($0, in: $1) }
    }
}
