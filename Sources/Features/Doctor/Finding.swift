package import Ledger

/// One row that breaks a rule.
package struct Finding: Sendable, Equatable {
    /// Nil for what belongs to no household.
    package let household: HouseholdID?
    package let table: String
    /// The row's key.
    package let row: String
    package let problem: String
    package let expected: String?
    package let found: String?

    /// All of it in one line.
    package var line: String {
        var line = household.map { "household \($0): " } ?? ""
        line += "\(table) \(row): \(problem)"
        switch (expected, found) {
        case (let expected?, let found?): line += " (expected \(expected), found \(found))"
        case (nil, let found?): line += " (found \(found))"
        case (let expected?, nil): line += " (expected \(expected))"
        case (nil, nil): break
        }
        return line
    }

    package func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.name("household_id")
            if let household { writer.uuid(household.value) } else { writer.null() }
            writer.name("table"); writer.string(table)
            writer.name("row"); writer.string(row)
            writer.name("problem"); writer.string(problem)
            writer.name("expected")
            if let expected { writer.string(expected) } else { writer.null() }
            writer.name("found")
            if let found { writer.string(found) } else { writer.null() }
        }
    }
}

/// Gathers what is found in one household.
final class Findings {
    /// How many rows are named for one rule; the rest are counted.
    static let limit = 10_000

    private let household: HouseholdID?
    private(set) var all: [Finding] = []
    private var counts: [Rule: Int] = [:]

    private struct Rule: Hashable {
        let table: String
        let problem: String
    }

    init(household: HouseholdID?) {
        self.household = household
    }

    func add(
        _ table: String,
        _ row: some CustomStringConvertible,
        _ problem: String,
        expected: String? = nil,
        found: String? = nil
    ) {
        let count = counts[Rule(table: table, problem: problem), default: 0] + 1
        counts[Rule(table: table, problem: problem)] = count
        guard count <= Self.limit else { return }
        append(table, row.description, problem, expected, found)
    }

    /// Names a column that does not hold what it must.
    func compare<Value: Equatable>(
        _ table: String,
        _ row: @autoclosure () -> String,
        _ column: String,
        expected: Value,
        found: Value
    ) {
        guard expected != found else { return }
        add(
            table,
            row(),
            "\(column) is wrong",
            expected: Self.text(expected),
            found: Self.text(found)
        )
    }

    /// Says how many more rows break each rule than were named.
    func finish() -> [Finding] {
        for (rule, count) in counts.sorted(by: { $0.key.table < $1.key.table })
        where count > Self.limit {
            append(rule.table, "…", "\(count - Self.limit) more rows: \(rule.problem)", nil, nil)
        }
        return all
    }

    private func append(
        _ table: String,
        _ row: String,
        _ problem: String,
        _ expected: String?,
        _ found: String?
    ) {
        all.append(
            Finding(
                household: household,
                table: table,
                row: row,
                problem: problem,
                expected: expected,
                found: found
            )
        )
    }

    private static func text(_ value: Any) -> String {
        let mirror = Mirror(reflecting: value)
        guard mirror.displayStyle == .optional else { return "\(value)" }
        return mirror.children.first.map { "\($0.value)" } ?? "nothing"
    }

    /// An amount whose currency does not matter.
    static func amount(_ tenThousandths: Int64) -> String {
        Decimal4.text(tenThousandths, minorDigits: 2)
    }
}
