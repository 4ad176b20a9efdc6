internal import Ledger

/// What stands beside an amount and names its currency.
enum CurrencyWords {
    /// Symbols by Unicode scalar; empty where several currencies share one.
    static let symbols: [UInt32: String] = [
        0x20AC: "EUR", 0xA3: "GBP", 0x20A4: "", 0xA5: "", 0xFFE5: "", 0xFF04: "", 0x20B9: "INR",
        0x20BD: "RUB", 0x20BA: "TRY", 0x20A9: "KRW", 0x20AA: "ILS", 0x20B4: "UAH", 0x0E3F: "THB",
        0x20AB: "VND", 0x20B1: "PHP", 0x20A6: "NGN", 0x20B8: "KZT", 0x20BE: "GEL", 0x20A1: "CRC",
        0x5143: "CNY",
    ]

    /// Letters directly before a dollar sign.
    static let dollars: [String: String] = [
        "US": "USD", "A": "AUD", "AU": "AUD", "C": "CAD", "CA": "CAD", "R": "BRL", "HK": "HKD",
        "S": "SGD", "NZ": "NZD", "NT": "TWD", "MX": "MXN",
    ]

    /// Codes of ISO 4217 for no currency and for tests.
    private static let noCurrency: Set<String> = ["XXX", "XTS"]

    /// Words that several currencies share.
    static let ambiguous: Set<String> = ["KR", "RS", "L"]

    /// Abbreviations that are no ISO codes.
    private static let words: [String: String] = [
        "ZL": "PLN", "KC": "CZK", "FT": "HUF", "FR": "CHF", "SFR": "CHF", "LEI": "RON",
        "EURO": "EUR",
        "EUROS": "EUR", "TL": "TRY", "RM": "MYR", "RMB": "CNY", "LV": "BGN", "RP": "IDR",
    ]

    /// - Parameter word: ASCII capitals.
    static func currency(_ word: String) -> Currency? {
        Currency(code: words[word] ?? word)
    }

    /// The code in a column's name, such as `Betrag (EUR)` or `Amount GBP`.
    static func named(_ header: String) -> Currency? {
        for word in header.split(whereSeparator: { !$0.isLetter && $0 != "€" && $0 != "£" }) {
            if word == "€" { return Currency(code: "EUR") }
            if word == "£" { return Currency(code: "GBP") }
            if word.utf8.count == 3, let currency = Currency(code: word) { return currency }
        }
        return nil
    }

    /// Reads a cell of a currency column: a code in either case, a symbol or an abbreviation.
    static func cell(_ bytes: ArraySlice<UInt8>) -> Currency? {
        guard !bytes.isEmpty, bytes.count <= 8 else { return nil }
        let text = TextCleaning.collapsed(bytes)
        let folded = TextFolding.words(text).uppercased()
        guard !noCurrency.contains(folded) else { return nil }
        if let known = currency(folded) { return known }
        let scalars = text.unicodeScalars
        guard scalars.count == 1, let symbol = scalars.first,
            let code = symbols[symbol.value], !code.isEmpty
        else { return nil }
        return Currency(code: code)
    }
}
