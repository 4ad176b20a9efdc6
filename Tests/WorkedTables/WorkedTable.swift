import Foundation
import Testing

/// A table of docs/budgets.md.
package struct WorkedTable: Sendable {
    package struct Row: Sendable {
        package let cells: [String: String]
        /// The line of the page, so that a failure can be found.
        package let line: Int

        package subscript(column: String) -> String { cells[column] ?? "" }
    }

    package let columns: [String]
    package var rows: [Row] = []
}

/// A heading of docs/budgets.md and the tables below it.
package struct WorkedExample: Sendable, CustomTestStringConvertible {
    package let title: String
    package var tables: [WorkedTable] = []

    package var testDescription: String { title }

    package func table(beginning columns: String...) -> WorkedTable? {
        tables.first { $0.columns.starts(with: columns) }
    }

    /// The examples of a chapter, each with at least one table.
    package static func all(in chapter: String) -> [WorkedExample] {
        var chapterNow = ""
        var examples: [WorkedExample] = []
        var isInTable = false
        for (index, line) in page.split(separator: "\n", omittingEmptySubsequences: false)
            .enumerated()
        {
            if line.hasPrefix("# ") {
                chapterNow = String(line.dropFirst(2))
                if chapterNow == chapter { examples.append(WorkedExample(title: chapter)) }
            }
            guard chapterNow == chapter else { continue }
            if line.hasPrefix("## ") {
                examples.append(WorkedExample(title: String(line.dropFirst(3))))
            }
            let wasInTable = isInTable
            isInTable = line.hasPrefix("|")
            guard isInTable, !line.hasPrefix("| ---") else { continue }
            let last = examples.count - 1
            let cells = line.dropFirst().dropLast().split(
                separator: "|",
                omittingEmptySubsequences: false
            )
            .map { $0.trimmingCharacters(in: .whitespaces) }
            if wasInTable {
                let place = examples[last].tables.count - 1
                let columns = examples[last].tables[place].columns
                let row = WorkedTable.Row(
                    cells: Dictionary(uniqueKeysWithValues: zip(columns, cells)),
                    line: index + 1
                )
                examples[last].tables[place].rows.append(row)
            } else {
                examples[last].tables.append(WorkedTable(columns: cells))
            }
        }
        return examples.filter { !$0.tables.isEmpty }
    }

    private static let page: String = {
        let file = URL(filePath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "docs/budgets.md")
        guard let text = try? String(contentsOf: file, encoding: .utf8) else {
            fatalError("\(file.path) is read by these tests.")
        }
        return text
    }()
}
