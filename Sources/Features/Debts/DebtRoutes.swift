import HTTPTypes
import Ledger
import Storage

/// Debts over HTTP. A debt goes by the id of its account.
struct DebtRoutes: Sendable {
    private let service = DebtService()

    var endpoints: [Endpoint] {
        let shape = DebtView.shape
        return [
            .read("debts", "List what is owed", answers: .list(shape), handle: list),
            .read(
                "debts/settings",
                "How debts are paid off",
                answers: .ok(DebtSettings.shape),
                handle: settings
            ),
            .change(
                .patch,
                "debts/settings",
                "Pay debts off in another order, or with more",
                answers: .ok(DebtSettings.shape),
                handle: updateSettings
            ),
            .read(
                "debts/plan",
                "Month by month until nothing is owed, as it is kept or as it might be",
                answers: .ok(DebtForecast.shape),
                handle: plan
            ),
            .read("debts/{id}", "Read a debt", answers: .ok(shape), handle: get),
            .change(
                .put,
                "debts/{id}",
                "Say what the lender of a loan or card asks for",
                answers: .ok(shape),
                handle: put
            ),
            .change(
                .delete,
                "debts/{id}",
                "Forget what the lender asks for",
                answers: .noContent,
                handle: delete
            ),
            .change(
                .post,
                "debts/{id}/restore",
                "Bring back what the lender asks for",
                answers: .ok(shape),
                handle: restore
            ),
        ]
    }

    private func reading<Value: Sendable>(
        _ call: MemberCall,
        _ body: @escaping @Sendable (DebtReader) throws -> Value
    ) async throws -> Value {
        let (member, today) = (call.member, call.today)
        return try await call.read { transaction in
            try body(DebtReader(transaction: transaction, member: member, today: today))
        }
    }

    @Sendable private func list(_ call: MemberCall, _: NoFields) async throws -> Reply {
        .list(DebtView.shape, try await reading(call) { try $0.list() })
    }

    @Sendable private func get(_ call: MemberCall, _: NoFields) async throws -> Reply {
        let id: AccountID = try call.id("debt")
        let view = try await reading(call) { try $0.view(id) }
        return .ok(DebtView.shape, view).tagged(view.version)
    }

    @Sendable private func settings(_ call: MemberCall, _: NoFields) async throws -> Reply {
        let currency = call.member.currency
        let settings = try await call.read { transaction in
            try DebtStore(transaction: transaction, household: call.household).settings(currency)
        }
        return .ok(DebtSettings.shape, settings).tagged(settings.version)
    }

    @Sendable private func updateSettings(
        _ call: MemberCall,
        _: NoFields,
        _ patch: DebtSettingsPatch
    ) async throws -> Reply {
        let version = try call.expectedVersion()
        return try await call.write { write in
            let settings = try service.update(patch, expecting: version, in: write)
            return .ok(DebtSettings.shape, settings).tagged(settings.version)
        }
    }

    @Sendable private func plan(_ call: MemberCall, _ query: DebtPlanQuery) async throws -> Reply {
        let (member, today) = (call.member, call.today)
        return try await call.cached(query.question) { snapshot in
            let reader = DebtReader(
                transaction: snapshot.transaction,
                member: member,
                today: today
            )
            return DerivedAnswer(DebtForecast.shape, try reader.plan(query))
        }
    }

    @Sendable private func put(
        _ call: MemberCall,
        _: NoFields,
        _ input: DebtInput
    ) async throws -> Reply {
        try await call.changing("debt", DebtView.shape) { try service.put($0, input, in: $1) }
    }

    @Sendable private func delete(
        _ call: MemberCall,
        _: NoFields,
        _: NoFields
    ) async throws -> Reply {
        try await call.deleting("debt") { try service.delete($0, expecting: $1, in: $2) }
    }

    @Sendable private func restore(
        _ call: MemberCall,
        _: NoFields,
        _: NoFields
    ) async throws -> Reply {
        try await call.changing("debt", DebtView.shape) { try service.restore($0, in: $1) }
    }
}
