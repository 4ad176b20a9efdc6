import Insight
import Ledger
import Storage

extension TaskCauseSource {
    /// What nobody paid in time, and payments of which nobody is sure.
    static let billsUnmatched = TaskCauseSource { store, _ in
        try store.billsUnmatched().map { one in
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

    fileprivate func billsUnmatched() throws -> [BillOccurrence] {
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
}
