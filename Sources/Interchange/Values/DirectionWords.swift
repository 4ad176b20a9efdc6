/// Words of a column that says whether money came in or went out.
enum DirectionWords {
    /// Letters beside an amount, in capitals: `12.30 CR`, `12,30 S`.
    static let beside: [String: MoneyDirection] = [
        "CR": .moneyIn, "DR": .moneyOut, "DB": .moneyOut, "C": .moneyIn, "D": .moneyOut,
        "H": .moneyIn, "S": .moneyOut,
    ]

    /// What a folded word says; single letters say it only together with their opposite.
    static func meaning(_ word: String) -> MoneyDirection? { table[word] }

    /// The pair of single letters or signs that covers most of the words, if any does.
    static func pair(for words: some Sequence<String>) -> [String: MoneyDirection]? {
        let found = Set(words.filter { $0.utf8.count == 1 })
        let best = pairs.max { first, second in
            covered(first, found) < covered(second, found)
        }
        guard let best, covered(best, found) > 0 else { return nil }
        return [best.moneyIn: .moneyIn, best.moneyOut: .moneyOut]
    }

    private static func covered(
        _ pair: (moneyIn: String, moneyOut: String),
        _ words: Set<String>
    ) -> Int {
        (words.contains(pair.moneyIn) ? 1 : 0) + (words.contains(pair.moneyOut) ? 1 : 0)
    }

    /// The usual pairs first, since `max` keeps the first of equals.
    private static let pairs: [(moneyIn: String, moneyOut: String)] = [
        ("c", "d"), ("+", "-"), ("h", "s"), ("i", "o"), ("k", "d"), ("h", "d"), ("a", "d"),
        ("i", "e"),
    ]

    private static let table: [String: MoneyDirection] = {
        var table: [String: MoneyDirection] = [:]
        for word in moneyIn { table[word] = .moneyIn }
        for word in moneyOut { table[word] = .moneyOut }
        return table
    }()

    private static let moneyIn = [
        "cr", "crdt", "crd", "credit", "credits", "bij", "in", "inflow", "income", "incoming",
        "deposit",
        "haben", "gutschrift", "eingang", "einnahme", "kredit", "kredyt", "uznanie", "uznania",
        "avere", "accredito", "entrata", "abono", "haber", "ingreso", "credito", "entrada",
        "recette",
        "money in", "paid in", "bijschrijving", "credit card payment", "received", "receipt",
        "insattning",
        "ind", "inn", "prijem", "prichozi", "wplyw", "przychod", "plus", "refund",
        "payment received",
        "收入", "转入",
    ]

    private static let moneyOut = [
        "dr", "dbit", "db", "deb", "debit", "debits", "af", "out", "outflow", "expense", "outgoing",
        "withdrawal", "soll", "lastschrift", "belastung", "ausgang", "ausgabe", "debet",
        "obciazenie",
        "obciazenia", "dare", "addebito", "uscita", "cargo", "debe", "gasto", "debito", "saida",
        "depense",
        "money out", "paid out", "afschrijving", "uttag", "ud", "ut", "vydaj", "odchozi", "wydatek",
        "wyplyw", "minus", "spend", "spending", "purchase", "支出", "转出",
    ]
}
