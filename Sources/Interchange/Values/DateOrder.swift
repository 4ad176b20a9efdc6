/// The order in which a date of numbers is written.
package enum DateOrder: String, CaseIterable, Hashable, Codable, Sendable {
    case dayMonthYear = "dmy"
    case monthDayYear = "mdy"
    case yearMonthDay = "ymd"
}
