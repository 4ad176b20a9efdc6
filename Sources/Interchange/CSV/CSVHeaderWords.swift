/// What the banks of Europe, the Americas and China call their columns, folded.
enum CSVHeaderWords {
    /// A role with how surely the words name it.
    struct Match: Equatable {
        let role: CSVRole
        /// - Range: 1...100; 100 when the whole header is a known phrase.
        let score: Int
        /// Words beside it say that the column is about something else: `Original amount`.
        var isSpoiled = false
    }

    /// The longest phrase with a row in the tables, in words that need not stand alone.
    ///
    /// - Parameter header: as the bank wrote it.
    static func match(_ header: String) -> Match? {
        let (outside, inside) = parenthesesApart(header)
        let name = TextFolding.words(outside)
        let aside = TextFolding.words(inside)
        guard let found = matchFolded(name.isEmpty ? aside : name) else { return nil }
        let isSpoiled =
            Set((name + " " + aside).split(separator: " ").map(String.init))
            .intersection(spoilers[found.role] ?? []).isEmpty == false
        return Match(role: found.role, score: found.score, isSpoiled: isSpoiled)
    }

    private static func matchFolded(_ name: String) -> Match? {
        guard !name.isEmpty, name.utf8.count <= 80 else { return nil }
        if let row = phrases[name] { return Match(role: row.role, score: 100 - row.rank * 5) }
        let words = name.split(separator: " ").map(String.init)
        var best: Match?
        for length in stride(from: min(4, words.count), through: 1, by: -1) {
            for start in 0...(words.count - length) {
                let phrase = words[start..<(start + length)].joined(separator: " ")
                guard let row = phrases[phrase] else { continue }
                let found = Match(role: row.role, score: 50 + length * 8 - row.rank * 5)
                if best.map({ $0.score < found.score }) ?? true { best = found }
            }
        }
        return best ?? compound(words)
    }

    /// Germanic languages join words: `Buchungsdatum`, `Rechnungsbetrag`.
    private static func compound(_ words: [String]) -> Match? {
        for word in words {
            for (ending, role) in endings
            where word.utf8.count > ending.utf8.count && word.hasSuffix(ending) {
                return Match(role: role, score: 40)
            }
        }
        return nil
    }

    /// `Betrag (EUR)` is `Betrag` and `EUR`.
    static func parenthesesApart(_ header: String) -> (outside: String, inside: String) {
        guard let open = header.firstIndex(where: { $0 == "(" || $0 == "[" || $0 == "（" }) else {
            return (header, "")
        }
        let inside = header[header.index(after: open)...]
        let close = inside.firstIndex { $0 == ")" || $0 == "]" || $0 == "）" } ?? inside.endIndex
        let rest = close < inside.endIndex ? inside[inside.index(after: close)...] : ""
        return (String(header[..<open]) + " " + String(rest), String(inside[..<close]))
    }

    private static let endings: [(ending: String, role: CSVRole)] = [
        ("datum", .date), ("dato", .date), ("tag", .date), ("betrag", .amount), ("bedrag", .amount),
        ("belopp", .amount), ("belob", .amount), ("umsatz", .amount), ("saldo", .balance),
        ("wahrung", .currency), ("waehrung", .currency), ("zweck", .text), ("text", .text),
    ]

    /// Words that say that a column is about something else.
    private static let spoilers: [CSVRole: Set<String>] = [
        .amount: foreign, .debit: foreign, .credit: foreign, .balance: foreign, .currency: foreign,
        .date: [
            "time", "due", "jv", "statement", "faellig", "fallig", "vervaldatum", "expiry", "birth",
        ],
        .payee: [
            "iban", "bic", "konto", "account", "id", "number", "address", "rekening", "code",
            "bank",
        ],
        .text: ["id", "code", "iban"],
    ]

    private static let foreign: Set<String> = [
        "original", "originalbetrag", "orig", "foreign", "fremd", "fremdwahrung", "fremdwaehrung",
        "oorspr", "oorspronkelijk", "oorspronkelijke", "ursprung", "exchange", "rate", "kurs",
        "koers",
        "vat", "mwst", "ust", "tax", "steuer", "btw", "iva", "tva", "tip", "gratuity", "limit",
        "local",
        "native", "source", "target", "account2", "available", "verfugbar", "valuutta", "origine",
        "cashback", "gebuhr", "foreign currency", "fx", "puvodni", "oryginalna", "shipping",
        "instructed",
    ]

    private static let phrases: [String: (role: CSVRole, rank: Int)] = {
        var table: [String: (role: CSVRole, rank: Int)] = [:]
        for (role, ranks) in CSVHeaderPhrases.all {
            for (rank, line) in ranks.enumerated() {
                for phrase in line.split(separator: "|") {
                    let folded = TextFolding.words(phrase)
                    if table[folded] == nil { table[folded] = (role, rank) }
                }
            }
        }
        return table
    }()
}
