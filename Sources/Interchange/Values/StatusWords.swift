/// Words of a status column for what never happened.
enum StatusWords {
    static func isVoid(_ word: String) -> Bool { void.contains(word) }

    private static let void: Set<String> = [
        "declined", "failed", "reverted", "cancelled", "canceled", "denied", "rejected", "voided",
        "expired",
        "abgelehnt", "storniert", "abgebrochen", "fehlgeschlagen", "geweigerd", "geannuleerd",
        "mislukt",
        "refuse", "refusee", "annule", "annulee", "rechazado", "rechazada", "cancelado",
        "cancelada",
        "rifiutato", "annullato", "recusado", "recusada", "odrzucona", "odrzucono", "anulowana",
        "zamitnuto", "zruseno", "avvisad", "misslyckad", "makulerad", "afvist", "avvist",
        "annulleret",
        "交易关闭", "已关闭",
    ]
}
