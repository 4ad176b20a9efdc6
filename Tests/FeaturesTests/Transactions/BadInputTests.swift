import HTTPTypes
import Ledger
import Storage
import TestSupport
import Testing

@testable import Features

/// Whatever is sent, the answer is a 4xx that names what is wrong, and nothing is written.
struct BadInputTests {
    /// Amounts that no person means (security bar X59).
    private static let badAmounts: [(json: String, code: String)] = [
        ("1e400", "not_a_decimal"), ("\"1e400\"", "not_a_decimal"), ("\"NaN\"", "not_a_decimal"),
        ("\"Infinity\"", "not_a_decimal"), ("-0", "not_positive"), ("\"-0.00\"", "not_positive"),
        ("0", "not_positive"), ("-1", "not_positive"),
        ("123456789012345678901234567890", "out_of_range"),
        ("922337203685477.5808", "out_of_range"), ("\"1.00001\"", "too_precise"),
        ("1.234567", "too_precise"), ("\"1,00\"", "not_a_decimal"), ("\"1 000\"", "not_a_decimal"),
        ("\"١٢\"", "not_a_decimal"), ("\"+1\"", "not_a_decimal"), ("\" 1\"", "not_a_decimal"),
        ("\"1.\"", "not_a_decimal"), ("\".5\"", "not_a_decimal"), ("\"0x10\"", "not_a_decimal"),
        ("\"\"", "not_a_decimal"), ("true", "wrong_type"), ("[]", "wrong_type"),
        ("{}", "wrong_type"),
        ("1E2", "not_a_decimal"), ("\"1.005\"", "too_precise"),
    ]

    private static let badDates: [(json: String, code: String)] = [
        ("\"2026-02-30\"", "not_a_date"), ("\"2025-02-29\"", "not_a_date"),
        ("\"2026-13-01\"", "not_a_date"), ("\"2026-00-10\"", "not_a_date"),
        ("\"2026-1-1\"", "not_a_date"), ("\"26-01-01\"", "not_a_date"), ("\"\"", "not_a_date"),
        ("\"2026-01-01T00:00:00Z\"", "not_a_date"), ("\"1899-12-31\"", "not_a_date"),
        ("\"2200-01-01\"", "not_a_date"), ("\"٢٠٢٦-٠١-٠١\"", "not_a_date"),
        ("20260101", "wrong_type"),
        ("null", "wrong_type"),
    ]

    private static let long = String(repeating: "x", count: 5_000)

    private static let badTexts: [(json: String, code: String)] = [
        ("1", "wrong_type"), ("true", "wrong_type"), ("{}", "wrong_type"),
        ("[\"a\"]", "wrong_type"),
        ("\"\(long)\"", "too_long"), (#""a\u0007b""#, "control_character"),
        (#""a\u001bb""#, "control_character"), (#""a\u007fb""#, "control_character"),
    ]

    private static let badIDs: [(json: String, code: String)] = [
        ("\"\"", "not_an_id"), ("\"1\"", "not_an_id"), ("\"../../etc\"", "not_an_id"),
        ("1", "wrong_type"), ("\"019A0000-0000-7000-8000-00000000000G\"", "not_an_id"),
        ("\"' OR 1=1 --\"", "not_an_id"),
    ]

    /// Every field with every bad value, one at a time.
    private static func cases(
        _ base: [String: String],
        amounts: [String] = [],
        dates: [String] = [],
        texts: [String] = [],
        ids: [String] = []
    ) -> [(body: String, fault: String)] {
        var cases: [(String, String)] = []
        for (names, values) in [
            (amounts, badAmounts), (dates, badDates), (texts, badTexts), (ids, badIDs),
        ] {
            for name in names {
                for value in values {
                    var fields = base
                    fields[name] = value.json
                    let members = fields.sorted { $0.key < $1.key }.map {
                        "\"\($0.key)\": \($0.value)"
                    }
                    cases.append(("{\(members.joined(separator: ", "))}", "\(name) \(value.code)"))
                }
            }
        }
        return cases
    }

    private static func expectRefusals(
        _ cases: [(body: String, fault: String)],
        _ method: HTTPRequest.Method,
        _ path: String,
        _ ann: APIPerson,
        except: (String) -> Bool = { _ in false }
    ) async throws {
        let before = try await ann.footprint()
        for (body, fault) in cases where !except(fault) {
            let answer = try await ann.send(method, path, body)
            #expect(answer.status == 422, "\(body.prefix(200)): \(answer.body)")
            #expect(answer.faults.contains(fault), "\(body.prefix(200)): \(answer.faults)")
        }
        let after = try await ann.footprint()
        #expect(after == before)
    }

    @Test(arguments: TestEngine.present)
    func `every field of a new transaction refuses what it cannot hold`(
        engine: TestEngine
    ) async throws {
        try await LedgerAPI.with(engine) { api in
            let ann = try await api.signUp()
            let account = try await ann.makeAccount("A")
            let base = [
                "type": "\"expense\"", "account_id": "\"\(account)\"", "amount": "\"1.00\"",
                "date": "\"2026-11-21\"",
            ]

            try await Self.expectRefusals(
                Self.cases(
                    base,
                    amounts: ["amount"],
                    dates: ["date"],
                    texts: ["payee", "note"],
                    ids: ["account_id", "category_id"]
                ),
                .post,
                "transactions",
                ann
            )
        }
    }

    @Test(arguments: TestEngine.present)
    func `every field of a change refuses what it cannot hold`(engine: TestEngine) async throws {
        try await LedgerAPI.with(engine) { api in
            let ann = try await api.signUp()
            let account = try await ann.makeAccount("A")
            let id = try await ann.spend("5", from: account)

            try await Self.expectRefusals(
                Self.cases(
                    [:],
                    amounts: ["amount"],
                    dates: ["date"],
                    texts: ["payee", "note"],
                    ids: ["account_id", "category_id"]
                ),
                .patch,
                "transactions/\(id)",
                ann
            )
        }
    }

    @Test(arguments: TestEngine.present)
    func `every field of an account refuses what it cannot hold`(engine: TestEngine) async throws {
        try await LedgerAPI.with(engine) { api in
            let ann = try await api.signUp()
            let base = ["name": "\"B\"", "kind": "\"cash\"", "currency": "\"EUR\""]

            try await Self.expectRefusals(
                Self.cases(
                    base,
                    amounts: ["opening_balance", "minimum_balance"],
                    dates: ["opening_date"],
                    texts: ["name"]
                ),
                .post,
                "accounts",
                ann
            ) { fault in
                // A balance may be zero or negative, and a date may be null.
                fault.contains("not_positive") || fault == "opening_date wrong_type"
            }
        }
    }

    @Test(arguments: TestEngine.present)
    func `every field of a category refuses what it cannot hold`(engine: TestEngine) async throws {
        try await LedgerAPI.with(engine) { api in
            let ann = try await api.signUp()

            try await Self.expectRefusals(
                Self.cases(
                    ["name": "\"B\"", "kind": "\"expense\""],
                    texts: ["name"],
                    ids: ["parent_id"]
                ),
                .post,
                "categories",
                ann
            )
        }
    }

    /// Each currency has its own number of decimals; a person may not enter more.
    @Test(
        arguments: TestEngine.present,
        [
            ("JPY", "1.5", "1"), ("JPY", "1.0001", "1.0000"), ("EUR", "1.005", "1.05"),
            ("EUR", "0.0001", "0.0100"), ("KWD", "1.0005", "1.005"), ("CLF", "1.00005", "1.0005"),
        ]
    )
    func `no more decimals than the currency has`(
        engine: TestEngine,
        numbers: (currency: String, bad: String, good: String)
    ) async throws {
        try await LedgerAPI.with(engine) { api in
            let ann = try await api.signUp()
            let account = try await ann.makeAccount("A", currency: numbers.currency)
            let send = { (amount: String) in
                try await ann.post(
                    "transactions",
                    """
                    {"type": "expense", "account_id": "\(account)", "amount": "\(amount)",
                     "date": "2026-11-21"}
                    """
                )
            }

            let bad = try await send(numbers.bad)
            let good = try await send(numbers.good)

            #expect(bad.faults == ["amount too_precise"])
            #expect(good.status == 201, "\(good.body)")
        }
    }

    @Test(arguments: TestEngine.present)
    func `all that is wrong is said at once`(engine: TestEngine) async throws {
        try await LedgerAPI.with(engine) { api in
            let ann = try await api.signUp()
            let account = try await ann.makeAccount("A")

            let answer = try await ann.post(
                "transactions",
                """
                {"type": "gift", "account_id": "x", "amount": "1e400", "date": "2026-02-30",
                 "payee": 5, "tags": ["ok", "", 7], "state": "done", "household_id": "1", "role": "owner",
                 "splits": [{"amount": "1"}, {"amount": "NaN", "colour": 1}]}
                """
            )
            let transfer = try await ann.post(
                "transactions",
                #"{"type": "expense", "to_account_id": "\#(account)", "to_amount": "1", "date": "2026-11-21"}"#
            )

            #expect(answer.status == 422)
            let expected: Set<String> = [
                "type not_a_choice", "account_id not_an_id", "amount not_a_decimal",
                "date not_a_date",
                "payee wrong_type", "tags[1] too_short", "tags[2] wrong_type", "state not_a_choice",
                "household_id unknown", "role unknown", "splits[1].amount not_a_decimal",
                "splits[1].colour unknown",
            ]
            #expect(answer.faults == expected)
            #expect(
                transfer.faults == [
                    "account_id required", "amount required", "to_account_id only_transfer",
                    "to_amount only_transfer",
                ]
            )
        }
    }

    /// What no field of ours can be set to (security bar X52).
    @Test(
        arguments: TestEngine.present,
        [
            "id", "balance", "created_at", "household_id", "user_id", "version", "class",
            "position",
        ]
    )
    func `fields that people may not set are unknown`(engine: TestEngine, name: String) async throws
    {
        try await LedgerAPI.with(engine) { api in
            let ann = try await api.signUp()
            let account = try await ann.makeAccount("A")

            let created = try await ann.post(
                "accounts",
                #"{"name": "B", "kind": "cash", "currency": "EUR", "\#(name)": "1"}"#
            )
            let changed = try await ann.patch("accounts/\(account)", #"{"\#(name)": "1"}"#)

            #expect(created.faults == ["\(name) unknown"])
            #expect(changed.faults == ["\(name) unknown"])
        }
    }

    private static let badBodies: [(body: String, status: Int, code: String)] = [
        ("", 422, "validation.failed"), ("{", 400, "request.not_json"),
        ("[]", 400, "request.not_an_object"),
        ("null", 400, "request.not_an_object"), ("\"x\"", 400, "request.not_an_object"),
        ("{}{}", 400, "request.not_json"), ("{\"a\": 01}", 400, "request.not_json"),
        ("{\"a\": NaN}", 400, "request.not_json"), ("{\"a\": 'x'}", 400, "request.not_json"),
        (#"{"date": "2026-11-21", "date": "2026-11-22"}"#, 400, "request.duplicate_field"),
        (#"{"payee": "a\u0000b"}"#, 400, "request.nul"),
        (#"{"payee": "\ud800"}"#, 400, "request.not_json"),
        (String(repeating: "[", count: 10_000), 400, "request.too_deep"),
        (String(repeating: #"{"a":"#, count: 10_000), 400, "request.too_deep"),
        (
            "{\"a\": [" + String(repeating: "1,", count: 200_000) + "1]}", 400,
            "request.too_many_values"
        ),
        (
            "{\"payee\": \"" + String(repeating: "x", count: 1 << 20) + "\"}", 413,
            "request.too_large"
        ),
    ]

    @Test(arguments: TestEngine.present)
    func `a body that is not what it should be is refused`(engine: TestEngine) async throws {
        try await LedgerAPI.with(engine) { api in
            let ann = try await api.signUp()
            let before = try await ann.footprint()

            for bad in Self.badBodies {
                for path in ["transactions", "accounts", "categories", "transactions/bulk"] {
                    let answer = try await ann.post(path, bad.body)
                    #expect(
                        answer.status == bad.status,
                        "\(bad.body.prefix(60)): \(answer.body.prefix(200))"
                    )
                    #expect(answer.code == bad.code, "\(bad.body.prefix(60))")
                }
            }
            let plain = try await ann.post("accounts", "{}", headers: [.contentType: "text/plain"])
            #expect(plain.status == 415)

            let after = try await ann.footprint()
            #expect(after == before)
        }
    }

    @Test(arguments: TestEngine.present)
    func `a query that is not what it should be is refused`(engine: TestEngine) async throws {
        try await LedgerAPI.with(engine) { api in
            let ann = try await api.signUp()

            for (query, status) in [
                ("limit=0", 422), ("limit=501", 422), ("limit=1e2", 422), ("limit=-1", 422),
                ("limit=99999999999999999999", 422), ("page=0", 422), ("page=1&cursor=x", 422),
                ("cursor=x", 400), ("cursor=%2F%2F", 400), ("sort=id;DROP", 422),
                ("sort=-date,id", 422),
                ("from=2026-02-30", 422), ("from=2026-02-02&to=2026-02-01", 422),
                ("min_amount=-1", 422), ("min_amount=1e3", 422), ("account_id=1", 422),
                ("type=gift", 422), ("state=", 422), ("tag=", 422), ("unknown=1", 422),
                ("limit=1&limit=2", 400), ("q=%00", 400), ("q=%ff", 400), ("q=%4", 400),
                ("include_deleted=yes", 422), ("q=" + String(repeating: "a", count: 201), 422),
            ] {
                let answer = try await ann.get("transactions?\(query)")
                #expect(answer.status == status, "\(query): \(answer.body.prefix(200))")
                #expect(!answer.body.contains("SELECT"))
            }
        }
    }
}
