extension Schedule {
    /// The schedule in plain English: "every month on the last working day".
    package var words: String {
        guard let rule else { return "once on \(Self.words(start))" }
        var text = [rule.everyWords, dayWords(rule)].filter { !$0.isEmpty }.joined(separator: " ")
        switch rule.end {
        case .never: break
        case .count(1): text += ", once"
        case .count(let count): text += ", \(count) times"
        case .until(let day): text += ", until \(Self.words(day))"
        }
        return text
    }

    private static func words(_ date: LocalDate) -> String {
        "\(date.day) \(RecurrenceRule.monthNames[date.monthOfYear - 1]) \(date.year)"
    }

    private func dayWords(_ rule: RecurrenceRule) -> String {
        if let words = workingDayWords(rule) { return words }
        var words = rule.dayWords(from: start)
        let isLong = rule.effectiveMonthDays(from: start).contains { $0 > 28 }
        if isLong, rule.frequency == .monthly || rule.frequency == .yearly {
            words +=
                monthEnd == .lastDay
                ? ", or the last day of a shorter month" : " where there is one"
        }
        switch workingDays {
        case .none: return words
        case .next: return words + ", or the next working day"
        case .previous: return words + ", or the working day before"
        case .nearest: return words + ", or the nearest working day"
        case .nextInMonth: return words + ", or the next working day of the month"
        }
    }

    /// The first and the last day of a month, moved into the month, are its first and last working days.
    private func workingDayWords(_ rule: RecurrenceRule) -> String? {
        guard rule.weekdays.isEmpty, rule.positions.isEmpty, rule.monthDays.count == 1,
            rule.frequency == .monthly || rule.frequency == .yearly
        else { return nil }
        let end: String
        switch (rule.monthDays[0], workingDays) {
        case (1, .next), (1, .nextInMonth): end = "first"
        case (-1, .previous), (-1, .nextInMonth): end = "last"
        default: return nil
        }
        let months = rule.months.isEmpty ? "" : " of \(rule.monthWords)"
        return "on the \(end) working day\(months)"
    }
}

extension RecurrenceRule {
    static let monthNames = [
        "January", "February", "March", "April", "May", "June", "July", "August", "September",
        "October", "November", "December",
    ]

    private static let workdays: Set<Weekday> = [.monday, .tuesday, .wednesday, .thursday, .friday]

    var everyWords: String {
        let unit =
            switch frequency {
            case .daily: "day"
            case .weekly: "week"
            case .monthly: "month"
            case .yearly: "year"
            }
        return interval == 1 ? "every \(unit)" : "every \(interval) \(unit)s"
    }

    var monthWords: String { Self.list(months.map { Self.monthNames[$0 - 1] }) }

    /// The days of the month, the first day's own where the rule names none.
    func effectiveMonthDays(from start: LocalDate) -> [Int] {
        monthDays.isEmpty && weekdays.isEmpty ? [start.day] : monthDays
    }

    func dayWords(from start: LocalDate) -> String {
        switch frequency {
        case .daily: return limitWords
        case .weekly:
            let days = weekdays.isEmpty ? [start.weekday] : weekdays.map(\.weekday)
            let names =
                Set(days) == Self.workdays
                ? "Monday to Friday" : Self.list(days.map(Self.name))
            return picked("on \(names)") + inMonths
        case .monthly: return monthlyWords(from: start) + inMonths
        case .yearly:
            if weekdays.isEmpty, effectiveMonthDays(from: start).allSatisfy({ $0 > 0 }) {
                let days = effectiveMonthDays(from: start).map(String.init)
                let isEveryMonth = months.isEmpty && !monthDays.isEmpty
                let month = months.isEmpty ? Self.monthNames[start.monthOfYear - 1] : monthWords
                return picked("on \(Self.list(days)) \(isEveryMonth ? "of each month" : month)")
            }
            let scope =
                months.isEmpty
                ? (monthDays.isEmpty ? "of the year" : "of each month") : "of \(monthWords)"
            return monthlyWords(from: start) + " \(scope)"
        }
    }

    private var inMonths: String { months.isEmpty ? "" : " in \(monthWords)" }

    /// What a daily rule leaves of the days.
    private var limitWords: String {
        var parts: [String] = []
        if !weekdays.isEmpty {
            parts.append("that is a \(Self.list(weekdays.map { Self.name($0.weekday) }, "or"))")
        }
        if !monthDays.isEmpty {
            parts.append("that is the \(Self.list(monthDays.map(Self.ordinal), "or"))")
        }
        if !months.isEmpty { parts.append("in \(monthWords)") }
        return parts.joined(separator: " ")
    }

    private func monthlyWords(from start: LocalDate) -> String {
        let days = effectiveMonthDays(from: start).map(Self.dayOfMonth)
        if weekdays.isEmpty { return picked("on \(Self.list(days))") }
        let isPlain = weekdays.allSatisfy { $0.ordinal == nil }
        let names =
            isPlain && Set(weekdays.map(\.weekday)) == Self.workdays
            ? "weekday" : Self.list(weekdays.map(\.words), positions.isEmpty ? "and" : "or")
        if isPlain, monthDays.isEmpty, !positions.isEmpty {
            return "on the \(Self.list(positions.map(Self.ordinal))) \(names)"
        }
        let article = isPlain ? "every " : "the "
        let limit = days.isEmpty ? "" : " that is \(Self.list(days, "or"))"
        return picked("on \(article)\(names)\(limit)")
    }

    /// Which of these days are meant, where not all are.
    private func picked(_ words: String) -> String {
        guard !positions.isEmpty else { return words }
        return "\(words) (the \(Self.list(positions.map(Self.ordinal))) of these)"
    }

    private static func dayOfMonth(_ day: Int) -> String {
        day < 0 ? "the \(day == -1 ? "last" : ordinal(day)) day" : "the \(ordinal(day))"
    }

    static func name(_ weekday: Weekday) -> String {
        weekday.name.prefix(1).uppercased() + weekday.name.dropFirst()
    }

    /// "1st", "22nd", "last", "3rd last".
    static func ordinal(_ number: Int) -> String {
        if number == -1 { return "last" }
        if number < 0 { return ordinal(-number) + " last" }
        switch (number % 10, number % 100) {
        case (_, 11...13): return "\(number)th"
        case (1, _): return "\(number)st"
        case (2, _): return "\(number)nd"
        case (3, _): return "\(number)rd"
        default: return "\(number)th"
        }
    }

    static func list(_ items: [String], _ word: String = "and") -> String {
        guard let last = items.last, items.count > 1 else { return items.first ?? "" }
        return items.dropLast().joined(separator: ", ") + " \(word) " + last
    }
}

extension RecurrenceRule.NthWeekday {
    fileprivate var words: String {
        let name = RecurrenceRule.name(weekday)
        guard let ordinal else { return name }
        return "\(RecurrenceRule.ordinal(ordinal)) \(name)"
    }
}
