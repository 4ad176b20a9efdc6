import HTTPTypes
import Ledger
import Storage
import TestSupport
import Testing

@testable import Features

struct TransactionListTests {
    /// Forty transactions in a few days, with equal dates, amounts and payees among them.
    private static func fill(_ ann: APIPerson, _ account: String) async throws {
        for number in 0..<40 {
            try await ann.spend(
                "\(number % 7 + 1)",
                from: account,
                date: "2026-11-\(10 + number % 5)",
                number % 3 == 0 ? "" : #", "payee": "P\#(number % 4)|x""#
            )
        }
    }

    @Test(arguments: TestEngine.present, TransactionSort.allCases)
    func `pages and cursors show each row once in one order`(
        engine: TestEngine,
        sort: TransactionSort
    ) async throws {
        try await LedgerAPI.with(engine) { api in
            let ann = try await api.signUp()
            let account = try await ann.makeAccount("A")
            try await Self.fill(ann, account)
            let whole = try await ann.get("transactions?limit=500&sort=\(sort.rawValue)")
            let ids = whole.texts("data", "id")

            for filter in ["", "&account_id=\(account)"] {
                var paged: [String] = []
                for page in 1...6 {
                    let answer = try await ann.get(
                        "transactions?limit=7&page=\(page)&sort=\(sort.rawValue)\(filter)"
                    )
                    paged += answer.texts("data", "id")
                    #expect(answer.text("pagination.total") == "40")
                    #expect(answer.text("pagination.total_pages") == "6")
                    #expect(answer.text("pagination.page") == "\(page)")
                }
                var followed: [String] = []
                var cursor = ""
                repeat {
                    let answer = try await ann.get(
                        "transactions?limit=7&sort=\(sort.rawValue)\(cursor)\(filter)"
                    )
                    followed += answer.texts("data", "id")
                    cursor = "&cursor=" + answer.text("pagination.next_cursor")
                } while cursor != "&cursor=null"

                #expect(paged == ids)
                #expect(followed == ids)
            }
            #expect(Set(ids).count == 40)
        }
    }

    @Test(arguments: TestEngine.present)
    func `a cursor after the longest payee is taken back`(engine: TestEngine) async throws {
        try await LedgerAPI.with(engine) { api in
            let ann = try await api.signUp()
            let account = try await ann.makeAccount("A")
            let longest = String(repeating: "𝕏", count: 255)
            for _ in 0..<2 { try await ann.spend("1", from: account, #", "payee": "\#(longest)""#) }
            let first = try await ann.get("transactions?limit=1&sort=payee")

            let second = try await ann.get(
                "transactions?limit=1&sort=payee&cursor=\(first.text("pagination.next_cursor"))"
            )

            #expect(second.status == 200, "\(second.body)")
            #expect(second.count("data") == 1)
        }
    }

    @Test(arguments: TestEngine.present)
    func `each filter picks what it says`(engine: TestEngine) async throws {
        try await LedgerAPI.with(engine) { api in
            let ann = try await api.signUp()
            let account = try await ann.makeAccount("A")
            let other = try await ann.makeAccount("B")
            let top = try await ann.makeCategory("Top")
            let low = try await ann.makeCategory("Low", under: top)
            let a = try await ann.spend(
                "10",
                from: account,
                on: low,
                date: "2026-11-01",
                #", "tags": ["x"]"#
            )
            let b = try await ann.spend(
                "20",
                from: account,
                on: top,
                date: "2026-11-02",
                #", "state": "pending""#
            )
            let c = try await ann.spend(
                "30",
                from: account,
                type: "transfer",
                date: "2026-11-03",
                #", "to_account_id": "\#(other)""#
            )
            let d = try await ann.spend(
                "40",
                from: other,
                on: low,
                type: "income",
                date: "2026-11-04"
            )

            for (filter, expected) in [
                ("account_id=\(account)", [a, b, c]), ("account_id=\(other)", [c, d]),
                ("category_id=\(top)", [a, b, d]), ("category_id=\(low)", [a, d]),
                ("account_id=\(account)&category_id=\(top)", [a, b]),
                ("type=transfer", [c]), ("type=income", [d]), ("state=pending", [b]),
                ("tag=x", [a]),
                ("tag=y", []), ("from=2026-11-02&to=2026-11-03", [b, c]), ("from=2026-11-04", [d]),
                ("min_amount=20&max_amount=30", [b, c]), ("min_amount=40.00", [d]),
                ("account_id=\(account)&from=2026-11-02", [b, c]),
                ("category_id=\(top)&to=2026-11-01", [a]),
            ] {
                let answer = try await ann.get("transactions?sort=date&\(filter)")
                #expect(answer.texts("data", "id") == expected, "\(filter)")
                #expect(answer.text("pagination.total") == "\(expected.count)", "\(filter)")
            }
        }
    }

    @Test(arguments: TestEngine.present)
    func `the export has the list's rows and no cell that runs`(engine: TestEngine) async throws {
        try await LedgerAPI.with(engine) { api in
            let ann = try await api.signUp()
            let account = try await ann.makeAccount("=A1+1")
            for payee in [
                "=cmd|' /C calc'!A0", "+1", "-1", "@SUM(A1)", "a,b", #"say \"hi\""#, "plain",
            ] {
                try await ann.spend("1234.5", from: account, #", "payee": "\#(payee)""#)
            }
            try await ann.spend("1", from: account, #", "payee": "two", "note": "line\n=2+2""#)
            try await ann.spend("2", from: account, date: "2026-01-01", #", "payee": "old""#)

            let answer = try await ann.get("transactions/export.csv?from=2026-11-01")

            #expect(answer.status == 200)
            #expect(answer.headers[.contentType] == "text/csv; charset=utf-8")
            #expect(answer.headers[.contentDisposition]?.contains("attachment") == true)
            let lines = answer.body.split(separator: "\r\n", omittingEmptySubsequences: true)
            #expect(lines.count == 9)
            #expect(String(lines[0]) == TransactionExport.header)
            for cell in [
                #""'=cmd|' /C calc'!A0""#, #""'+1""#, #""'-1""#, #""'@SUM(A1)""#, #""a,b""#,
                #""say ""hi""""#, "plain", "\"'=A1+1\"", "\"line\n=2+2\"",
            ] {
                #expect(answer.body.contains(",\(cell),"), "\(cell)")
            }
            #expect(answer.body.contains(",-1234.50,EUR,"), "Amounts stay numbers.")
            #expect(!answer.body.contains("old"))
        }
    }

    /// More than the export reads at a time.
    @Test(arguments: TestEngine.present)
    func `a long export is whole`(engine: TestEngine) async throws {
        try await LedgerAPI.with(engine) { api in
            let ann = try await api.signUp()
            let account = try await ann.makeAccount("A")
            let id = try #require(AccountID(account))
            try await ann.home.write { write in
                let book = LedgerBook(write)
                let category = try book.nodes.load(.uncategorisedExpense).id
                let known = try book.nodes.all()
                for number in 1...1_203 {
                    let amount = Money(tenThousandths: Int64(number) * 100, LedgerFixture.eur)
                    let postings = try BalancedPostings([
                        Posting(id, try amount.negated()), Posting(category, amount),
                    ])
                    _ = try book.post(
                        TransactionContent(
                            date: LedgerFixture.today,
                            state: .posted,
                            postings: postings,
                            source: .manual
                        ),
                        known: known
                    )
                }
                write.record(AuditNote("fill", "transaction", nil))
            }

            let answer = try await ann.get("transactions/export.csv")

            let ids = answer.body.split(separator: "\r\n").dropFirst().map { $0.suffix(36) }
            #expect(ids.count == 1_203)
            #expect(Set(ids).count == 1_203)
        }
    }
}
