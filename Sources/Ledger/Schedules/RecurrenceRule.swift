/// When something comes again; its first day stands beside it.
///
/// - Invariant: no part contradicts another, and equal lists are spelled alike (sorted, nothing twice).
/// - Source: RFC 5545 section 3.3.10, the parts that tell days. BYYEARDAY, BYWEEKNO and times of day are refused.
package struct RecurrenceRule: Hashable, Sendable {
    package enum Frequency: String, CaseIterable, Sendable {
        case daily = "DAILY"
        case weekly = "WEEKLY"
        case monthly = "MONTHLY"
        case yearly = "YEARLY"
    }

    package enum End: Hashable, Sendable {
        case never
        /// - Range: 1...`countLimit`
        case count(Int)
        /// The last day on which it may come.
        case until(LocalDate)
    }

    /// A day of the week, or the nth of a month or year: 1 is the first, -1 the last.
    package struct NthWeekday: Hashable, Sendable {
        package let weekday: Weekday
        /// - Range: ±1...±53
        package let ordinal: Int?

        package init(_ weekday: Weekday, ordinal: Int? = nil) {
            self.weekday = weekday
            self.ordinal = ordinal
        }
    }

    package static let intervalLimit = 9_999
    package static let countLimit = 9_999

    package let frequency: Frequency
    /// - Range: 1...`intervalLimit`
    package let interval: Int
    package let end: End
    /// - Range: 1...12
    package let months: [Int]
    /// - Range: ±1...±31; -1 is the last day.
    package let monthDays: [Int]
    package let weekdays: [NthWeekday]
    /// Which of the days of one period are meant: -1 is the last.
    ///
    /// - Range: ±1...±366
    package let positions: [Int]
    package let weekStart: Weekday

    /// - Throws: `outOfRange`, `contradictory`.
    package init(
        _ frequency: Frequency,
        every interval: Int = 1,
        months: [Int] = [],
        monthDays: [Int] = [],
        weekdays: [NthWeekday] = [],
        positions: [Int] = [],
        end: End = .never,
        weekStart: Weekday = .monday
    ) throws(RecurrenceError) {
        self.frequency = frequency
        self.interval = interval
        self.end = end
        self.months = Set(months).sorted()
        self.monthDays = Self.sorted(monthDays)
        self.weekdays = Set(weekdays).sorted {
            ($0.weekday.rawValue, $0.ordinal ?? 0) < ($1.weekday.rawValue, $1.ordinal ?? 0)
        }
        self.positions = Self.sorted(positions)
        self.weekStart = weekStart
        try checkRanges()
        try checkTogether()
    }

    /// Whether it ends before a day, so that nothing comes where that is the first.
    package func hasEnded(before day: LocalDate) -> Bool {
        if case .until(let last) = end { last < day } else { false }
    }

    /// From the front first, then from the back: 1, 15, -2, -1.
    private static func sorted(_ numbers: [Int]) -> [Int] {
        Set(numbers).sorted { ($0 < 0 ? 1 : 0, $0) < ($1 < 0 ? 1 : 0, $1) }
    }

    private func checkRanges() throws(RecurrenceError) {
        try Self.check([interval], .interval, 1...Self.intervalLimit)
        if case .count(let count) = end { try Self.check([count], .count, 1...Self.countLimit) }
        try Self.check(months, .byMonth, 1...12)
        try Self.check(monthDays.map { abs(max($0, -99)) }, .byMonthDay, 1...31)
        try Self.check(
            weekdays.compactMap(\.ordinal).map { abs(max($0, -99)) },
            .byDay,
            1...53
        )
        try Self.check(positions.map { abs(max($0, -999)) }, .bySetPos, 1...366)
    }

    private static func check(
        _ numbers: [Int],
        _ part: RulePart,
        _ range: ClosedRange<Int>
    ) throws(RecurrenceError) {
        for number in numbers where !range.contains(number) { throw .outOfRange(part) }
    }

    /// - Source: RFC 5545 section 3.3.10, the notes on BYDAY, BYMONTHDAY and BYSETPOS.
    private func checkTogether() throws(RecurrenceError) {
        let hasOrdinal = weekdays.contains { $0.ordinal != nil }
        if hasOrdinal, frequency == .daily || frequency == .weekly {
            throw .contradictory(.byDay, with: .frequency)
        }
        if !monthDays.isEmpty, frequency == .weekly {
            throw .contradictory(.byMonthDay, with: .frequency)
        }
        if !positions.isEmpty, months.isEmpty, monthDays.isEmpty, weekdays.isEmpty {
            throw .nothingToCount(.bySetPos)
        }
    }
}

/// A part of a rule by the name that RFC 5545 gives it.
package enum RulePart: String, CaseIterable, Sendable {
    case frequency = "FREQ"
    case until = "UNTIL"
    case count = "COUNT"
    case interval = "INTERVAL"
    case byMonth = "BYMONTH"
    case byMonthDay = "BYMONTHDAY"
    case byDay = "BYDAY"
    case bySetPos = "BYSETPOS"
    case weekStart = "WKST"
}

/// Why a rule is none.
package enum RecurrenceError: Error, Hashable {
    /// A name that is not a `RulePart`, cut at 32 characters.
    case unknownPart(String)
    case repeated(RulePart)
    case missing(RulePart)
    /// The value, cut at 32 characters.
    case unreadable(RulePart, String)
    case outOfRange(RulePart)
    case contradictory(RulePart, with: RulePart)
    /// A position without a list that it could be a position in.
    case nothingToCount(RulePart)
    case tooLong(limit: Int)

    /// The name of the part that is wrong; empty when it is the whole.
    package var part: String {
        switch self {
        case .unknownPart(let name): name
        case .repeated(let part), .missing(let part), .unreadable(let part, _),
            .outOfRange(let part), .contradictory(let part, _), .nothingToCount(let part):
            part.rawValue
        case .tooLong: ""
        }
    }
}
