import Ledger
import Testing

@testable import Insight

struct SeriesMarkTests {
    private func mark(
        _ cents: Int64,
        _ payee: String = "netflix",
        account: UInt64 = 1
    ) -> SeriesMark {
        SeriesMark(
            account: AccountID(UniqueID(high: 1, low: account)),
            payee: payee,
            amount: Money(tenThousandths: cents * 100, Currency(code: "EUR")!)
        )
    }

    @Test(arguments: [
        (-999, -999, true), (-999, -1_299, true), (-1_299, -999, true), (-1_000, -1_600, true),
        (-1_000, -1_601, false), (-1_601, -1_000, false), (-999, 999, false),
    ])
    func `a price goes up or down by three fifths at most`(one: Int64, other: Int64, may: Bool) {
        #expect(mark(one).mayBe(mark(other)) == may)
    }

    @Test func `another payee or account is another series`() {
        #expect(!mark(-999).mayBe(mark(-999, "other")))
        #expect(!mark(-999).mayBe(mark(-999, account: 2)))
    }

    @Test func `of two series of one payee the nearer one is meant, and none twice`() {
        let series = [mark(-999), mark(-1_299), mark(-999, "other")]

        #expect(SeriesMark.places(of: [mark(-1_350)], in: series) == [1])
        #expect(SeriesMark.places(of: [mark(-1_299), mark(-1_299)], in: series) == [1, 0])
        #expect(SeriesMark.places(of: [mark(-1_099), mark(-999)], in: series) == [1, 0])
        #expect(
            SeriesMark.places(of: [mark(-5_000), mark(-999, "gone")], in: series) == [nil, nil]
        )
        #expect(SeriesMark.places(of: [], in: series) == [])
        #expect(SeriesMark.places(of: [mark(-999)], in: []) == [nil])
    }
}
