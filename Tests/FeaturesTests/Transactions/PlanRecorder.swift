import Ledger
import Storage

/// A transaction that remembers its statements, so that their plans can be asked for.
final class PlanRecorder: SQLTransaction {
    private let inner: any SQLTransaction
    private var statements: [SQLText] = []

    init(_ inner: any SQLTransaction) {
        self.inner = inner
    }

    var dialect: SQLDialect { inner.dialect }
    var texts: [String] { statements.map(\.text) }

    func execute(_ sql: SQLText) throws {
        statements.append(sql)
        try inner.execute(sql)
    }

    func executeCounting(_ sql: SQLText) throws -> Int {
        statements.append(sql)
        return try inner.executeCounting(sql)
    }

    func forEach(_ sql: SQLText, _ read: (inout SQLRow) throws -> Void) throws {
        statements.append(sql)
        try inner.forEach(sql, read)
    }

    func noteVersion(_ version: Int64, of household: HouseholdID) {
        inner.noteVersion(version, of: household)
    }

    func afterCommit(_ act: @escaping @Sendable () -> Void) { inner.afterCommit(act) }

    /// One line for each question that reads much more than it needs.
    ///
    /// - Parameter rowLimit: the most rows that a step of a plan may look at; by itself of the test's three thousand.
    func problems(_ large: Set<String>, rowLimit: Double = 1_000) throws -> [String] {
        let questions = statements.filter { statement in
            ["SELECT", "WITH"].contains { statement.text.hasPrefix($0) }
        }
        return try questions.flatMap { statement in
            switch dialect {
            case .sqlite: try sqliteProblems(statement, large)
            case .postgres: try postgresProblems(statement, large, rowLimit)
            }
        }
    }

    /// How SQLite goes about the questions, a line a step.
    func sqlitePlans() throws -> [String] {
        try statements.flatMap { statement in
            try inner.rows("EXPLAIN QUERY PLAN \(statement)") { row in
                for _ in 0..<3 { _ = try row.integer() }
                return try row.text()
            }
        }
    }

    /// They hold nothing but what is waited for, so they may be read whole.
    private static let partialIndexes = ["notice_mail"]

    /// A scan of a large table, a search by the household alone whose order has to be made after, or an index
    /// that SQLite had to make for itself.
    private func sqliteProblems(_ statement: SQLText, _ large: Set<String>) throws -> [String] {
        let plan = try inner.rows("EXPLAIN QUERY PLAN \(statement)") { row in
            _ = try row.integer()
            let parent = try row.integer()
            _ = try row.integer()
            return (parent: parent, text: try row.text())
        }
        let aliases = [
            "t": "ledger_transaction", "w": "ledger_transaction", "p": "posting", "r": "rollup",
            "o": "posting", "n": "notice",
        ]
        let sorted = Set(
            plan.filter { $0.text.contains("TEMP B-TREE FOR ORDER BY") }.map(\.parent)
        )
        return plan.filter { parent, line in
            let words = line.split(separator: " ").map(String.init)
            guard words.count > 1 else { return false }
            let isLarge = large.contains(aliases[words[1]] ?? words[1])
            if line.contains("AUTOMATIC") { return true }
            if Self.partialIndexes.contains(where: { line.contains("INDEX \($0)") }) {
                return false
            }
            if words[0] == "SCAN" { return isLarge && !line.contains("VIRTUAL TABLE") }
            return words[0] == "SEARCH" && isLarge && sorted.contains(parent)
                && line.hasSuffix("(household_id=?)")
        }.map { "\($0.text) in \(statement.text)" }
    }

    /// What PostgreSQL really looked at, step by step, where it takes an index if there is one: it would read a table as
    /// small as the test's whole.
    private func postgresProblems(
        _ statement: SQLText,
        _ large: Set<String>,
        _ rowLimit: Double
    ) throws -> [String] {
        try inner.execute("SET LOCAL enable_seqscan = off")
        let plan = try inner.rows(
            "EXPLAIN (ANALYZE, TIMING OFF, SUMMARY OFF, COSTS OFF) \(statement)"
        ) { try $0.text() }
        var problems: [String] = []
        var node = ""
        for line in plan {
            if line.contains("actual") { node = line }
            // The test's index of words is so small that PostgreSQL may read it whole.
            guard !node.contains("on transaction_search"),
                large.contains(where: { node.contains(" on \($0)") })
            else { continue }
            if let (rows, loops) = Self.actual(line), rows * loops > rowLimit,
                line.contains("Scan"), !line.contains("CTE"), !line.contains("Subquery")
            {
                problems.append(line)
            }
            if let removed = Self.number(after: "Rows Removed by Filter: ", in: line),
                removed > rowLimit
            {
                problems.append(line)
            }
        }
        return problems.map { "\($0) in \(statement.text)" }
    }

    /// `(actual rows=12 loops=3)`
    private static func actual(_ line: String) -> (rows: Double, loops: Double)? {
        guard let rows = number(after: "actual rows=", in: line),
            let loops = number(after: "loops=", in: line)
        else { return nil }
        return (rows, loops)
    }

    private static func number(after mark: String, in line: String) -> Double? {
        guard let range = line.firstRange(of: mark) else { return nil }
        return Double(line[range.upperBound...].prefix { $0.isNumber || $0 == "." })
    }
}
