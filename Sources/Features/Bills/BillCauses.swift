import Insight
import Ledger
import Storage

extension TaskCauseSource {
    /// What nobody paid in time, and payments of which nobody is sure.
    static let billsUnmatched = TaskCauseSource { store, now in
        try store.billsUnmatched(at: now).map { one in
            let name = "“\(one.bill.name)” of \(one.due)"
            let missed = one.bill.direction == .income ? "did not come" : "was not paid"
            return TaskCause(
                key: .billUnmatched(one.key),
                title: one.candidates.isEmpty ? "\(name) \(missed)" : "Say what paid \(name)",
                priority: one.candidates.isEmpty ? .high : .medium,
                link: TaskRecord.Link(kind: .bill, id: one.bill.id.value)
            )
        }
    }
}

extension TaskCause.Key {
    static func billUnmatched(_ key: OccurrenceKey) -> TaskCause.Key {
        TaskCause.Key(description: "bill:\(key.bill):\(key.nominal)")
    }
}

extension TaskCauseStore {
    /// How long what was missed is asked about.
    private static let askedDays = 60

    fileprivate func billsUnmatched(at now: Instant) throws -> [BillOccurrence] {
        let today = WallClock { now }.today(in: try timeZone())
        guard
            let span = DateSpan(
                today.adding(days: -Self.askedDays),
                today.adding(days: BillRecord.Limits.days.upperBound)
            )
        else { return [] }
        let all = try BillBook(transaction: transaction, household: household, today: today)
            .occurrences(in: span)
        let waiting = all.filter { one in
            one.state == .missed || !one.candidates.isEmpty && one.state != .skipped
        }
        return Array(waiting.prefix(Self.limit))
    }

    /// That of the first member who may write, as everything that is done by itself has it.
    private func timeZone() throws -> String {
        try transaction.first(
            """
            SELECT person.time_zone FROM member JOIN person ON person.id = member.person_id
            WHERE member.household_id = \(household) AND member.role IN ('owner', 'editor')
            ORDER BY member.joined_at, member.person_id
            """
        ) { try $0.text() } ?? "UTC"
    }
}
