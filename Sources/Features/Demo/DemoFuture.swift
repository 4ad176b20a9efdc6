import Ledger
import Storage

/// What the demo household plans: a budget made from what it spent, what there is to do, bills that it has paid for a while,
/// and what it saves for.
struct DemoFuture {
    let write: HouseholdWrite
    let plan: DemoPlan
    let nodes: DemoNodes

    /// Over how many months a budget is averaged, and how many have one; since when there are bills and goals.
    private static let months = 3

    private var firstMonth: Month { write.today.month.adding(months: -Self.months) }

    /// Made through the services, like what people plan themselves.
    func make() throws {
        try budget()
        try tasks()
        try bills()
        try goals()
    }

    private func budget() throws {
        for back in (0..<Self.months).reversed() {
            let month = write.today.month.adding(months: -back)
            _ = try BudgetPlanning(month.description, in: write)
                .fill(BudgetFillInput(FillInput(averageOf: Self.months)))
        }
    }

    private func tasks() throws {
        let service = TaskService()
        let inputs = [
            TaskInput(
                title: "Compare prices of electricity",
                priority: .high,
                dueOn: write.today.adding(days: 5),
                tags: ["flat"]
            ),
            TaskInput(
                title: "Read the meters",
                dueOn: write.today.month.lastDay,
                rule: try RecurrenceRule("FREQ=MONTHLY;BYMONTHDAY=-1"),
                tags: ["flat"]
            ),
            TaskInput(title: "Ask for a better rate on savings", priority: .low, dueOn: nil),
        ]
        for input in inputs { _ = try service.create(input, in: write) }
    }

    // MARK: Bills

    /// As the household's days (`DemoCalendar`) book them, so that they find what paid them.
    private func bills() throws {
        try bill(
            "Mortgage",
            .transfer,
            DemoHome.payment,
            onDay: 1,
            [
                ("to_account_id", .id(try nodes.node(.account(.mortgage)))),
                ("remind_days", .number("3")),
            ]
        )
        try bill(
            "Internet",
            .expense,
            plan.internetCents(on: write.today),
            onDay: 6,
            [
                ("payee", .string(DemoPlan.internetProvider)),
                ("category_id", .id(try nodes.node(.category(.internet)))),
                ("remind_days", .number("3")),
            ]
        )
        try bill(
            "Salary",
            .income,
            plan.salaryCents(on: write.today),
            onDay: 25,
            [
                ("payee", .string(DemoPlan.employer)),
                ("category_id", .id(try nodes.node(.category(.salary)))),
            ]
        )
    }

    private func bill(
        _ name: String,
        _ direction: BillRecord.Direction,
        _ cents: Int64,
        onDay day: Int,
        _ more: [(String, JSONValue)]
    ) throws {
        let input: BillInput = try Self.input(
            [
                ("name", .string(name)), ("direction", .string(direction.rawValue)),
                ("account_id", .id(try nodes.node(.account(.checking)))),
                ("amount", .string(plan.money(cents, plan.currency).decimal)),
                ("start_on", .date(firstMonth.firstDay.adding(days: day - 1))),
                ("repeat", .string("FREQ=MONTHLY")),
            ] + more
        )
        _ = try BillService().create(input, in: write)
    }

    // MARK: Goals

    private func goals() throws {
        let fund = try goal([
            ("name", .string("Emergency fund")), ("kind", .string("emergency_fund")),
            ("months_of_spending", .number("6")), ("start_date", .date(firstMonth.firstDay)),
        ])
        let trip = try goal([
            ("name", .string("Trip to the sea")), ("kind", .string("purchase")),
            ("target_amount", .string(plan.money(240_000, plan.currency).decimal)),
            ("target_date", .date(write.today.month.adding(months: 8).firstDay)),
            ("start_date", .date(firstMonth.firstDay)),
        ])
        // Never more than a part of what is there.
        let savings = try nodes.node(.account(.savings))
        let held =
            try BalanceStore(transaction: write.transaction, household: write.household)
            .balances(of: [savings], before: write.today.adding(days: 1))[savings] ?? 0
        try earmark(900_000, of: held / 2, for: fund, on: firstMonth.firstDay)
        for month in 0..<Self.months {
            // The day after what is left of the month was saved.
            let day = firstMonth.adding(months: month).firstDay.adding(days: 26)
            try earmark(20_000, of: held / 10, for: trip, on: day)
        }
    }

    private func goal(_ members: [(String, JSONValue)]) throws -> GoalID {
        try GoalService().create(Self.input(members), in: write).record.id
    }

    /// - Parameter most: ten-thousandths; what is wanted is left out where that is more.
    private func earmark(
        _ cents: Int64,
        of most: Int64,
        for goal: GoalID,
        on day: LocalDate
    ) throws {
        let amount = plan.money(cents, plan.currency)
        guard amount.tenThousandths <= most else { return }
        let input: GoalContributionInput = try Self.input([
            ("account_id", .id(try nodes.node(.account(.savings)))),
            ("amount", .string(amount.decimal)), ("date", .date(day)),
        ])
        _ = try GoalService().contribute(to: goal, input, in: write)
    }

    private static func input<Input: RequestFields>(
        _ members: [(String, JSONValue)]
    ) throws -> Input {
        try FieldReader.read(from: members.map { JSONMember(name: $0.0, value: $0.1) })
    }
}

extension JSONValue {
    fileprivate static func id(_ id: AccountID) -> JSONValue { .string(id.description) }
    fileprivate static func date(_ date: LocalDate) -> JSONValue { .string(date.description) }
}
