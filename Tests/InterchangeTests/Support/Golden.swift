import Foundation
import Interchange
import Ledger

/// Writes what was read as text that a person can check.
enum Golden {
    static func text(_ file: StatementFile) -> String {
        var lines = ["\(file.format.rawValue) \(file.encoding.rawValue)"]
        if let mapping = file.mapping { lines += text(mapping) }
        lines += file.questions.map { "question \($0.code)" }
        lines += file.notices.map { "notice \($0)" }
        lines += file.statements.map(text)
        lines += file.drafts.map { text($0, in: file) }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func text(_ mapping: CSVMapping) -> [String] {
        let parts = [
            "delimiter \(mapping.delimiter)", "header \(mapping.headerRow ?? 0)",
            "first \(mapping.firstRow)", "dates \(mapping.dateOrder.rawValue)",
            "decimal \(mapping.decimal.rawValue)", mapping.negate ? "negated" : nil,
        ]
        let columns = mapping.columns.filter { $0.role != .ignore }.map {
            "\($0.role.rawValue)=\($0.header ?? "#\($0.index)")"
        }
        return [
            parts.compactMap { $0 }.joined(separator: ", "),
            "columns " + columns.joined(separator: " | "),
        ]
    }

    private static func text(_ statement: Statement) -> String {
        let parts = [
            "statement \(statement.index)", statement.bankAccount, statement.kind?.rawValue,
            statement.currency?.code,
            statement.ledgerBalance.map { "balance \(Decimal4.text($0, minorDigits: 2))" },
            statement.ledgerBalanceDate.map { "on \($0)" },
        ]
        return parts.compactMap { $0 }.joined(separator: " ")
    }

    private static func text(_ draft: Draft, in file: StatementFile) -> String {
        let place = "\(draft.number) line \(draft.line) statement \(draft.statement):"
        switch draft.outcome {
        case .problem(let problem):
            return "problem \(place) \(problem.code.rawValue) \(problem.message)"
        case .row(let row):
            let parts = [
                "row \(place) \(row.date)", Decimal4.text(row.amount, minorDigits: 2),
                row.currency?.code,
                "[\(row.payee)]", "<\(row.bankText)>", row.bankID.map { "id \($0)" },
                row.balance.map { "balance \(Decimal4.text($0, minorDigits: 2))" },
                row.category.map { "category \($0)" },
            ]
            return parts.compactMap { $0 }.joined(separator: " ")
        }
    }

    /// The text kept beside a fixture; with MARTLET_RECORD_GOLDEN set it is written anew first.
    static func kept(beside path: String, recording text: String) throws -> String {
        let url = Fixtures.folder.appending(path: path + ".golden.txt")
        if ProcessInfo.processInfo.environment["MARTLET_RECORD_GOLDEN"] != nil {
            try text.write(to: url, atomically: true, encoding: .utf8)
        }
        return try String(contentsOf: url, encoding: .utf8)
    }
}
