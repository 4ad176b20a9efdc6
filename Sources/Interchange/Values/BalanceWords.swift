/// Lines of a statement that state a balance and move no money.
enum BalanceWords {
    /// Whether this, dates and small words aside, is all that the row's text says.
    static func isBalance(_ text: String) -> Bool {
        guard text.utf8.count <= 64 else { return false }
        let words = TextFolding.words(text).split(separator: " ").filter { word in
            !smallWords.contains(String(word)) && !word.utf8.allSatisfy { $0 >= 48 && $0 <= 57 }
        }
        return phrases.contains(words.joined(separator: " "))
    }

    /// Whether a line begins with a word for a sum.
    static func isTotal(_ text: String) -> Bool {
        guard let first = TextFolding.words(text).split(separator: " ").first else { return false }
        return totals.contains(String(first))
    }

    private static let smallWords: Set<String> = [
        "as", "of", "on", "at", "per", "am", "au", "al", "op", "vom", "zum", "dnia", "date", "the",
    ]

    private static let totals: Set<String> = [
        "total", "totals", "subtotal", "sum", "summe", "gesamt", "gesamtsumme", "totaal", "totale",
        "totaux",
        "suma", "soma", "celkem", "razem", "summa", "sammanlagt", "saldo", "balance", "solde", "合计",
        "总计",
    ]

    private static let phrases: Set<String> = [
        "opening balance", "closing balance", "starting balance", "ending balance", "balance",
        "beginning balance", "balance brought forward", "balance carried forward",
        "brought forward", "carried forward",
        "previous balance", "anfangssaldo", "endsaldo", "saldovortrag", "kontostand",
        "alter kontostand",
        "neuer kontostand", "tagessaldo", "beginsaldo", "eindsaldo", "vorig saldo", "nieuw saldo",
        "ancien solde", "nouveau solde", "solde", "solde initial", "solde final", "saldo",
        "saldo inicial", "saldo final", "saldo anterior", "saldo iniziale", "saldo finale",
        "saldo precedente", "saldo poczatkowe", "saldo koncowe", "ingaende saldo", "utgaende saldo",
        "inngaende saldo", "primosaldo", "ultimosaldo", "pocatecni zustatek", "konecny zustatek",
        "pociatocny zostatok", "konecny zostatok", "nyito egyenleg", "zaro egyenleg",
        "turnover", "saldo do dia", "lopsaldo", "s a l d o",
    ]
}
