extension RecurrenceRule {
    /// The longest text that is read.
    package static let textLimit = 1_024

    /// Reads the value of an RRULE, for example `FREQ=MONTHLY;BYDAY=-1FR`; small letters count as capitals.
    ///
    /// - Throws: an error that names the part.
    package init(_ text: some StringProtocol) throws(RecurrenceError) {
        guard text.utf8.count <= Self.textLimit else { throw .tooLong(limit: Self.textLimit) }
        var parts: [RulePart: Substring] = [:]
        let capitals = text.uppercased()
        for piece in capitals.split(separator: ";", omittingEmptySubsequences: false) {
            let sides = piece.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard let part = RulePart(rawValue: String(sides[0])) else {
                throw .unknownPart(String(sides[0].prefix(32)))
            }
            guard parts[part] == nil else { throw .repeated(part) }
            guard sides.count == 2, !sides[1].isEmpty else { throw .unreadable(part, "") }
            parts[part] = sides[1]
        }
        try self.init(parts)
    }

    private init(_ parts: [RulePart: Substring]) throws(RecurrenceError) {
        guard let name = parts[.frequency] else { throw .missing(.frequency) }
        guard let frequency = Frequency(rawValue: String(name)) else {
            throw Self.unreadable(.frequency, name)
        }
        if parts[.until] != nil, parts[.count] != nil {
            throw .contradictory(.until, with: .count)
        }
        try self.init(
            frequency,
            every: Self.numbers(parts, .interval, isList: false).first ?? 1,
            months: Self.numbers(parts, .byMonth),
            monthDays: Self.numbers(parts, .byMonthDay),
            weekdays: Self.weekdays(parts),
            positions: Self.numbers(parts, .bySetPos),
            end: Self.end(parts),
            weekStart: Self.weekStart(parts)
        )
    }

    private static func unreadable(_ part: RulePart, _ text: Substring) -> RecurrenceError {
        .unreadable(part, String(text.prefix(32)))
    }

    private static func end(_ parts: [RulePart: Substring]) throws(RecurrenceError) -> End {
        if let count = try numbers(parts, .count, isList: false).first { return .count(count) }
        guard let text = parts[.until] else { return .never }
        guard let day = LocalDate(basic: text) else { throw unreadable(.until, text) }
        return .until(day)
    }

    private static func weekStart(
        _ parts: [RulePart: Substring]
    ) throws(RecurrenceError) -> Weekday {
        guard let text = parts[.weekStart] else { return .monday }
        guard let day = Weekday(calendarCode: text) else { throw unreadable(.weekStart, text) }
        return day
    }

    private static func numbers(
        _ parts: [RulePart: Substring],
        _ part: RulePart,
        isList: Bool = true
    ) throws(RecurrenceError) -> [Int] {
        guard let text = parts[part] else { return [] }
        var numbers: [Int] = []
        for piece in text.split(separator: ",", omittingEmptySubsequences: false) {
            guard let number = number(piece), isList || numbers.isEmpty else {
                throw unreadable(part, text)
            }
            numbers.append(number)
        }
        return numbers
    }

    private static func weekdays(
        _ parts: [RulePart: Substring]
    ) throws(RecurrenceError) -> [NthWeekday] {
        guard let text = parts[.byDay] else { return [] }
        var days: [NthWeekday] = []
        for piece in text.split(separator: ",", omittingEmptySubsequences: false) {
            let ordinal = piece.dropLast(2)
            guard let day = Weekday(calendarCode: piece.suffix(2)) else {
                throw unreadable(.byDay, text)
            }
            if ordinal.isEmpty {
                days.append(NthWeekday(day))
            } else {
                guard let number = number(ordinal) else { throw unreadable(.byDay, text) }
                days.append(NthWeekday(day, ordinal: number))
            }
        }
        return days
    }

    /// At most four digits after an optional sign.
    private static func number(_ text: Substring) -> Int? {
        guard text.utf8.count <= 5, text.utf8.last.map({ $0 >= 48 && $0 <= 57 }) == true else {
            return nil
        }
        return Int(text)
    }
}

extension RecurrenceRule: CustomStringConvertible {
    /// The value of an RRULE; what is as if left out is left out.
    package var description: String {
        var parts = ["FREQ=\(frequency.rawValue)"]
        switch end {
        case .never: break
        case .count(let count): parts.append("COUNT=\(count)")
        case .until(let day): parts.append("UNTIL=\(day.basic)")
        }
        if interval != 1 { parts.append("INTERVAL=\(interval)") }
        if !months.isEmpty { parts.append("BYMONTH=\(Self.list(months))") }
        if !monthDays.isEmpty { parts.append("BYMONTHDAY=\(Self.list(monthDays))") }
        if !weekdays.isEmpty { parts.append("BYDAY=\(Self.list(weekdays))") }
        if !positions.isEmpty { parts.append("BYSETPOS=\(Self.list(positions))") }
        if weekStart != .monday { parts.append("WKST=\(weekStart.calendarCode)") }
        return parts.joined(separator: ";")
    }

    private static func list(_ items: [some Any]) -> String {
        items.map { "\($0)" }.joined(separator: ",")
    }
}

extension RecurrenceRule.NthWeekday: CustomStringConvertible {
    package var description: String {
        (ordinal.map(String.init) ?? "") + weekday.calendarCode
    }
}

extension Weekday {
    /// The two letters of RFC 5545.
    package var calendarCode: String { name.prefix(2).uppercased() }

    init?(calendarCode code: Substring) {
        guard let day = Self.allCases.first(where: { $0.calendarCode == code }) else { return nil }
        self = day
    }
}

extension LocalDate {
    /// `YYYYMMDD`, as RFC 5545 writes a DATE.
    package var basic: String { description.filter { $0 != "-" } }

    /// Reads `YYYYMMDD` and nothing else.
    package init?(basic text: some StringProtocol) {
        let digits = Array(text.utf8)
        guard digits.count == 8 else { return nil }
        let dashed = digits[0..<4] + [45] + digits[4..<6] + [45] + digits[6..<8]
        self.init(String(decoding: dashed, as: UTF8.self))
    }
}
