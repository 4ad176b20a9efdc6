import HTTPTypes
import Ledger
import Storage

/// Budgets and how they are looked at, over HTTP. A budget goes by the id of its category.
struct BudgetRoutes: Sendable {
    private let service = BudgetService()

    var endpoints: [Endpoint] {
        let shape = BudgetRecord.shape
        return [
            .read("budgets", "List budgets", answers: .list(shape), handle: list),
            .change(
                .post,
                "budgets",
                "Give a category a budget",
                answers: .created(shape),
                handle: create
            ),
            .read(
                "budgets/settings",
                "How the budget is looked at",
                answers: .ok(BudgetSettings.shape),
                handle: settings
            ),
            .change(
                .patch,
                "budgets/settings",
                "Look at the budget in another way, or begin its periods on another day",
                answers: .ok(BudgetSettings.shape),
                handle: updateSettings
            ),
            .read(
                "budgets/categories/{id}",
                "Read a budget",
                answers: .ok(shape),
                handle: get
            ),
            .change(
                .patch,
                "budgets/categories/{id}",
                "Change a budget",
                answers: .ok(shape),
                handle: update
            ),
            .change(
                .delete,
                "budgets/categories/{id}",
                "Delete a budget",
                answers: .noContent,
                handle: delete
            ),
            .change(
                .post,
                "budgets/categories/{id}/restore",
                "Bring back a deleted budget",
                answers: .ok(shape),
                handle: restore
            ),
        ]
    }

    @Sendable private func list(
        _ call: MemberCall,
        _ query: IncludeDeleted
    ) async throws -> Reply {
        let currency = call.member.currency
        return try await call.cached("budgets/\(query.includesDeleted)") { snapshot in
            let store = BudgetStore(
                transaction: snapshot.transaction,
                household: snapshot.household
            )
            let budgets = try store.budgets(currency, includingDeleted: query.includesDeleted)
            return DerivedAnswer(list: BudgetRecord.shape, budgets)
        }
    }

    @Sendable private func create(
        _ call: MemberCall,
        _: NoFields,
        _ input: BudgetInput
    ) async throws -> Reply {
        try await call.write { write in
            let budget = try service.create(input, in: write)
            return .created(BudgetRecord.shape, budget).tagged(budget.version)
        }
    }

    @Sendable private func settings(_ call: MemberCall, _: NoFields) async throws -> Reply {
        let settings = try await call.read { transaction in
            try BudgetStore(transaction: transaction, household: call.household).settings()
        }
        return .ok(BudgetSettings.shape, settings).tagged(settings.version)
    }

    @Sendable private func updateSettings(
        _ call: MemberCall,
        _: NoFields,
        _ patch: BudgetSettingsPatch
    ) async throws -> Reply {
        let version = try call.expectedVersion()
        return try await call.write { write in
            let settings = try service.update(patch, expecting: version, in: write)
            return .ok(BudgetSettings.shape, settings).tagged(settings.version)
        }
    }

    @Sendable private func get(_ call: MemberCall, _: NoFields) async throws -> Reply {
        let id: AccountID = try call.id("budget")
        let currency = call.member.currency
        let budget = try await call.read { transaction in
            try BudgetStore(transaction: transaction, household: call.household)
                .find(id, currency)
        }
        guard let budget else { throw APIError.notFound("budget") }
        return .ok(BudgetRecord.shape, budget).tagged(budget.version)
    }

    @Sendable private func update(
        _ call: MemberCall,
        _: NoFields,
        _ patch: BudgetPatch
    ) async throws -> Reply {
        try await call.updating("budget", BudgetRecord.shape) { id, version, write in
            try service.update(id, patch, expecting: version, in: write)
        }
    }

    @Sendable private func delete(
        _ call: MemberCall,
        _: NoFields,
        _: NoFields
    ) async throws -> Reply {
        try await call.deleting("budget") { try service.delete($0, expecting: $1, in: $2) }
    }

    @Sendable private func restore(
        _ call: MemberCall,
        _: NoFields,
        _: NoFields
    ) async throws -> Reply {
        try await call.changing("budget", BudgetRecord.shape) { try service.restore($0, in: $1) }
    }
}
