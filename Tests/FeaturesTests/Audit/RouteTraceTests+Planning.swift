import HTTPTypes
import Ledger
import Testing

@testable import Features

extension RouteTraceTests {
    func budgets(_ walk: Walk) async throws {
        let month = "2026-03"
        let snacks = try await walk.shared.makeCategory("Snacks").description
        let treats = try await walk.shared.makeCategory("Treats")
        let purse = try await walk.shared.makeAccount("Purse")
        let (from, to): (JSONValue, JSONValue) = (.string(snacks), .string(treats.description))
        try await walk.step("POST budgets", ["category_id": from])
        _ = try await walk.shared.ann.call(.post, "budgets", ["category_id": to])
        try await walk.step("PATCH budgets/categories/{id}", of: snacks, ["rollover": "none"])
        try await walk.step("PATCH budgets/settings", ["view": "flex"])

        try await walk.step(
            "PUT budgets/{month}/{category}",
            of: month,
            and: snacks,
            ["amount": "50"]
        )
        try await walk.step(
            "POST budgets/{month}/move",
            of: month,
            ["from_id": from, "to_id": to, "amount": "5"]
        )
        _ = try await walk.shared.spend("6.00", from: purse, on: treats)
        _ = try await walk.shared.spend("500", from: purse, [("type", "income")])
        try await walk.step(
            "POST budgets/{month}/cover",
            of: month,
            ["category_id": to, "from_id": from]
        )
        try await walk.step("POST budgets/{month}/hold", of: month, ["amount": "1"])
        try await walk.step("POST budgets/{month}/flexible", of: month, ["amount": "100"])
        try await walk.step(
            "POST budgets/{month}/fill",
            of: "2026-04",
            ["rule": ["rule": "fixed", "amount": "3"]]
        )
        try await walk.step("POST budgets/{month}/lock", of: month)
        try await walk.step("POST budgets/{month}/unlock", of: month)
        try await walk.step("DELETE budgets/categories/{id}", of: snacks)
        try await walk.step("POST budgets/categories/{id}/restore", of: snacks)
    }

    func tasks(_ walk: Walk) async throws {
        let task = try await walk.step("POST tasks", ["title": "Call the bank"])["id"]
        try await walk.step("PATCH tasks/{id}", of: task?.text, ["priority": "high"])
        try await walk.step("DELETE tasks/{id}", of: task?.text)
        try await walk.step("POST tasks/{id}/restore", of: task?.text)
        let bulk: JSONValue = [
            "action": "patch", "ids": [task ?? .null], "patch": ["status": "done"],
        ]
        try await walk.step("POST tasks/bulk", bulk)
    }

    func bills(_ walk: Walk) async throws {
        let today = walk.shared.server.environment.clock.today(in: "UTC").description
        let bank = try await walk.shared.makeAccount("Giro")
        let rent: JSONValue = [
            "name": "Rent", "direction": "expense", "account_id": .string(bank.description),
            "amount": "950", "start_on": .string(today), "repeat": "FREQ=MONTHLY",
        ]
        let id = try await walk.step("POST bills", rent)["id"]?.text
        let paid = try await walk.shared.spend(
            "40",
            from: bank,
            [("date", .string(today))]
        )
        let payment: JSONValue = ["transaction_id": .string(paid.description)]
        try await walk.step("PATCH bills/{id}", of: id, ["note": "Flat"])
        try await walk.step("POST bills/{id}/pause", of: id)
        try await walk.step("POST bills/{id}/resume", of: id)
        let one = "bills/{id}/occurrences/{date}"
        try await walk.step("PATCH \(one)", of: id, and: today, ["amount": "970"])
        try await walk.step("POST \(one)/skip", of: id, and: today)
        try await walk.step("POST \(one)/unskip", of: id, and: today)
        try await walk.step("POST \(one)/match", of: id, and: today, payment)
        try await walk.step("POST \(one)/unmatch", of: id, and: today, payment)
        try await walk.step("POST \(one)/post", of: id, and: today)
        try await walk.step("DELETE bills/{id}", of: id)
        try await walk.step("POST bills/{id}/restore", of: id)
    }

    func goals(_ walk: Walk) async throws {
        let savings = try await walk.shared.makeAccount("Savings").description
        let roof: JSONValue = ["name": "Roof", "kind": "purchase", "target_amount": "900"]
        let id = try await walk.step("POST goals", roof)["id"]
        try await walk.step("PATCH goals/{id}", of: id?.text, ["note": "Slate"])
        let other: JSONValue = ["name": "Trip", "kind": "saving"]
        let trip = try await walk.shared.ann.call(.post, "goals", other).data["id"]
        try await walk.step("PUT goals/order", ["ids": [trip ?? .null, id ?? .null]])
        let earmark: JSONValue = [
            "account_id": .string(savings), "amount": "50", "allow_overcommitted": true,
        ]
        let made = try await walk.step("POST goals/{id}/contributions", of: id?.text, earmark)
        try await walk.step(
            "DELETE goals/{id}/contributions/{contribution_id}",
            of: id?.text,
            and: made["id"]?.text
        )
        try await walk.step("POST goals/{id}/pause", of: id?.text)
        try await walk.step("POST goals/{id}/resume", of: id?.text)
        try await walk.step("POST goals/{id}/finish", of: id?.text, ["earmarks": "keep"])
        try await walk.step("DELETE goals/{id}", of: id?.text)
        try await walk.step("POST goals/{id}/restore", of: id?.text)
    }

    func debts(_ walk: Walk) async throws {
        let card: JSONValue = ["name": "Card", "kind": "credit_card", "currency": "EUR"]
        let account = try await walk.shared.ann.call(.post, "accounts", card).data["id"]?.text
        let terms: JSONValue = [
            "yearly_rate": "4.99", "minimum_kind": "fixed", "minimum_amount": "250",
        ]
        try await walk.step("PUT debts/{id}", of: account, terms)
        try await walk.step("PATCH debts/settings", ["strategy": "snowball"])
        try await walk.step("DELETE debts/{id}", of: account)
        try await walk.step("POST debts/{id}/restore", of: account)
    }
}
