import HTTPTypes
import Ledger
import Storage
import Testing

@testable import Features

/// Debts and how they are paid off.
@Suite struct DebtTests {
    private struct Bench: Sendable {
        let server: TestServer
        let ann: Caller
        let card: String
        let loan: String

        func put(
            _ id: String,
            _ rate: String,
            _ minimum: String,
            share: String? = nil
        ) async throws -> Answer {
            try await ann.call(
                .put,
                "debts/\(id)",
                [
                    "yearly_rate": .string(rate), "minimum_amount": .string(minimum),
                    "minimum_kind": share == nil ? "fixed" : "share",
                    "minimum_share": share.map(JSONValue.string) ?? .null,
                ]
            )
        }

        func plan(_ query: String = "") async throws -> JSONValue {
            let answer = try await ann.get("debts/plan\(query)")
            #expect(answer.status == 200, "\(answer)")
            return answer.data
        }
    }

    /// A card that owes 100.00 and a loan that owes 300.00, in March 2026.
    private func with(
        _ engine: Engine,
        _ body: @escaping @Sendable (Bench) async throws -> Void
    ) async throws {
        try await withServer(engine) { server in
            let ann = try await server.nobody.register()
            let card = try await GoalBench.makeAccount(
                "Card",
                "-100.00",
                kind: "credit_card",
                by: ann
            )
            let loan = try await GoalBench.makeAccount("Loan", "-300.00", kind: "loan", by: ann)
            try await body(Bench(server: server, ann: ann, card: card, loan: loan))
        }
    }

    @Test(arguments: Engine.present)
    func `a lender's terms are said, changed, deleted and brought back`(engine: Engine) async throws
    {
        try await with(engine) { bench in
            let ann = bench.ann
            let bare = try await ann.get("debts").data.elements
            let put = try await bench.put(bench.loan, "4.99", "50.00")
            let stale = try await ann.with(.ifMatch, "\"7\"")
                .call(.delete, "debts/\(bench.loan)")
            let share = try await bench.put(bench.card, "19.9", "10.00", share: "2.5")
            let list = try await ann.get("debts").data.elements
            let deleted = try await ann.call(.delete, "debts/\(bench.loan)")
            let again = try await ann.call(.delete, "debts/\(bench.loan)")
            let without = try await ann.get("debts/\(bench.loan)")
            let restored = try await ann.call(.post, "debts/\(bench.loan)/restore")

            #expect(bare.map { $0["terms"] } == [.null, .null])
            #expect(bare.map { $0[text: "owed"] } == ["100.00", "300.00"])
            #expect(put.status == 200 && put.headers[.eTag] == "\"1\"")
            let terms = put.data["terms"]
            #expect(terms?["yearly_rate"] == "4.99" && terms?["monthly_interest"] == "1.25")
            #expect(terms?["minimum_payment"] == "50.00" && terms?["is_covered"] == true)
            #expect(stale.status == 412)
            #expect(share.data["terms"]?["minimum_share"] == "2.50")
            #expect(share.data["terms"]?["minimum_payment"] == "10.00")
            #expect(list.map { $0[text: "account_id"] } == [bench.loan, bench.card])
            #expect(deleted.status == 204 && again.status == 404)
            #expect(without.data["terms"] == .null)
            #expect(restored.data["terms"]?["yearly_rate"] == "4.99")
        }
    }

    @Test(arguments: Engine.present)
    func `what is wrong is named by its field`(engine: Engine) async throws {
        try await with(engine) { bench in
            let ann = bench.ann
            let asset = try await GoalBench.makeAccount("Giro", "1.00", by: ann)
            let wrong: [(String, String, String?, [String])] = [
                ("1000.0001", "1.00", nil, ["yearly_rate"]), ("-1", "1.00", nil, ["yearly_rate"]),
                ("4.99999", "1.00", nil, ["yearly_rate"]), ("1", "0", nil, ["minimum_amount"]),
                ("1", "1.001", nil, ["minimum_amount"]), ("1", "0", "0", ["minimum_share"]),
                ("1", "0", "100.0001", ["minimum_share"]),
            ]

            for (rate, minimum, share, fields) in wrong {
                let answer = try await bench.put(bench.card, rate, minimum, share: share)
                #expect(answer.fields == fields, "\(answer)")
            }
            #expect(try await bench.put(asset, "1", "1").status == 404)
            #expect(try await bench.put(bench.card, "1000", "0", share: "100").status == 200)
            for query in ["?extra=-1", "?order=x", "?order=\(bench.loan)", "?strategy=fast"] {
                #expect(try await ann.get("debts/plan\(query)").status == 422, "\(query)")
            }
            for order in [[bench.loan], [bench.card, bench.card]] {
                let answer = try await ann.call(
                    .patch,
                    "debts/settings",
                    ["order": .array(order.map { .string($0) })]
                )
                #expect(answer.fields == ["order"])
            }
        }
    }

    /// Worked by hand: 100.00 at 12 %, 1 % a month, 40.00 a month, as in the tests of the plan itself.
    @Test(arguments: Engine.present)
    func `a plan goes month by month from the next one`(engine: Engine) async throws {
        try await with(engine) { bench in
            _ = try await bench.put(bench.card, "12", "40.00")
            let plan = try await bench.plan()

            let rows = plan["debts"]?[0]["rows"]?.elements ?? []
            #expect(rows.map { $0[text: "month"] } == ["2026-04", "2026-05", "2026-06"])
            #expect(rows.map { $0[text: "interest"] } == ["1.00", "0.61", "0.22"])
            #expect(rows.map { $0[text: "payment"] } == ["40.00", "40.00", "21.83"])
            #expect(rows.map { $0[text: "balance"] } == ["61.00", "21.61", "0.00"])
            #expect(plan["plan"]?["end"] == "free" && plan["plan"]?["month"] == "2026-06")
            #expect(plan["plan"]?["interest"] == "1.83")
            #expect(plan[text: "interest_saved"] == "0.00")
            #expect(plan["months_saved"] == .number("0"))
            #expect(plan["without_terms"] == [.string(bench.loan)])
            #expect(plan[text: "monthly_payment"] == "40.00")
        }
    }

    @Test(arguments: Engine.present)
    func `another way is looked at and not kept, or kept`(engine: Engine) async throws {
        try await with(engine) { bench in
            _ = try await bench.put(bench.card, "5", "10.00")
            _ = try await bench.put(bench.loan, "20", "10.00")
            let first: (JSONValue) -> [String?] = { plan in
                (plan["debts"]?.elements ?? []).map { $0[text: "free_month"] }
            }
            let usual = try await bench.plan()
            let more = try await bench.plan("?extra=80")
            let small = try await bench.plan("?extra=80&strategy=snowball")
            let own = try await bench.plan("?extra=80&strategy=own&order=\(bench.card)")
            let stored = try await bench.ann.get("debts/settings").data
            let patch = try await bench.ann.call(
                .patch,
                "debts/settings",
                [
                    "strategy": "own", "extra_amount": "80.00",
                    "order": [.string(bench.loan)],
                ]
            )
            let kept = try await bench.plan()

            #expect(first(more) != first(small))
            #expect(first(small) == first(own))
            #expect(usual[text: "monthly_payment"] == "20.00")
            #expect(more[text: "monthly_payment"] == "100.00")
            #expect((more[text: "interest_saved"] ?? "0") != "0.00")
            #expect(more["minimums_only"] == usual["minimums_only"])
            #expect(stored[text: "strategy"] == "avalanche" && stored["version"] == .number("0"))
            #expect(patch.data["order"] == [.string(bench.loan), .string(bench.card)])
            #expect(kept[text: "strategy"] == "own" && kept[text: "extra_amount"] == "80.00")
            #expect(kept["debts"]?[0][text: "account_id"] == bench.loan)
        }
    }

    @Test(arguments: Engine.present)
    func `a debt that never ends says so`(engine: Engine) async throws {
        try await with(engine) { bench in
            _ = try await bench.put(bench.card, "24", "2.00")
            let never = try await bench.plan()
            let ends = try await bench.plan("?extra=10")

            #expect(never["plan"]?["end"] == "never")
            #expect(never["plan"]?["stuck"] == [.string(bench.card)])
            #expect(never["plan"]?["month"] == .null)
            #expect(never["interest_saved"] == .null && never["months_saved"] == .null)
            #expect(never["debts"]?[0]["is_covered"] == false)
            #expect(never["debts"]?[0]["free_month"] == .null)
            #expect(never["months"]?.elements.count ?? 0 <= DebtForecast.endlessRows)
            #expect(ends["plan"]?["end"] == "free")
            #expect(ends["minimums_only"]?["end"] == "never")
        }
    }

    @Test(arguments: Engine.present)
    func `nothing owed is nothing to pay, and a missing rate is told`(engine: Engine) async throws {
        try await with(engine) { bench in
            let dollars = try await GoalBench.makeAccount(
                "Dollars",
                "-10.00",
                kind: "loan",
                currency: "USD",
                by: bench.ann
            )
            _ = try await bench.put(dollars, "1", "1.00")
            let plan = try await bench.plan()

            #expect(plan["missing_rates"] == ["USD"] && plan["debts"] == [])
            #expect(plan["plan"]?["end"] == "nothing_owed" && plan["months"] == [])
            #expect(plan[text: "owed"] == "0.00")
        }
    }

    /// Nine debts of the largest amount there is.
    private func makeLarge(_ bench: Bench, _ rate: String, share: String?) async throws {
        for number in 1...9 {
            let id = try await GoalBench.makeAccount(
                "Loan \(number)",
                "-99999999999999.99",
                kind: "loan",
                by: bench.ann
            )
            let put = try await bench.put(id, rate, "99999999999999.99", share: share)
            #expect(put.status == 200, "\(put)")
        }
    }

    @Test(arguments: Engine.present)
    func `more than can be counted is refused as what is asked, or what is kept`(
        engine: Engine
    ) async throws {
        try await with(engine) { bench in
            try await makeLarge(bench, "0", share: nil)
            let plain = try await bench.ann.get("debts/plan")
            let asked = try await bench.ann.get("debts/plan?extra=99999999999999.99")
            let body: JSONValue = ["extra_amount": "99999999999999.99"]
            _ = try await bench.ann.call(.patch, "debts/settings", body)
            let kept = try await bench.ann.get("debts/plan")
            let less = try await bench.ann.get("debts/plan?extra=0")

            #expect(plain.status == 200 && less.status == 200)
            #expect(asked.status == 422 && asked.fields == ["extra"], "\(asked)")
            #expect(kept.status == 409 && kept.code == "debt.too_large", "\(kept)")
        }
    }

    @Test(arguments: Engine.present)
    func `debts that cannot be counted are to blame, whatever is asked`(
        engine: Engine
    ) async throws {
        try await with(engine) { bench in
            try await makeLarge(bench, "50", share: "100")
            for query in ["", "?extra=1"] {
                let answer = try await bench.ann.get("debts/plan\(query)")
                #expect(answer.status == 409 && answer.code == "debt.too_large", "\(answer)")
            }
            #expect(try await bench.ann.get("debts").status == 200)
        }
    }
}
