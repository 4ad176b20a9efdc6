/// A day of the calendar, without a time zone.
///
/// - Units: `daysSince1970` counts days from 1970-01-01.
/// - Range: 1900-01-01 to 2199-12-31, which holds every life that a household plans for.
/// - Source: civil calendar arithmetic after Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms".
package struct LocalDate: Hashable, Comparable, Sendable {
    package let daysSince1970: Int32

    package static let earliest = LocalDate(unchecked: -25_567)
    package static let latest = LocalDate(unchecked: 84_005)

    /// Nil outside the range.
    package init?(daysSince1970 days: Int) {
        guard days >= Self.earliest.daysSince1970, days <= Self.latest.daysSince1970 else {
            return nil
        }
        daysSince1970 = Int32(days)
    }

    /// Nil for a day that no calendar has, such as 2026-02-30, and outside the range.
    package init?(year: Int, month: Int, day: Int) {
        guard (1900...2199).contains(year), (1...12).contains(month), day >= 1,
            day <= Self.days(inMonth: month, of: year)
        else { return nil }
        daysSince1970 = Int32(Self.days(year: year, month: month, day: day))
    }

    private init(unchecked days: Int32) {
        daysSince1970 = days
    }

    /// Reads `YYYY-MM-DD` and nothing else.
    package init?(_ text: some StringProtocol) {
        let bytes = Array(text.utf8)
        guard bytes.count == 10, bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-"),
            let year = Self.number(bytes[0..<4]), let month = Self.number(bytes[5..<7]),
            let day = Self.number(bytes[8..<10])
        else { return nil }
        self.init(year: year, month: month, day: day)
    }

    private static func number(_ digits: ArraySlice<UInt8>) -> Int? {
        digits.reduce(Int?(0)) { value, digit in
            guard let value, digit >= 48, digit <= 57 else { return nil }
            return value * 10 + Int(digit - 48)
        }
    }

    package static func < (left: LocalDate, right: LocalDate) -> Bool {
        left.daysSince1970 < right.daysSince1970
    }

    /// The day `days` later (earlier when negative), held to the range.
    package func adding(days: Int) -> LocalDate {
        let (sum, overflow) = Int(daysSince1970).addingReportingOverflow(days)
        guard !overflow else { return days > 0 ? .latest : .earliest }
        return LocalDate(daysSince1970: sum) ?? (days > 0 ? .latest : .earliest)
    }

    /// How many days `other` lies after this day.
    package func days(until other: LocalDate) -> Int {
        Int(other.daysSince1970) - Int(daysSince1970)
    }
}

// MARK: Parts

extension LocalDate {
    package var year: Int { parts.year }
    package var monthOfYear: Int { parts.month }
    package var day: Int { parts.day }
    package var month: Month { Month(of: self) }

    package var weekday: Weekday {
        // 1970-01-01 was a Thursday.
        Weekday(rawValue: ((Int(daysSince1970) + 3) % 7 + 7) % 7) ?? .monday
    }

    package var parts: (year: Int, month: Int, day: Int) {
        let shifted = Int(daysSince1970) + 719_468
        let era = shifted / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        return (year, month, dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
    }

    private static func days(year: Int, month: Int, day: Int) -> Int {
        let shifted = month <= 2 ? year - 1 : year
        let era = shifted / 400
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
            - 719_468
    }

    package static func isLeap(_ year: Int) -> Bool {
        year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    }

    package static func days(inMonth month: Int, of year: Int) -> Int {
        switch month {
        case 2: isLeap(year) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }
}

extension LocalDate: CustomStringConvertible {
    /// `YYYY-MM-DD`
    package var description: String {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(10)
        append(to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Writes `YYYY-MM-DD` into a buffer.
    package func append(to bytes: inout [UInt8]) {
        let (year, month, day) = parts
        bytes.append(48 + UInt8(year / 1_000))
        bytes.append(48 + UInt8(year / 100 % 10))
        bytes.append(48 + UInt8(year / 10 % 10))
        bytes.append(48 + UInt8(year % 10))
        bytes.append(UInt8(ascii: "-"))
        bytes.append(48 + UInt8(month / 10))
        bytes.append(48 + UInt8(month % 10))
        bytes.append(UInt8(ascii: "-"))
        bytes.append(48 + UInt8(day / 10))
        bytes.append(48 + UInt8(day % 10))
    }
}

/// The days of a week, Monday first.
package enum Weekday: Int, CaseIterable, Sendable {
    case monday, tuesday, wednesday, thursday, friday, saturday, sunday

    package var name: String {
        switch self {
        case .monday: "monday"
        case .tuesday: "tuesday"
        case .wednesday: "wednesday"
        case .thursday: "thursday"
        case .friday: "friday"
        case .saturday: "saturday"
        case .sunday: "sunday"
        }
    }

    package init?(name: String) {
        guard let day = Self.allCases.first(where: { $0.name == name }) else { return nil }
        self = day
    }
}
