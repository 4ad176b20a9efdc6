import Foundation
import Ledger
import Testing

/// The lines of a fixture without its comments.
enum ScheduleFixture {
    static func lines(_ name: String) throws -> [[Substring]] {
        let url = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "Fixtures/\(name)")
        return try String(contentsOf: url, encoding: .utf8).split(separator: "\n")
            .filter { !$0.hasPrefix("#") }
            .map { $0.split(separator: " ", omittingEmptySubsequences: false) }
    }
}

extension LocalDate: ExpressibleByIntegerLiteral {
    /// For days that a test spells out: `2026_05_31`.
    public init(integerLiteral number: Int) {
        let parts = (number / 10_000, number / 100 % 100, number % 100)
        guard let date = LocalDate(year: parts.0, month: parts.1, day: parts.2) else {
            fatalError("\(number) is no day.")
        }
        self = date
    }
}

extension DateSpan {
    static func days(_ first: LocalDate, _ last: LocalDate) -> DateSpan {
        guard let span = DateSpan(first, last) else { fatalError("\(first) is after \(last).") }
        return span
    }
}
