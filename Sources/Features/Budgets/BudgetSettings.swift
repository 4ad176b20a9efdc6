import Ledger
import Storage

/// How a household looks at its budget, and when its periods begin.
struct BudgetSettings: Sendable, Equatable {
    var look = Look.envelope
    var length = Length.month
    var monthStart = BudgetCalendar.MonthStart.day(1)
    /// Whose holidays are no working days; it matters where months begin on the last working day.
    var holidays = HolidayCalendar.weekends
    var version: Int64 = 0
    var updatedAt: Instant?

    /// What a household sees first; nothing that is stored depends on it.
    enum Look: String, CaseIterable, Sendable { case tracking, envelope, flex }

    enum Length: String, CaseIterable, Sendable { case week, month, quarter, year }

    /// - Parameter weekStart: the household's; weeks of the budget begin as its weeks do.
    func calendar(weekStart: Weekday) -> BudgetCalendar {
        let length: BudgetCalendar.Length =
            switch length {
            case .week: .week(startingOn: weekStart)
            case .month: .month
            case .quarter: .quarter
            case .year: .year
            }
        let holidays = holidays
        let days = WorkingDays { holidays.isWorkingDay($0) }
        // Only a day that is not in every month has no calendar, and none is stored.
        guard let calendar = BudgetCalendar(length, monthStart: monthStart, workingDays: days)
        else { preconditionFailure("Months begin on the 1st to the 28th.") }
        return calendar
    }

    /// The day of the month, or nil for the last working day.
    var monthDay: Int? {
        if case .day(let day) = monthStart { day } else { nil }
    }

    static let shape = Shape<BudgetSettings>("BudgetSettings") { shape in
        shape.choice("view", \.look)
        shape.choice("period", \.length)
        shape.integerOrNil("month_start") { $0.monthDay.map(Int64.init) }
        shape.choice("holidays", \.holidays)
        shape.integer("version", \.version)
        shape.instantOrNil("updated_at", \.updatedAt)
    }
}

/// What may be changed of it.
struct BudgetSettingsPatch: RequestFields {
    let look: BudgetSettings.Look?
    let length: BudgetSettings.Length?
    /// Cleared is the last working day of the month before.
    let monthStart: Patch<Int>
    let holidays: HolidayCalendar?

    init(_ fields: inout FieldReader) {
        look = fields.ifPresent("view", .choice())
        length = fields.ifPresent("period", .choice())
        monthStart = fields.patch("month_start", .integer(1...28))
        holidays = fields.ifPresent("holidays", .choice())
    }

    func applied(to old: BudgetSettings) -> BudgetSettings {
        var settings = old
        settings.look = look ?? old.look
        settings.length = length ?? old.length
        settings.holidays = holidays ?? old.holidays
        switch monthStart {
        case .absent: break
        case .clear: settings.monthStart = .lastWorkingDay
        case .value(let day): settings.monthStart = .day(day)
        }
        return settings
    }
}
