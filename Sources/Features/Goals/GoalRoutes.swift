import HTTPTypes
import Ledger
import Storage

/// Goals over HTTP.
struct GoalRoutes: Sendable {
    private let service = GoalService()

    var endpoints: [Endpoint] {
        let shape = GoalView.shape
        return [
            .read("goals", "List goals", answers: .list(shape), handle: list),
            .change(.post, "goals", "Add a goal", answers: .created(shape), handle: create),
            .change(
                .put,
                "goals/order",
                "Put the goals in another order",
                answers: .list(shape),
                handle: reorder
            ),
            .read(
                "goals/summary",
                "All goals together, and what is free on each account",
                answers: .ok(GoalSummary.shape),
                handle: summary
            ),
            .read("goals/{id}", "Read a goal", answers: .ok(shape), handle: get),
            .change(.patch, "goals/{id}", "Change a goal", answers: .ok(shape), handle: update),
            .change(.delete, "goals/{id}", "Delete a goal", answers: .noContent, handle: delete),
            .change(
                .post,
                "goals/{id}/restore",
                "Bring back a deleted goal",
                answers: .ok(shape),
                handle: restore
            ),
            .change(
                .post,
                "goals/{id}/pause",
                "Let a goal rest",
                answers: .ok(shape),
                handle: pause
            ),
            .change(
                .post,
                "goals/{id}/resume",
                "Go on with a goal",
                answers: .ok(shape),
                handle: resume
            ),
            .change(
                .post,
                "goals/{id}/finish",
                "Finish a goal, and say what becomes of its earmarks",
                answers: .ok(shape),
                handle: finish
            ),
        ] + history
    }

    private var history: [Endpoint] {
        let shape = GoalContribution.shape
        return [
            .read(
                "goals/{id}/path",
                "The way of a goal, month by month",
                answers: .ok(GoalPath.shape),
                handle: path
            ),
            .read(
                "goals/{id}/contributions",
                "What was earmarked for a goal and taken out, the newest first",
                answers: .list(shape),
                handle: contributions
            ),
            .change(
                .post,
                "goals/{id}/contributions",
                "Earmark money for a goal, or take some out",
                answers: .created(shape),
                handle: contribute
            ),
            .change(
                .delete,
                "goals/{id}/contributions/{contribution_id}",
                "Delete a contribution",
                answers: .noContent,
                handle: deleteContribution
            ),
        ]
    }

    // MARK: Reading

    private func reading<Value: Sendable>(
        _ call: MemberCall,
        _ body: @escaping @Sendable (GoalReader) throws -> Value
    ) async throws -> Value {
        let (member, today) = (call.member, call.today)
        return try await call.read { transaction in
            try body(GoalReader(transaction: transaction, member: member, today: today))
        }
    }

    @Sendable private func list(_ call: MemberCall, _ query: GoalListQuery) async throws -> Reply {
        .list(GoalView.shape, try await reading(call) { try $0.list(query) })
    }

    @Sendable private func summary(_ call: MemberCall, _: NoFields) async throws -> Reply {
        .ok(GoalSummary.shape, try await reading(call) { try $0.summary() })
    }

    @Sendable private func get(_ call: MemberCall, _: NoFields) async throws -> Reply {
        let id: GoalID = try call.id("goal")
        let view = try await reading(call) { try $0.view(id) }
        return .ok(GoalView.shape, view).tagged(view.record.version)
    }

    @Sendable private func path(_ call: MemberCall, _: NoFields) async throws -> Reply {
        let id: GoalID = try call.id("goal")
        return .ok(GoalPath.shape, try await reading(call) { try $0.path(of: id) })
    }

    @Sendable private func contributions(
        _ call: MemberCall,
        _ query: GoalContributionQuery
    ) async throws -> Reply {
        let id: GoalID = try call.id("goal")
        var rows = try await call.read { transaction in
            let store = GoalStore(transaction: transaction, household: call.household)
            guard try store.load(id).deletedAt == nil else { throw APIError.notFound("goal") }
            return try store.history(of: id, query)
        }
        let hasMore = rows.count > query.limit
        if hasMore { rows.removeLast() }
        let pagination = Pagination(
            page: nil,
            perPage: query.limit,
            total: nil,
            nextCursor: hasMore ? rows.last.map { GoalContributionCursor($0).text } : nil
        )
        return .list(GoalContribution.shape, rows, pagination)
    }

    // MARK: Changing

    @Sendable private func create(
        _ call: MemberCall,
        _: NoFields,
        _ input: GoalInput
    ) async throws -> Reply {
        try await call.write { write in
            let view = try service.create(input, in: write)
            return .created(GoalView.shape, view).tagged(view.record.version)
        }
    }

    @Sendable private func reorder(
        _ call: MemberCall,
        _: NoFields,
        _ order: GoalOrder
    ) async throws -> Reply {
        try await call.write { .list(GoalView.shape, try service.reorder(order.ids, in: $0)) }
    }

    @Sendable private func update(
        _ call: MemberCall,
        _: NoFields,
        _ patch: GoalPatch
    ) async throws -> Reply {
        try await call.updating("goal", GoalView.shape) { id, version, write in
            try service.update(id, patch, expecting: version, in: write)
        }
    }

    @Sendable private func delete(
        _ call: MemberCall,
        _: NoFields,
        _: NoFields
    ) async throws -> Reply {
        try await call.deleting("goal") { try service.delete($0, expecting: $1, in: $2) }
    }

    @Sendable private func restore(
        _ call: MemberCall,
        _: NoFields,
        _ input: GoalAllowance
    ) async throws -> Reply {
        try await call.changing("goal", GoalView.shape) { id, write in
            try service.restore(
                id,
                allowingOvercommitted: input.allowsOvercommitted,
                in: write
            )
        }
    }

    @Sendable private func pause(
        _ call: MemberCall,
        _: NoFields,
        _: NoFields
    ) async throws -> Reply {
        try await call.changing("goal", GoalView.shape) { try service.pause($0, in: $1) }
    }

    @Sendable private func resume(
        _ call: MemberCall,
        _: NoFields,
        _: NoFields
    ) async throws -> Reply {
        try await call.changing("goal", GoalView.shape) { try service.resume($0, in: $1) }
    }

    @Sendable private func finish(
        _ call: MemberCall,
        _: NoFields,
        _ input: GoalFinishInput
    ) async throws -> Reply {
        try await call.changing("goal", GoalView.shape) { try service.finish($0, input, in: $1) }
    }

    @Sendable private func contribute(
        _ call: MemberCall,
        _: NoFields,
        _ input: GoalContributionInput
    ) async throws -> Reply {
        let id: GoalID = try call.id("goal")
        return try await call.write { write in
            .created(GoalContribution.shape, try service.contribute(to: id, input, in: write))
        }
    }

    @Sendable private func deleteContribution(
        _ call: MemberCall,
        _ allowance: GoalAllowance,
        _: NoFields
    ) async throws -> Reply {
        let goal: GoalID = try call.id("goal")
        let id: GoalContributionID = try call.id("goal_contribution", "contribution_id")
        return try await call.write { write in
            try service.deleteContribution(
                id,
                of: goal,
                allowingOvercommitted: allowance.allowsOvercommitted,
                in: write
            )
            return .noContent
        }
    }
}
