import Ledger
import Testing

struct DecimalTests {
    @Test(arguments: [
        ("0", 0), ("-0", 0), ("1", 10_000), ("-1", -10_000), ("12.3", 123_000), ("12.30", 123_000),
        ("0.0001", 1), ("-0.0001", -1), ("1.00000", 10_000), ("007", 70_000),
        ("922337203685477.5807", Int64.max), ("-922337203685477.5807", -Int64.max),
    ])
    func `a plain decimal is read exactly`(text: String, value: Int64) throws {
        #expect(try Decimal4.parse(text) == value)
    }

    @Test(arguments: [
        "", "-", ".", ".5", "5.", "+1", " 1", "1 ", "1,00", "1.2.3", "1e3", "1e400", "NaN",
        "Infinity", "0x10", "--1",
        "1-", "١٢٣", "１", "1_000", "1'000", "\u{0}1", "1\u{0}",
    ])
    func `what is no plain decimal is refused`(text: String) {
        #expect(throws: MoneyError.notADecimal(text)) { try Decimal4.parse(text) }
    }

    @Test(arguments: ["0.00001", "1.12345", "-1.000001"])
    func `a fifth decimal that counts is refused`(text: String) {
        #expect { try Decimal4.parse(text) } throws: { error in
            if case .tooPrecise(_, allowed: 4) = error as? MoneyError { true } else { false }
        }
    }

    @Test(arguments: [
        "922337203685477.5808", "-922337203685477.5808", "1000000000000000", "9223372036854775807",
        String(repeating: "9", count: 30), String(repeating: "9", count: 5_000),
    ])
    func `what does not fit is refused`(text: String) {
        #expect(throws: MoneyError.overflow) { try Decimal4.parse(text) }
    }

    @Test(arguments: [
        (Int64(0), 2, "0.00"), (1, 2, "0.0001"), (123_000, 2, "12.30"), (-123_000, 0, "-12.3"),
        (120_000, 0, "12"),
        (120_000, 3, "12.000"), (Int64.max, 2, "922337203685477.5807"),
        (.min, 0, "-922337203685477.5808"),
        (-1, 0, "-0.0001"), (10, 4, "0.0010"),
    ])
    func `a number is written with the decimals that it needs`(
        value: Int64,
        digits: Int,
        text: String
    ) {
        #expect(Decimal4.text(value, minorDigits: digits) == text)
    }

    /// The oracle divides in whole numbers and pads by hand.
    @Test(arguments: 0...4)
    func `any number is written as the oracle writes it, and read back`(digits: Int) throws {
        var generator = SeededGenerator(seed: 3)
        for _ in 0..<4_000 {
            let value =
                Int64.random(in: .min ... .max, using: &generator)
                >> Int64.random(in: 0..<60, using: &generator)

            guard value != .min else { continue }

            let text = Decimal4.text(value, minorDigits: digits)

            #expect(text == Self.oracle(value, digits))
            #expect(try Decimal4.parse(text) == value)
        }
    }

    private static func oracle(_ value: Int64, _ digits: Int) -> String {
        let magnitude = String(value.magnitude)
        let padded = String(repeating: "0", count: max(5 - magnitude.count, 0)) + magnitude
        var fraction = String(padded.suffix(4))
        while fraction.count > digits, fraction.hasSuffix("0") { fraction.removeLast() }
        let whole = String(padded.dropLast(4))
        return (value < 0 ? "-" : "") + whole + (fraction.isEmpty ? "" : "." + fraction)
    }
}
