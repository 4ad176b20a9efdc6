extension HolidayCalendar {
    var substitution: HolidaySubstitution {
        switch self {
        case .england, .canada: .nextFree
        case .unitedStates: .nearest
        default: .none
        }
    }

    var rules: [HolidayRule] {
        switch self {
        case .weekends: []
        case .austria: Self.austrian
        case .belgium: Self.belgian
        case .canada: Self.canadian
        case .switzerland: Self.swiss
        case .germany: Self.german
        case .spain: Self.spanish
        case .france: Self.french
        case .england: Self.english
        case .ireland: Self.irish
        case .italy: Self.italian
        case .netherlands: Self.dutch
        case .poland: Self.polish
        case .sweden: Self.swedish
        case .unitedStates: Self.american
        case .target: Self.european
        }
    }

    private static let newYear = HolidayRule.fixed(1, 1, "New Year's Day")
    private static let epiphany = HolidayRule.fixed(1, 6, "Epiphany")
    private static let labourDay = HolidayRule.fixed(5, 1, "Labour Day")
    private static let assumption = HolidayRule.fixed(8, 15, "Assumption Day")
    private static let allSaints = HolidayRule.fixed(11, 1, "All Saints' Day")
    private static let immaculate = HolidayRule.fixed(12, 8, "Immaculate Conception")
    private static let christmas = HolidayRule.fixed(12, 25, "Christmas Day")
    private static let secondChristmas = HolidayRule.fixed(12, 26, "Second Day of Christmas")
    private static let saintStephen = HolidayRule.fixed(12, 26, "Saint Stephen's Day")
    private static let boxingDay = HolidayRule.fixed(12, 26, "Boxing Day")
    private static let goodFriday = HolidayRule.easter(-2, "Good Friday")
    private static let easterSunday = HolidayRule.easter(0, "Easter Sunday")
    private static let easterMonday = HolidayRule.easter(1, "Easter Monday")
    private static let ascension = HolidayRule.easter(39, "Ascension Day")
    private static let pentecost = HolidayRule.easter(49, "Pentecost")
    private static let pentecostMonday = HolidayRule.easter(50, "Pentecost Monday")
    private static let corpusChristi = HolidayRule.easter(60, "Corpus Christi")

    /// - Source: Arbeitsruhegesetz (BGBl. 144/1983) § 7 Abs. 2.
    private static let austrian = [
        newYear, epiphany, easterMonday, labourDay, ascension, pentecostMonday, corpusChristi,
        assumption, .fixed(10, 26, "National Day"), allSaints, immaculate, christmas, saintStephen,
    ]

    /// - Source: Koninklijk besluit of 18 April 1974 on holidays, article 1.
    private static let belgian = [
        newYear, easterSunday, easterMonday, labourDay, ascension, pentecost, pentecostMonday,
        .fixed(7, 21, "National Day"), assumption, allSaints, .fixed(11, 11, "Armistice Day"),
        christmas,
    ]

    /// The holidays of what the federation regulates, banks among it.
    ///
    /// - Source: Canada Labour Code (R.S.C. 1985, c. L-2) sections 166, 192 and 193.
    private static let canadian = [
        newYear, goodFriday,
        // The Monday before 25 May.
        HolidayRule.from(5, 18, .monday, "Victoria Day"),
        .fixed(7, 1, "Canada Day"), .nth(1, .monday, of: 9, "Labour Day"),
        .fixed(9, 30, "National Day for Truth and Reconciliation", since: 2021),
        .nth(2, .monday, of: 10, "Thanksgiving"), .fixed(11, 11, "Remembrance Day"), christmas,
        boxingDay,
    ]

    /// What the federation orders and what all cantons keep; the rest is the cantons' own.
    ///
    /// - Source: Bundesverfassung article 110 section 3; Arbeitsgesetz (SR 822.11) article 20a.
    private static let swiss = [
        newYear, ascension, .fixed(8, 1, "National Day"), christmas,
    ]

    /// What all sixteen states have in common.
    ///
    /// - Source: the states' Feiertagsgesetze; Einigungsvertrag article 2 section 2 for 3 October.
    private static let german = [
        newYear, goodFriday, easterMonday, labourDay, ascension, pentecostMonday,
        .fixed(10, 3, "German Unity Day"), christmas, secondChristmas,
    ]

    /// - Source: Real Decreto 2001/1983, article 45, as changed by Real Decreto 1346/1989.
    private static let spanish = [
        newYear, epiphany, goodFriday, labourDay, assumption, .fixed(10, 12, "National Day"),
        allSaints, .fixed(12, 6, "Constitution Day"), immaculate, christmas,
    ]

    /// - Source: Code du travail, article L3133-1.
    private static let french = [
        newYear, easterMonday, labourDay, .fixed(5, 8, "Victory Day"), ascension, pentecostMonday,
        .fixed(7, 14, "National Day"), assumption, allSaints, .fixed(11, 11, "Armistice Day"),
        christmas,
    ]

    /// England and Wales.
    ///
    /// - Source: Banking and Financial Dealings Act 1971, schedule 1; New Year's Day and the first Monday of May by
    ///   royal proclamation each year.
    private static let english = [
        newYear, goodFriday, easterMonday, .nth(1, .monday, of: 5, "Early May Bank Holiday"),
        .nth(-1, .monday, of: 5, "Spring Bank Holiday"),
        .nth(-1, .monday, of: 8, "Summer Bank Holiday"), christmas, boxingDay,
    ]

    /// - Source: Organisation of Working Time Act 1997, second schedule, with S.I. 50/2022.
    private static let irish = [
        newYear,
        HolidayRule("Saint Brigid's Day", since: 2023) { year in
            guard let first = LocalDate(year: year, month: 2, day: 1) else { return nil }
            // The first Monday of February, but the first where that is a Friday.
            return first.weekday == .friday
                ? first : first.adding(days: (7 - first.weekday.rawValue) % 7)
        },
        .fixed(3, 17, "Saint Patrick's Day"), easterMonday,
        .nth(1, .monday, of: 5, "May Day"), .nth(1, .monday, of: 6, "June Bank Holiday"),
        .nth(1, .monday, of: 8, "August Bank Holiday"),
        .nth(-1, .monday, of: 10, "October Bank Holiday"), christmas, saintStephen,
    ]

    /// - Source: Legge 27 maggio 1949 n. 260, article 2, with Legge 151/2025 for 4 October.
    private static let italian = [
        newYear, epiphany, easterSunday, easterMonday, .fixed(4, 25, "Liberation Day"), labourDay,
        .fixed(6, 2, "Republic Day"), assumption,
        .fixed(10, 4, "Saint Francis of Assisi", since: 2026), allSaints, immaculate, christmas,
        saintStephen,
    ]

    /// - Source: Algemene termijnenwet, article 3. 5 May is a day off every fifth year.
    private static let dutch = [
        newYear, goodFriday, easterSunday, easterMonday,
        HolidayRule("King's Day") { year in
            let date = LocalDate(year: year, month: 4, day: 27)
            return date?.weekday == .sunday ? date?.adding(days: -1) : date
        },
        HolidayRule("Liberation Day") { year in
            year % 5 == 0 ? LocalDate(year: year, month: 5, day: 5) : nil
        },
        ascension, pentecost, pentecostMonday, christmas, secondChristmas,
    ]

    /// - Source: ustawa z dnia 18 stycznia 1951 r. o dniach wolnych od pracy, article 1; 24 December since 2025.
    private static let polish = [
        newYear, epiphany, easterSunday, easterMonday, labourDay,
        .fixed(5, 3, "Constitution Day"), pentecost, corpusChristi, assumption, allSaints,
        .fixed(11, 11, "Independence Day"), .fixed(12, 24, "Christmas Eve", since: 2025),
        christmas, secondChristmas,
    ]

    /// - Source: Lag (1989:253) om allmänna helgdagar, section 1.
    private static let swedish = [
        newYear, epiphany, goodFriday, easterSunday, easterMonday, labourDay, ascension, pentecost,
        .fixed(6, 6, "National Day"), .from(6, 20, .saturday, "Midsummer Day"),
        .from(10, 31, .saturday, "All Saints' Day"), christmas, secondChristmas,
    ]

    /// - Source: 5 U.S.C. section 6103 (a) and (b).
    private static let american = [
        newYear, .nth(3, .monday, of: 1, "Martin Luther King Jr. Day"),
        .nth(3, .monday, of: 2, "Washington's Birthday"), .nth(-1, .monday, of: 5, "Memorial Day"),
        .fixed(6, 19, "Juneteenth", since: 2021), .fixed(7, 4, "Independence Day"),
        .nth(1, .monday, of: 9, "Labor Day"), .nth(2, .monday, of: 10, "Columbus Day"),
        .fixed(11, 11, "Veterans Day"), .nth(4, .thursday, of: 11, "Thanksgiving"), christmas,
    ]

    /// - Source: European Central Bank, "TARGET2: long-term calendar for closing days", press release of 14 December
    ///   2000; kept by T2.
    private static let european = [
        newYear, goodFriday, easterMonday, labourDay, christmas, secondChristmas,
    ]
}
