/// Lines of a statement that state a balance and move no money.
enum BalanceWords {
    /// Whether this is all that the row's text says.
    static func isBalance(_ text: String) -> Bool {
        guard text.utf8.count <= 40 else { return false }
        return phrases.contains(TextFolding.words(text))
    }

    private static let phrases: Set<String> = [
        "opening balance", "closing balance", "starting balance", "ending balance", "balance",
        "balance brought forward", "balance carried forward", "brought forward", "carried forward",
        "previous balance", "anfangssaldo", "endsaldo", "saldovortrag", "kontostand", "alter kontostand",
        "neuer kontostand", "tagessaldo", "beginsaldo", "eindsaldo", "vorig saldo", "nieuw saldo",
        "ancien solde", "nouveau solde", "solde", "solde initial", "solde final", "saldo",
        "saldo inicial", "saldo final", "saldo anterior", "saldo iniziale", "saldo finale",
        "saldo precedente", "saldo poczatkowe", "saldo koncowe", "ingaende saldo", "utgaende saldo",
        "inngaende saldo", "primosaldo", "ultimosaldo", "pocatecni zustatek", "konecny zustatek",
        "pociatocny zostatok", "konecny zostatok", "nyito egyenleg", "zaro egyenleg",
        "turnover", "saldo do dia", "lopsaldo", "s a l d o",
    ]
}
