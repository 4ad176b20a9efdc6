package import Ledger

/// A calendar of whole days and things to do, to be written as a file that other programs read.
package struct ICSCalendar: Hashable, Sendable {
    package let name: String
    package var events: [ICSEvent]
    package var tasks: [ICSTask]

    package init(name: String, events: [ICSEvent] = [], tasks: [ICSTask] = []) {
        self.name = name
        self.events = events
        self.tasks = tasks
    }
}

/// What an entry needs, whatever it is.
package struct ICSEntry: Hashable, Sendable {
    /// The same for the same thing in every file, or it is shown twice.
    package let uid: String
    /// When the thing was last changed, in seconds since 1970.
    package let stamp: Int64
    package let summary: String
    package let details: String
    package let categories: [String]
    /// Where it is to be seen; empty for nowhere.
    package let address: String
    /// How many minutes before the day begins a reminder is shown; nil for none.
    package let alarmMinutesBefore: Int?

    package init(
        uid: String,
        stamp: Int64,
        summary: String,
        details: String = "",
        categories: [String] = [],
        address: String = "",
        alarmMinutesBefore: Int? = nil
    ) {
        self.uid = uid
        self.stamp = stamp
        self.summary = summary
        self.details = details
        self.categories = categories
        self.address = address
        self.alarmMinutesBefore = alarmMinutesBefore
    }
}

/// A whole day, once or again and again.
package struct ICSEvent: Hashable, Sendable {
    package let entry: ICSEntry
    /// The first day.
    package let day: LocalDate
    /// Must name `day` as its first.
    package let rule: RecurrenceRule?
    package let added: [LocalDate]
    package let removed: [LocalDate]
    package let isCancelled: Bool

    /// One day.
    package init(_ entry: ICSEntry, on day: LocalDate, isCancelled: Bool = false) {
        self.init(entry, day, rule: nil, added: [], removed: [], isCancelled: isCancelled)
    }

    /// Every day of a schedule, as one event; nil where other calendars could not follow the schedule (its days are
    /// then written one by one), and where it has no day.
    package init?(_ entry: ICSEntry, by schedule: Schedule) {
        let rule = schedule.standardRule
        guard schedule.rule == nil ? schedule.workingDays == .none : rule != nil else { return nil }
        // A rule begins on its own first day, even one that is left out.
        let bare = Schedule(start: schedule.start, rule: schedule.rule, monthEnd: schedule.monthEnd)
        guard let first = bare.walk().first(where: { _ in true })?.nominal else { return nil }
        self.init(
            entry,
            first,
            rule: rule,
            added: schedule.added.sorted(),
            removed: schedule.removed.sorted(),
            isCancelled: false
        )
    }

    private init(
        _ entry: ICSEntry,
        _ day: LocalDate,
        rule: RecurrenceRule?,
        added: [LocalDate],
        removed: [LocalDate],
        isCancelled: Bool
    ) {
        self.entry = entry
        self.day = day
        self.rule = rule
        self.added = added
        self.removed = removed
        self.isCancelled = isCancelled
    }
}

/// Something to do.
package struct ICSTask: Hashable, Sendable {
    package enum Status: String, CaseIterable, Sendable {
        case todo = "NEEDS-ACTION"
        case inProgress = "IN-PROCESS"
        case done = "COMPLETED"
    }

    /// - Source: RFC 5545 section 3.8.1.9: 1 is the highest, 5 the middle, 9 the lowest.
    package enum Priority: Int, CaseIterable, Sendable {
        case urgent = 1
        case high = 3
        case medium = 5
        case low = 7
    }

    package let entry: ICSEntry
    package let due: LocalDate?
    package let status: Status
    package let priority: Priority
    /// When it was done, in seconds since 1970.
    package let doneAt: Int64?

    package init(
        _ entry: ICSEntry,
        due: LocalDate? = nil,
        status: Status = .todo,
        priority: Priority = .medium,
        doneAt: Int64? = nil
    ) {
        self.entry = entry
        self.due = due
        self.status = status
        self.priority = priority
        self.doneAt = doneAt
    }
}
