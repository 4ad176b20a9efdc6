/// A month of a year.
package struct Month: Hashable, Comparable, Sendable {
    /// Months since January of the year 0.
    private let index: Int32

    /// Nil outside the range of `LocalDate`.
    package init?(year: Int, month: Int) {
        guard LocalDate(year: year, month: month, day: 1) != nil else { return nil }
        index = Int32(year * 12 + month - 1)
    }

    package init(of date: LocalDate) {
        let (year, month, _) = date.parts
        index = Int32(year * 12 + month - 1)
    }

    package var year: Int { Int(index) / 12 }
    package var month: Int { Int(index) % 12 + 1 }

    package var firstDay: LocalDate {
        LocalDate(year: year, month: month, day: 1) ?? .earliest
    }

    package var lastDay: LocalDate {
        LocalDate(year: year, month: month, day: LocalDate.days(inMonth: month, of: year))
            ?? .latest
    }

    /// The month `months` later, held to the range of `LocalDate`.
    package func adding(months: Int) -> Month {
        let (sum, overflow) = Int(index).addingReportingOverflow(months)
        let held = overflow ? (months > 0 ? Int.max : .min) : sum
        let clamped = min(max(held, 1900 * 12), 2199 * 12 + 11)
        return Month(index: Int32(clamped))
    }

    private init(index: Int32) {
        self.index = index
    }

    /// How many months `other` lies after this one.
    package func months(until other: Month) -> Int {
        Int(other.index - index)
    }

    package static func < (left: Month, right: Month) -> Bool {
        left.index < right.index
    }
}

extension Month: CustomStringConvertible {
    /// `YYYY-MM`
    package var description: String { String(firstDay.description.prefix(7)) }
}
