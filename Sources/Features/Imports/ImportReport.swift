import Foundation
package import Interchange
package import Ledger

/// What was understood of a file, in figures: what a list of imports shows without reading the file again.
package struct ImportReport: Codable, Sendable {
    package var format: String?
    package var encoding: String?
    package var rows = 0
    package var new = 0
    package var duplicates = 0
    package var problems = 0
    package var skipped = 0
    package var transfersLinked = 0
    /// Days since 1970.
    package var firstDay: Int?
    package var lastDay: Int?
    package var totals: Totals?
    package var mapping: CSVMapping?
    package var questions: [Question] = []
    package var statements: [StatementReport] = []

    package struct Totals: Codable, Sendable {
        package var income: Int64
        package var expenses: Int64
        package var currency: String
    }

    package struct Question: Codable, Sendable {
        package var code: String
        package var message: String
        package var choices: [String]
    }

    package struct StatementReport: Codable, Sendable {
        package var index: Int
        package var bankAccount: String?
        package var kind: String?
        package var currency: String?
        package var rows: Int
        package var account: String?
        package var ledgerBalance: Int64?
        package var ledgerBalanceDay: Int?
        package var ourBalanceAfter: Int64?
    }

    package init() {}

    package init(json: [UInt8]) throws {
        self = try JSONDecoder().decode(ImportReport.self, from: Data(json))
    }

    package var json: [UInt8] {
        get throws { Array(try JSONEncoder().encode(self)) }
    }

    package var period: DateSpan? {
        guard let firstDay, let lastDay, let first = LocalDate(daysSince1970: firstDay),
            let last = LocalDate(daysSince1970: lastDay)
        else { return nil }
        return DateSpan(first, last)
    }
}

extension ImportReport.Question {
    /// What people are asked in words.
    init(_ question: ImportQuestion) {
        code = question.code
        switch question {
        case .dateOrder(let assumed, let samples):
            message =
                "Are the dates day first or month first? For example \(samples.joined(separator: ", "))."
            choices = [assumed.rawValue] + ["dmy", "mdy"].filter { $0 != assumed.rawValue }
        case .decimal(let assumed, let samples):
            message =
                "Is the mark a decimal or a thousands mark? For example \(samples.joined(separator: ", "))."
            choices = [assumed.rawValue] + [".", ","].filter { $0 != assumed.rawValue }
        case .sign:
            message = "Every amount is positive. Is it money in or money out?"
            choices = ["in", "out"]
        case .missing(let role):
            message = "Which column holds the \(role.rawValue.replacing("_", with: " "))?"
            choices = []
        case .direction(let words):
            message = "These words say neither in nor out: \(words.joined(separator: ", "))."
            choices = []
        }
    }

    static func account(of statement: Statement) -> ImportReport.Question {
        ImportReport.Question(
            code: "account",
            message: "Which account does \(statement.bankAccount ?? "this file") belong to?",
            choices: []
        )
    }
}
