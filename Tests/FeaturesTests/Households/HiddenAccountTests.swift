@testable import Features
import HTTPTypes
import Ledger
import Storage
import Testing

/// An account that Bob does not see.
@Suite struct HiddenAccountTests {
    private static let missing = "01a1fdf1-682d-7001-9709-01a2a002ee10"

    /// Ann's account for presents, which Bob does not see, and what lies on it.
    private struct Presents {
        let own: AccountID
        let joint: AccountID
        let purchase: TransactionID
        let transfer: TransactionID
        let category: AccountID
    }

    private func hidePresents(_ shared: SharedHome) async throws -> Presents {
        let joint = try await shared.makeAccount("Joint")
        let own = try await shared.makeAccount("Presents")
        let category = try await shared.makeCategory("Surprises")
        let purchase = try await shared.spend(
            "40",
            from: own,
            on: category,
            [("payee", "Jeweller"), ("note", "the ring"), ("tags", ["secret"])]
        )
        let transfer = try await shared.spend(
            "100",
            from: joint,
            to: own,
            [("payee", "Myself"), ("note", "for the ring"), ("tags", ["hoard"])]
        )
        try await shared.hide(own)
        return Presents(
            own: own,
            joint: joint,
            purchase: purchase,
            transfer: transfer,
            category: category
        )
    }

    @Test(arguments: Engine.present)
    func `nothing of a hidden account is told`(engine: Engine) async throws {
        try await SharedHome.with(engine) { shared in
            let presents = try await hidePresents(shared)

            for path in [
                "accounts", "accounts?include_deleted=true", "categories", "transactions", "tags",
                "transactions?include_deleted=true&sort=payee", "payees", "payees?q=jewel",
                "transactions?q=ring", "transactions?tag=secret", "transactions/export.csv",
                "transactions/\(presents.transfer)", "transfers/suggestions", "imports",
                "transactions?account_id=\(presents.own)", "analytics/net-worth",
                "transactions?account_id=\(presents.joint)", "analytics/dashboard?date=2026-03-10",
                "transactions?category_id=\(presents.category)", "transactions?min_amount=39",
            ] {
                let answer = try await shared.bob.get(path)
                #expect(answer.status == 200, "\(path)")
                for word in [
                    "Presents", "ring", "Jeweller", "secret", "hoard", "Myself", "40.00",
                    presents.own.description, presents.purchase.description,
                ] where !(word == "Presents" && path.hasPrefix("categories")) {
                    #expect(!answer.text.contains(word), "\(path) tells \(word)")
                }
            }
        }
    }

    @Test(arguments: Engine.present)
    func `what is hidden is gone at once, and so is what was hidden`(engine: Engine) async throws {
        try await SharedHome.with(engine) { shared in
            let account = try await shared.makeAccount("Presents")
            #expect(try await shared.bob.get("accounts").data.elements.count == 1)

            // No time passes: what was known of Bob's session is not old enough to be read again.
            let path = "accounts/\(account)/visibility"
            let except: JSONValue = [
                "visibility": "except", "members": [.string(shared.bobID.description)],
            ]
            #expect(try await shared.ann.call(.put, path, except).status == 200)
            #expect(try await shared.bob.get("accounts").data.elements.isEmpty)

            let entry = try await shared.ann.get("audit-logs?limit=1").data[0]
            let id = entry["id"]?.text ?? "-"
            #expect(try await shared.ann.call(.post, "audit-logs/\(id)/undo").status == 200)
            #expect(try await shared.bob.get("accounts").data.elements.count == 1)
        }
    }

    @Test(arguments: Engine.present)
    func `an account is hidden from its first moment`(engine: Engine) async throws {
        try await SharedHome.with(engine) { shared in
            func open(hiddenFrom members: JSONValue) async throws -> Answer {
                let account: JSONValue = [
                    "name": "Presents", "kind": "savings", "currency": "EUR",
                    "opening_balance": "40.00", "visibility": "except", "members": members,
                ]
                return try await shared.ann.call(.post, "accounts", account)
            }
            let nobody = try await open(hiddenFrom: [])
            let stranger = try await open(hiddenFrom: [.string(Self.missing)])
            // No time passes: what was known of Bob's session is not old enough to be read again.
            #expect(try await shared.bob.get("accounts").data.elements.isEmpty)
            let made = try await open(hiddenFrom: [.string(shared.bobID.description)])

            #expect(nobody.status == 422 && nobody.text.contains("members"), "\(nobody)")
            #expect(stranger.status == 422 && stranger.text.contains("members"), "\(stranger)")
            #expect(made.status == 201, "\(made)")
            #expect(try await shared.ann.get("accounts").data.elements.count == 1)
            #expect(try await shared.bob.get("accounts").data.elements.isEmpty)
            #expect(try await shared.bob.get("transactions").data.elements.isEmpty)
            let trail = try await shared.bob.get("audit-logs")
            #expect(!trail.text.contains("Presents"), "\(trail)")
        }
    }

    @Test(arguments: Engine.present)
    func `a transfer to a hidden account is masked`(engine: Engine) async throws {
        try await SharedHome.with(engine) { shared in
            let presents = try await hidePresents(shared)

            let list = try await shared.bob.get("transactions")
            let view = list.data[0]
            #expect(list.data.elements.count == 1)
            #expect(list.body?["pagination"]?["total"] == .number("1"))
            #expect(view["type"]?.text == "transfer")
            #expect(view["signed_amount"]?.text == "-100.00")
            for name in [
                "to_account_id", "to_account_name", "to_amount", "to_currency", "category_id",
                "payee",
                "note", "bank_text", "linked_transaction_id", "import_id",
            ] {
                #expect(view[name] == .null, "\(name)")
            }
            let account = try await shared.bob.get("accounts/\(presents.joint)")
            #expect(account.data["balance"]?.text == "-100.00")
            let detail = try await shared.bob.get("transactions/\(presents.transfer)")
            #expect(detail.data["postings"]?.elements.count == 1)
        }
    }

    @Test(arguments: Engine.present)
    func `what arrives from a hidden account is shown where it arrived`(
        engine: Engine
    ) async throws {
        try await SharedHome.with(engine) { shared in
            let joint = try await shared.makeAccount("Joint")
            let dollars = try await shared.makeAccount("Dollars", currency: "USD")
            let exchange = try await shared.spend(
                "77",
                from: dollars,
                to: joint,
                [("to_amount", "70")]
            )
            try await shared.hide(dollars)

            let view = try await shared.bob.get("transactions/\(exchange)").data
            #expect(view["account_id"]?.text == joint.description)
            #expect(view["signed_amount"]?.text == "70.00")
            #expect(view["currency"]?.text == "EUR")
            #expect(view["to_amount"] == .null)
            let all = try await shared.bob.get("transactions?min_amount=70&max_amount=70")
            #expect(all.data.elements.count == 1)
            // The rate would tell the other side's amount.
            let other = try await shared.makeAccount("Other dollars", currency: "USD")
            _ = try await shared.spend("1", from: other)
            let accounts = try await shared.bob.get("accounts/\(other)")
            #expect(accounts.data["balance_in_household_currency"] == .null)
            let known = try await shared.ann.get("accounts/\(other)")
            #expect(known.data["balance_in_household_currency"] != .null)
        }
    }

    /// Whatever names an account or a transaction: how, where, the hidden id, and the body, with `ID` for the id.
    private static func calls(
        _ presents: Presents
    ) -> [(HTTPRequest.Method, String, String, JSONValue?)] {
        let (account, joint) = (presents.own.description, presents.joint.description)
        let purchase = presents.purchase.description
        let date: (String, JSONValue) = ("date", "2026-03-11")
        func entry(_ members: [(String, JSONValue)]) -> JSONValue {
            .object(([date, ("amount", 1)] + members).map { .init(name: $0.0, value: $0.1) })
        }

        return [
            (.get, "accounts/ID", account, nil),
            (.get, "accounts/ID/balances", account, nil),
            (.get, "accounts/ID/visibility", account, nil),
            (.put, "accounts/ID/visibility", account, ["visibility": "all"]),
            (.patch, "accounts/ID", account, ["name": "x"]),
            (.delete, "accounts/ID", account, nil),
            (.post, "accounts/ID/restore", account, nil),
            (.put, "accounts/order", account, ["ids": ["ID", .string(joint)]]),
            (.get, "transactions/ID", purchase, nil),
            (.patch, "transactions/ID", purchase, ["note": "x"]),
            (.delete, "transactions/ID", purchase, nil),
            (.post, "transactions/ID/restore", purchase, nil),
            (.post, "transactions/bulk", purchase, ["action": "delete", "ids": ["ID"]]),
            (
                .post, "transactions", account,
                entry([("type", "expense"), ("account_id", "ID")])
            ),
            (
                .post, "transactions", account,
                entry([
                    ("type", "transfer"), ("account_id", .string(joint)),
                    ("to_account_id", "ID"),
                ])
            ),
            (
                .post, "transactions", account,
                [
                    "date": "2026-03-11",
                    "postings": [
                        ["account_id": .string(joint), "amount": 1],
                        ["account_id": "ID", "amount": -1],
                    ],
                ]
            ),
            (.post, "transfers/link", purchase, ["out_id": "ID", "in_id": "ID"]),
            (.post, "transfers/unlink", purchase, ["transaction_id": "ID"]),
            (.post, "transfers/reject", purchase, ["out_id": "ID", "in_id": "ID"]),
            (.get, "transactions?account_id=ID", account, nil),
            (.get, "transactions?account_id=ID&q=ring", account, nil),
        ]
    }

    @Test(arguments: Engine.present)
    func `what is hidden answers like what is missing`(engine: Engine) async throws {
        try await SharedHome.with(engine) { shared in
            let presents = try await hidePresents(shared)
            let calls = Self.calls(presents)
            let before = try await shared.ann.get("transactions?include_deleted=true").data
            for (method, path, id, body) in calls {
                func ask(_ id: String) async throws -> Answer {
                    try await shared.bob.call(
                        method,
                        path.replacing("ID", with: id),
                        body?.replacingID(with: id)
                    )
                }
                let hidden = try await ask(id)
                let absent = try await ask(Self.missing)
                #expect(hidden.status == absent.status, "\(method) \(path)")
                #expect(hidden.error == absent.error, "\(method) \(path)")
                #expect(hidden.data == absent.data, "\(method) \(path)")
                #expect(method == .get || hidden.status >= 400, "\(method) \(path): \(hidden)")
            }
            let after = try await shared.ann.get("transactions?include_deleted=true").data
            #expect(after == before)
        }
    }

    @Test(arguments: Engine.present)
    func `a masked transfer is not changed by who sees half of it`(engine: Engine) async throws {
        try await SharedHome.with(engine) { shared in
            let transfer = try await hidePresents(shared).transfer.description

            let answers = [
                try await shared.bob.call(.patch, "transactions/\(transfer)", ["note": "x"]),
                try await shared.bob.call(.patch, "transactions/\(transfer)", ["amount": 1]),
                try await shared.bob.call(.delete, "transactions/\(transfer)"),
                try await shared.bob.call(
                    .post,
                    "transactions/bulk",
                    ["action": "delete", "ids": [.string(transfer)]]
                ),
            ]
            #expect(answers.map(\.code) == Array(repeating: "transaction.private", count: 4))
            let bulk = try await shared.bob.call(
                .post,
                "transactions/bulk",
                ["action": "delete", "filter": [:]]
            )
            #expect(bulk.data["affected"] == .number("0"))
        }
    }

    @Test(arguments: Engine.present)
    func `a hidden account's name is free, its place stays, and its category empties`(
        engine: Engine
    ) async throws {
        try await SharedHome.with(engine) { shared in
            let presents = try await hidePresents(shared)
            let third = try await shared.makeAccount("Third")

            let twin = try await shared.bob.call(
                .post,
                "accounts",
                ["name": "Presents", "kind": "cash", "currency": "EUR"]
            )
            let order = try await shared.bob.call(
                .put,
                "accounts/order",
                [
                    "ids": [
                        twin.data["id"] ?? .null, .string(third.description),
                        .string(presents.joint.description),
                    ]
                ]
            )
            let gone = try await shared.bob.call(.delete, "categories/\(presents.category)")

            #expect(twin.status == 201)
            #expect(order.status == 200, "\(order)")
            #expect(gone.status == 204, "\(gone)")
            let accounts = try await shared.ann.get("accounts").data.elements
            #expect(
                accounts.map { $0["name"]?.text } == ["Presents", "Presents", "Third", "Joint"]
            )
            #expect(accounts[1]["id"]?.text == presents.own.description)
            let purchase = try await shared.ann.get("transactions/\(presents.purchase)").data
            #expect(purchase["category_name"]?.text == "Uncategorised")
            let environment = shared.server.environment
            let report = try await Doctor(environment.database, keys: environment.keys).examine()
            #expect(report.findings.map(\.line) == [])
        }
    }

    @Test(arguments: Engine.present)
    func `who sees an account is said by its owner or who added it`(engine: Engine) async throws {
        try await SharedHome.with(engine) { shared in
            let joint = try await shared.makeAccount("Joint")
            let his = try await shared.makeAccount("His", by: shared.bob)
            let onlyHim: JSONValue = [
                "visibility": "only", "members": [.string(shared.bobID.description)],
            ]

            let notHis = try await shared.bob.call(.put, "accounts/\(joint)/visibility", onlyHim)
            let ownOne = try await shared.bob.call(.put, "accounts/\(his)/visibility", onlyHim)
            shared.settle()
            let hers = try await shared.ann.get("accounts")
            let told = try await shared.bob.get("accounts/\(his)/visibility")
            let lost = try await shared.ann.call(.put, "accounts/\(joint)/visibility", onlyHim)
            let stranger = try await shared.ann.call(
                .put,
                "accounts/\(joint)/visibility",
                ["visibility": "except", "members": [.string(Self.missing)]]
            )
            let empty = try await shared.ann.call(
                .put,
                "accounts/\(joint)/visibility",
                ["visibility": "only", "members": []]
            )

            #expect(notHis.code == "account.not_yours")
            #expect(ownOne.status == 200)
            #expect(!hers.text.contains("His"))
            #expect(told.data == onlyHim)
            #expect(lost.status == 422 && lost.fields == ["members"])
            #expect(stranger.status == 422 && empty.fields == ["members"])
        }
    }
}

extension JSONValue {
    /// With each text `ID` replaced.
    fileprivate func replacingID(with id: String) -> JSONValue {
        switch self {
        case .string("ID"): .string(id)
        case .array(let elements): .array(elements.map { $0.replacingID(with: id) })
        case .object(let members):
            .object(members.map { .init(name: $0.name, value: $0.value.replacingID(with: id)) })
        default: self
        }
    }
}
