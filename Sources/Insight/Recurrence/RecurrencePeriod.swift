/// How often a payment comes again.
package enum RecurrencePeriod: String, CaseIterable, Comparable, Sendable {
    case weekly
    case twoWeekly = "two_weekly"
    case fourWeekly = "four_weekly"
    case monthly
    case twoMonthly = "two_monthly"
    case quarterly
    case halfYearly = "half_yearly"
    case yearly

    /// The length in whole weeks or in whole months.
    enum Length {
        case weeks(Int)
        case months(Int)
    }

    var length: Length {
        switch self {
        case .weekly: .weeks(1)
        case .twoWeekly: .weeks(2)
        case .fourWeekly: .weeks(4)
        case .monthly: .months(1)
        case .twoMonthly: .months(2)
        case .quarterly: .months(3)
        case .halfYearly: .months(6)
        case .yearly: .months(12)
        }
    }

    /// How many days a payment may be away from its day: weekends, holidays and slow banks.
    package var toleranceDays: Int {
        switch self {
        case .weekly: 2
        case .twoWeekly, .fourWeekly: 3
        case .monthly: 4
        case .twoMonthly: 5
        case .quarterly: 6
        case .halfYearly: 8
        case .yearly: 10
        }
    }

    package var timesAYear: Int64 {
        switch length {
        case .weeks(let weeks): Int64(52 / weeks)
        case .months(let months): Int64(12 / months)
        }
    }

    var averageDays: Double {
        switch length {
        case .weeks(let weeks): Double(weeks * 7)
        // The mean month of the Gregorian calendar: 146 097 days in 4 800 months.
        case .months(let months): Double(months) * 146_097 / 4_800
        }
    }

    /// With fewer payments it could be chance.
    var leastCount: Int {
        switch self {
        case .weekly: 5
        case .twoWeekly: 4
        case .fourWeekly, .monthly, .twoMonthly, .quarterly, .halfYearly: 3
        case .yearly: 2
        }
    }

    /// So many days without a payment at its end, and a series is over.
    var endedAfter: Int { self < .quarterly ? 3 : 2 }

    package static func < (left: RecurrencePeriod, right: RecurrencePeriod) -> Bool {
        left.averageDays < right.averageDays
    }
}
