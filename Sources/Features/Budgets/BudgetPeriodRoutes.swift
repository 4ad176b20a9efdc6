import HTTPTypes
import Ledger
import Storage

/// One period of the budget over HTTP: `{month}` is its name, or any day of it. What is changed is answered with
/// the whole period as it is then.
struct BudgetPeriodRoutes: Sendable {
    var endpoints: [Endpoint] {
        [
            .read(
                "budgets/{month}",
                "One period of the budget, for all ways to look at it",
                answers: .ok(BudgetMonth.shape),
                handle: month
            ),
            plan("move", "Move money between envelopes") { try $0.move($1) },
            plan("cover", "Cover what an envelope is overspent by") { try $0.cover($1) },
            plan("hold", "Hold income for the next period") { (planning, sum: BudgetSumInput) in
                try planning.hold(sum.amount)
            },
            plan("flexible", "Set the flexible number") { (planning, sum: BudgetSumInput) in
                try planning.setFlexible(sum.amount)
            },
            .change(
                .post,
                "budgets/{month}/fill",
                "Fill budgets by their rules, or say what that would change",
                answers: .ok(BudgetFill.shape),
                handle: fill
            ),
            plan("lock", "Lock what is planned for a period") { (planning, _: NoFields) in
                try planning.setLocked(true)
            },
            plan("unlock", "Open a locked period") { (planning, _: NoFields) in
                try planning.setLocked(false)
            },
            .change(
                .put,
                "budgets/{month}/{category}",
                "Say what a category or a card is assigned",
                answers: .ok(BudgetMonth.shape),
                handle: assign
            ),
            .read(
                "analytics/budget-progress",
                "How much of each budget is used, against the day of the period",
                limit: .reports,
                answers: .list(BudgetProgress.shape),
                handle: progress
            ),
        ]
    }

    /// A change of what is planned for a period.
    private func plan<Input: RequestFields>(
        _ word: String,
        _ summary: String,
        _ body: @escaping @Sendable (BudgetPlanning, Input) throws -> Void
    ) -> Endpoint {
        .change(
            .post,
            "budgets/{month}/\(word)",
            summary,
            answers: .ok(BudgetMonth.shape)
        ) { (call: MemberCall, _: NoFields, input: Input) in
            try await change(call) { try body($0, input) }
        }
    }

    @Sendable private func assign(
        _ call: MemberCall,
        _: NoFields,
        _ input: BudgetAmountInput
    ) async throws -> Reply {
        let id: AccountID = try call.id("budget", "category")
        return try await change(call) { try $0.assign(input.amount, to: id) }
    }

    @Sendable private func month(_ call: MemberCall, _: NoFields) async throws -> Reply {
        let name = Self.name(call)
        let refusal = call.refusal(of: Scope(.put, "budgets"), least: .editor)?.code
        return try await call.cached("budgets/\(name)/\(refusal ?? "")") { snapshot in
            let book = try Self.reader(call, snapshot.transaction).book(name)
            let refusal =
                try refusal
                ?? BudgetService.refusal(of: call.member, snapshot.transaction.entire)?.code
            return DerivedAnswer(BudgetMonth.shape, try BudgetMonth(book, refusal: refusal))
        }
    }

    @Sendable private func progress(
        _ call: MemberCall,
        _ query: BudgetProgressQuery
    ) async throws -> Reply {
        let name = query.period ?? call.today.description
        return try await call.cached("budget-progress/\(name)") { snapshot in
            let book = try Self.reader(call, snapshot.transaction).book(name, field: "period")
            return DerivedAnswer(list: BudgetProgress.shape, try BudgetProgress.list(book))
        }
    }

    @Sendable private func fill(
        _ call: MemberCall,
        _: NoFields,
        _ input: BudgetFillInput
    ) async throws -> Reply {
        let name = Self.name(call)
        return try await call.write { write in
            .ok(BudgetFill.shape, try BudgetPlanning(name, in: write).fill(input))
        }
    }

    private func change(
        _ call: MemberCall,
        _ body: @escaping @Sendable (BudgetPlanning) throws -> Void
    ) async throws -> Reply {
        let name = Self.name(call)
        return try await call.write { write in
            try body(BudgetPlanning(name, in: write))
            let book = try BudgetPlanning.reader(write).book(name)
            return .ok(BudgetMonth.shape, try BudgetMonth(book))
        }
    }

    private static func name(_ call: MemberCall) -> String { call.word("month") ?? "" }

    private static func reader(
        _ call: MemberCall,
        _ transaction: any SQLTransaction
    ) -> BudgetReader {
        BudgetReader(transaction: transaction, member: call.member, today: call.today)
    }
}
