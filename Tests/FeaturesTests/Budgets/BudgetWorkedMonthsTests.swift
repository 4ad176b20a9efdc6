import HTTPTypes
import Ledger
import Storage
import TestSupport
import Testing
import WorkedTables

@testable import Features

/// The months of docs/budgets.md, made through the API and read from it.
struct BudgetWorkedMonthsTests {
    /// Those that say what happens on which account. A missing rate needs an exchange, and has a test of its own.
    static let examples = WorkedExample.all(in: "Worked months").filter { example in
        !example.tables.flatMap(\.rows).contains { $0["amount"].hasPrefix("?") }
    }

    @Test
    func `almost every example goes through the API`() {
        #expect(Self.examples.count >= 10)
    }

    @Test(arguments: TestEngine.present, examples)
    func `the API's months are those of the page`(
        engine: TestEngine,
        example: WorkedExample
    ) async throws {
        try await LedgerAPI.with(engine) { api in
            let world = try await WorkedAPI.make(example, try await api.signUp())

            let shown = example.tables.filter {
                $0.columns.first == "month" && $0.columns.dropFirst().first != "what"
            }
            #expect(!shown.isEmpty)
            for table in shown {
                for row in table.rows {
                    let values = try await world.values(of: row)
                    for column in table.columns.dropFirst() {
                        guard let value = values[column] else { continue }
                        #expect(value == row[column], "line \(row.line), \(column)")
                    }
                    #expect(!values.isEmpty, "line \(row.line)")
                }
            }
        }
    }
}

/// A household in which an example happened.
private struct WorkedAPI {
    let ann: APIPerson
    private var ids: [String: String] = [:]
    private var cards: Set<String> = []

    static func make(_ example: WorkedExample, _ ann: APIPerson) async throws -> WorkedAPI {
        var world = WorkedAPI(ann: ann)
        let budgets = try #require(example.table(beginning: "budget"))
        let events = try #require(example.table(beginning: "month", "what"))
        try await world.makeBudgets(budgets)
        try await world.makeAccounts(events)
        for row in events.rows where !["assigned", "held", "cash", "owed"].contains(row["what"]) {
            try await world.book(row)
        }
        for row in events.rows where row["what"] == "assigned" { try await world.assign(row) }
        for row in events.rows where row["what"] == "held" {
            let answer = try await ann.post(
                "budgets/\(row["month"])/hold",
                #"{"amount": "\#(row["amount"])"}"#
            )
            #expect(answer.status == 200, "\(answer.body)")
        }
        return world
    }

    private mutating func makeBudgets(_ table: WorkedTable) async throws {
        for row in table.rows {
            let name = row["budget"]
            let isIncome = row["kind"] == "income"
            let parent = ids[row["under"]]
            let id = try await ann.makeCategory(
                "\(name) of the page",
                kind: isIncome ? "income" : "expense",
                under: parent
            )
            ids[name] = id
            guard row["rollover"] != "no budget" else { continue }
            let kind = isIncome || row["kind"].isEmpty ? "flexible" : row["kind"]
            let answer = try await ann.post(
                "budgets",
                #"{"category_id": "\#(id)", "rollover": "\#(row["rollover"])", "kind": "\#(kind)"}"#
            )
            #expect(answer.status == 201, "\(answer.body)")
        }
        ids["wages"] = try await ann.makeCategory("Wages of the page", kind: "income")
    }

    private mutating func makeAccounts(_ events: WorkedTable) async throws {
        for row in events.rows where ["owed", "paid", "drawn"].contains(row["what"]) {
            cards.insert(row["what"] == "owed" ? row["account"] : row["envelope"])
        }
        ids["outside"] = try await ann.makeAccount("Outside", kind: "loan")
        let names = Set(events.rows.map { $0["account"] }).union(cards).subtracting([""])
        for name in names.sorted() {
            let opening = events.rows.first {
                ["cash", "owed"].contains($0["what"]) && $0["account"] == name
            }
            var more = ""
            if let opening {
                let amount = opening["amount"]
                let isDebt = opening["what"] == "owed"
                let sign = isDebt && !amount.hasPrefix("-") ? "-" : ""
                let text = isDebt && amount.hasPrefix("-") ? String(amount.dropFirst()) : amount
                more = #", "opening_balance": "\#(sign)\#(text)", "opening_date": "2025-12-01""#
            }
            let kind = cards.contains(name) ? "credit_card" : "checking"
            ids[name] = try await ann.makeAccount(name, kind: kind, more)
        }
    }

    private func assign(_ row: WorkedTable.Row) async throws {
        let id = try #require(ids[row["envelope"]])
        let answer = try await ann.send(
            .put,
            "budgets/\(row["month"])/\(id)",
            #"{"amount": "\#(row["amount"])"}"#
        )
        #expect(answer.status == 200, "\(answer.body)")
    }

    private func book(_ row: WorkedTable.Row) async throws {
        let account = try #require(ids[row["account"]])
        let envelope = ids[row["envelope"]]
        let date = "\(row["month"])-10"
        switch row["what"] {
        case "income":
            try await ann.spend(
                row["amount"],
                from: account,
                on: ids["wages"],
                type: "income",
                date: date
            )
        case "received", "refunded":
            try await ann.spend(
                row["amount"],
                from: account,
                on: envelope,
                type: "income",
                date: date
            )
        case "spent": try await ann.spend(row["amount"], from: account, on: envelope, date: date)
        case "sent outside": try await transfer(row["amount"], account, ids["outside"], date)
        case "paid": try await transfer(row["amount"], account, envelope, date)
        case "drawn": try await transfer(row["amount"], envelope, account, date)
        default: Issue.record("line \(row.line): \(row["what"]) is not known")
        }
    }

    private func transfer(
        _ amount: String,
        _ source: String?,
        _ target: String?,
        _ date: String
    ) async throws {
        let answer = try await ann.post(
            "transactions",
            """
            {"type": "transfer", "account_id": "\(source ?? "")", "to_account_id": "\(target ?? "")",
             "amount": "\(amount)", "date": "\(date)"}
            """
        )
        #expect(answer.status == 201, "\(answer.body)")
    }

    /// The figures of a row of the page, as the API has them, by the page's words.
    func values(of row: WorkedTable.Row) async throws -> [String: String] {
        let answer = try await ann.get("budgets/\(row["month"])")
        #expect(answer.status == 200, "\(answer.body)")
        let lists = [
            ("envelope", "lines", "category_id", "envelope"),
            ("limit of", "lines", "category_id", "limit"),
            ("total of", "lines", "category_id", "total_limit"),
            ("card", "cards", "account_id", ""),
        ]
        for (column, list, key, part) in lists {
            guard let name = row.cells[column] else { continue }
            let all = answer.texts("data.\(list)", key)
            let index = try #require(all.firstIndex(of: ids[name] ?? "-"), "\(name) is shown")
            let path = "data.\(list).\(index)" + (part.isEmpty ? "" : ".\(part)")
            var values = Self.values(answer.value(path))
            values[column] = name
            return values
        }
        if let part = row.cells["part"] {
            var values = Self.values(answer.value("data.flex.\(part.replacing("-", with: "_"))"))
            values["part"] = part
            return values
        }
        return Self.values(answer.value("data.totals"))
    }

    private static func values(_ value: JSONValue?) -> [String: String] {
        guard case .object(let members) = value else { return [:] }
        let words = [
            "refunded_to_debt": "to debt", "overspent_on_credit": "on credit",
            "ready_before": "ready before", "held_before": "held before",
            "given_back": "given back",
        ]
        var values: [String: String] = [:]
        for member in members {
            let word = words[member.name] ?? member.name
            switch member.value {
            case .string(let text): values[word] = word == "progress" ? "\(text) %" : text
            case .null: values[word] = "–"
            default: break
            }
        }
        return values
    }
}
