import Interchange
import Ledger
import Storage

/// A calendar as other programs read it: what its maker sees of bills and tasks.
struct CalendarFile: Sendable {
    let environment: ServerEnvironment
    let member: Member

    /// The most entries of each kind.
    static let entryLimit = 5_000
    /// How long what is done stays in the calendar.
    static let pastDays = 31
    static let futureDays = 366

    private var today: LocalDate { environment.clock.today(in: member.timeZone) }

    /// Made once a version of the household, as other derived answers are.
    func bytes(of feed: CalendarFeed) async throws -> [UInt8] {
        guard let version = try await environment.database.version(of: member.household) else {
            throw APIError.notFound("feed")
        }
        let parts = feed.parts.map(\.rawValue).joined(separator: "+")
        let key = AnswerCache.Key(
            household: member.household,
            version: version,
            person: member.person,
            sees: member.sees,
            today: today,
            question: "feed/\(parts)/\(feed.name)"
        )
        if let known = environment.answers.answer(to: key) { return known.data }
        let bytes = try await environment.read(as: member) {
            try ICSWriter.bytes(calendar(feed, $0))
        }
        // What was read may be of a later version than was asked for; then it is made again for that one.
        if try await environment.database.version(of: member.household) == version {
            environment.answers.keep(DerivedAnswer(file: bytes), for: key)
        }
        return bytes
    }

    private func calendar(
        _ feed: CalendarFeed,
        _ transaction: any SQLTransaction
    ) throws -> ICSCalendar {
        ICSCalendar(
            name: feed.name,
            events: feed.parts.contains(.bills) ? try bills(transaction) : [],
            tasks: feed.parts.contains(.tasks) ? try tasks(transaction) : []
        )
    }

    // MARK: Bills

    /// Each occurrence by itself: it has a day, an amount and a state of its own.
    private func bills(_ transaction: any SQLTransaction) throws -> [ICSEvent] {
        let days = DateSpan(today.adding(days: -Self.pastDays), today.adding(days: Self.futureDays))
        guard let days else { return [] }
        let book = BillBook(transaction: transaction, household: member.household, today: today)
        return try book.occurrences(in: days).filter { $0.state != .skipped }
            .prefix(Self.entryLimit).map(event)
    }

    private func event(_ occurrence: BillOccurrence) throws -> ICSEvent {
        let bill = occurrence.bill
        let isAhead = occurrence.state == .expected || occurrence.state == .due
        let amount = try (occurrence.paid ?? occurrence.band?.typical)?.magnitude()
        let entry = ICSEntry(
            uid: "bill-\(bill.id)-\(occurrence.nominal)@martlet",
            stamp: bill.updatedAt.microseconds / 1_000_000,
            summary: ([bill.name, amount?.description] + [Self.word(for: occurrence.state)])
                .compactMap(\.self).joined(separator: " "),
            details: bill.note ?? "",
            categories: ["Bills"],
            address: "\(environment.publicAddress)/bills",
            // At nine in the morning.
            alarmMinutesBefore: isAhead ? bill.remindDays.map { $0 * 1_440 - 540 } : nil
        )
        return ICSEvent(entry, on: occurrence.due)
    }

    /// What a calendar has no property for.
    private static func word(for state: BillOccurrence.State) -> String? {
        switch state {
        case .matched, .posted: "(paid)"
        case .partial: "(paid in part)"
        case .overdue: "(overdue)"
        case .missed: "(missed)"
        case .expected, .due, .skipped: nil
        }
    }

    // MARK: Tasks

    private func tasks(_ transaction: any SQLTransaction) throws -> [ICSTask] {
        let now = environment.clock.now()
        let since = now.adding(seconds: -Int64(Self.pastDays) * 86_400)
        return try TaskStore(transaction: transaction, member: member)
            .current(doneSince: since, limit: Self.entryLimit)
            .map { task($0.record) }
    }

    private func task(_ record: TaskRecord) -> ICSTask {
        ICSTask(
            ICSEntry(
                uid: "task-\(record.id)@martlet",
                stamp: record.updatedAt.microseconds / 1_000_000,
                summary: record.title,
                details: record.description ?? "",
                categories: record.tags,
                address: "\(environment.publicAddress)/tasks"
            ),
            due: record.dueOn,
            status: ICSTask.Status(record.status),
            priority: ICSTask.Priority(record.priority),
            doneAt: record.doneAt.map { $0.microseconds / 1_000_000 }
        )
    }
}

extension ICSTask.Status {
    fileprivate init(_ status: TaskRecord.Status) {
        switch status {
        case .todo: self = .todo
        case .inProgress: self = .inProgress
        case .done: self = .done
        }
    }
}

extension ICSTask.Priority {
    fileprivate init(_ priority: TaskRecord.Priority) {
        switch priority {
        case .low: self = .low
        case .medium: self = .medium
        case .high: self = .high
        case .urgent: self = .urgent
        }
    }
}
