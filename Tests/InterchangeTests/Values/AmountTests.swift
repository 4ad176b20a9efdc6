import Ledger
import Testing

@testable import Interchange

struct AmountTests {
    private func read(_ text: String, _ decimal: DecimalMark = .dot) throws -> AmountCell {
        let bytes = Array(text.utf8)
        return try AmountCell.read(bytes, 0..<bytes.count, decimal: decimal)
    }

    @Test(
        arguments: [
            ("0", "0.00"), ("-0", "0.00"), ("1", "1.00"), ("-1.5", "-1.50"), ("+2.25", "2.25"),
            ("1.5-", "-1.50"),
            ("1.5+", "1.50"), ("(3.10)", "-3.10"), ("( 3.10 )", "-3.10"), (".5", "0.50"),
            ("-.5", "-0.50"),
            ("12.", "12.00"), ("1,234.56", "1234.56"), ("1,234,567.89", "1234567.89"),
            ("1,00,000.00", "100000.00"),
            ("1'234.50", "1234.50"), ("1’234.50", "1234.50"), ("1 234.50", "1234.50"),
            ("1\u{A0}234.50", "1234.50"),
            ("1\u{202F}234.50", "1234.50"), ("1\u{2009}234.50", "1234.50"),
            ("\u{2212}4.20", "-4.20"),
            ("–4.20", "-4.20"), ("$12.00", "12.00"), ("-$12.00", "-12.00"), ("$-12.00", "-12.00"),
            ("- $ 12.00", "-12.00"), ("($1,200.00)", "-1200.00"), ("12.00 €", "12.00"),
            ("€12.00", "12.00"),
            ("EUR 12.00", "12.00"), ("12.00 EUR", "12.00"), ("12.00EUR", "12.00"),
            ("kr 12.00", "12.00"),
            ("12.00 kr.", "12.00"), ("US$12.00", "12.00"), ("R$ 12.00", "12.00"),
            ("12.00 zł", "12.00"),
            ("12.00 Kč", "12.00"), ("Fr. 12.00", "12.00"), ("￥0.12", "0.12"), ("0.1234", "0.1234"),
            ("0.12340000", "0.1234"), ("00012.00", "12.00"), ("100.-", "100.00"),
            ("100.–", "100.00"),
            ("922337203685477.5807", "922337203685477.5807"), ("'1", nil), ("12 34", nil),
            ("123 45", nil),
            ("1,23,4.00", nil), ("1.2.3", nil), ("--1", nil), ("+-1", nil), ("1e5", nil),
            ("NaN", nil), ("abc", nil),
            ("12a", nil), ("1,2345.00", nil), ("0x10", nil), ("١٢٣", nil), ("(1", "-1.00"),
            ("1)", nil), ("-(1)", nil),
            ("50%", nil), ("1/2", nil), (",5", nil), ("12.00 USD EUR CR DR X", nil),
        ] as [(String, String?)]
    )
    func `an amount is read as it was meant, or refused`(text: String, expected: String?) {
        let cell = try? read(text)

        #expect(cell.map { Decimal4.text($0.value, minorDigits: 2) } == expected)
    }

    @Test(
        arguments: [
            ("1.234,56", "1234.56"), ("-1234,5", "-1234.50"), ("1.234.567,00", "1234567.00"),
            ("1.000", "1000.00"),
            ("100,-", "100.00"), ("1'200.–", "1200.00"), ("12,50-", "-12.50"),
            ("-45,12EUR", "-45.12"),
            ("1 234,56", "1234.56"), ("0,5", "0.50"), ("1,2,3", nil), ("1.23,4", nil),
        ] as [(String, String?)]
    )
    func `with a decimal comma the dot groups thousands`(text: String, expected: String?) {
        #expect(
            (try? read(text, .comma)).map { Decimal4.text($0.value, minorDigits: 2) } == expected
        )
    }

    @Test(arguments: [
        ("", AmountCell.Failure.empty), ("  ", .empty), ("-", .empty), ("--", .empty),
        ("€", .empty),
        ("0.00001", .tooPrecise), ("1.23456", .tooPrecise), ("922337203685477.5808", .tooLarge),
        ("999999999999999999999999999999", .tooLarge), ("18446744073709551616", .tooLarge),
        ("n/a", .notANumber),
    ])
    func `what is wrong is told apart`(text: String, failure: AmountCell.Failure) {
        #expect(throws: failure) { try read(text) }
    }

    @Test(
        arguments: [
            ("1.00 CR", MoneyDirection.moneyIn), ("1.00CR", .moneyIn), ("1.00 Dr", .moneyOut),
            ("1.00 S", .moneyOut),
            ("1.00 H", .moneyIn), ("1.00", nil), ("$1.00 cr.", .moneyIn), ("1.00 D", .moneyOut),
        ] as [(String, MoneyDirection?)]
    )
    func `letters beside an amount say which way it went`(
        text: String,
        direction: MoneyDirection?
    ) throws {
        #expect(try read(text).direction == direction)
    }

    @Test(
        arguments: [
            ("1 EUR", "EUR"), ("€1", "EUR"), ("£1", "GBP"), ("1 CHF", "CHF"), ("$1", nil),
            ("A$1", "AUD"),
            ("1 zł", "PLN"), ("1 Ft", "HUF"), ("1 kr", nil), ("JPY 1", "JPY"), ("₹1", "INR"),
            ("1", nil),
        ] as [(String, String?)]
    )
    func `a currency beside an amount is noted when it is one`(text: String, code: String?) throws {
        #expect(try read(text).currency?.code == code)
    }

    @Test
    func `any decimal is read back as it was written`() throws {
        var generator = SeededGenerator(seed: 7)
        for _ in 0..<5_000 {
            let value = Int64.random(
                in: -9_000_000_000_000_000...9_000_000_000_000_000,
                using: &generator
            )
            let plain = Decimal4.text(value, minorDigits: 2)
            let grouped = Self.grouped(plain)

            #expect(try read(plain).value == value)
            #expect(try read(grouped).value == value)
            #expect(
                try read(String(grouped.map { $0 == "." ? "," : $0 == "," ? "." : $0 }), .comma)
                    .value == value
            )
        }
    }

    /// Thousands marked with commas, the slow way.
    private static func grouped(_ decimal: String) -> String {
        let parts = decimal.split(separator: ".")
        var whole = String(parts[0])
        let sign = whole.hasPrefix("-") ? String(whole.removeFirst()) : ""
        var groups: [Substring] = []
        while whole.count > 3 {
            groups.insert(whole.suffix(3), at: 0)
            whole = String(whole.dropLast(3))
        }
        groups.insert(whole[...], at: 0)
        return sign + groups.joined(separator: ",") + "." + parts[1]
    }
}
