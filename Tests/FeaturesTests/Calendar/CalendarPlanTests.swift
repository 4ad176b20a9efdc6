@testable import Features
import Ledger
import Storage
import TestSupport
import Testing

/// The searches behind the calendar and the recurring payments read what they need, never the whole of a large table.
@Suite struct CalendarPlanTests {
    private func expectNoScan(
        _ person: APIPerson,
        of large: Set<String> = QueryPlanTests.large,
        at location: SourceLocation = #_sourceLocation,
        _ read: @escaping @Sendable (any SQLTransaction) throws -> Void
    ) async throws {
        let problems = try await person.home.read { transaction in
            let recorder = PlanRecorder(transaction)
            try read(recorder)
            return try recorder.problems(large)
        }
        #expect(problems == [], sourceLocation: location)
    }

    @Test(arguments: TestEngine.present)
    func `a month is made from sums of days`(engine: TestEngine) async throws {
        try await QueryPlanTests.withHistory(engine) { ann, _ in
            let member = ann.home.member
            for months in [-14, 0, 6] {
                try await expectNoScan(ann) { transaction in
                    let month = try CalendarReport(
                        transaction: transaction,
                        member: member,
                        today: LedgerFixture.today,
                        month: LedgerFixture.today.month.adding(months: months)
                    ).make()
                    #expect(month.days.count >= 28 && month.accounts.count == 2)
                    #expect(months > 0 || month.days.contains { $0.moneyOut.isNegative })
                }
            }
        }
    }

    @Test(arguments: TestEngine.present)
    func `the search for what comes again reads by payee`(engine: TestEngine) async throws {
        try await QueryPlanTests.withHistory(engine) { ann, _ in
            let household = ann.home.household
            // The sums of two years say whom to ask for.
            let large = QueryPlanTests.large.subtracting(["payee_rollup"])
            // Few enough payments that going by their payees is the shorter way.
            for limit in engine == .sqlite ? [200, RecurringStore.paymentLimit] : [200] {
                try await expectNoScan(ann, of: large) { transaction in
                    let store = RecurringStore(transaction: transaction, household: household)
                    let paid = try store.payments(until: LedgerFixture.today, limit: limit)
                    #expect(paid.count > 100 && paid.count <= limit)
                }
            }
        }
    }
}
