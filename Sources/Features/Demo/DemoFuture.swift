import Ledger
import Storage

/// What the demo household plans: a budget made from what it spent, and what there is to do.
struct DemoFuture {
    let write: HouseholdWrite

    /// Over how many months a budget is averaged, and how many have one.
    private static let months = 3

    /// Made through the services, like what people plan themselves.
    func make() throws {
        try budget()
        try tasks()
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
}
