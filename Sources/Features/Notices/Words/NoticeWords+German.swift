import Ledger

extension NoticeWords {
    static let german = NoticeWords(code: "de", title: title, sentence: sentence)

    private static let marks = NumberMarks(decimal: ",", thousands: ".")

    @Sendable private static func title(_ kind: NoticeKind) -> String {
        switch kind {
        case .budgetWarning: "Ein Budget ist fast aufgebraucht"
        case .budgetSpent: "Ein Budget ist aufgebraucht"
        case .billDue: "Eine Rechnung ist fällig"
        case .billMissed: "Eine Rechnung wurde nicht bezahlt"
        case .priceRise: "Ein Preis ist gestiegen"
        case .lowBalanceAhead: "Auf einem Konto wird es knapp"
        case .largeTransaction: "Eine große Buchung"
        case .unusualTransaction: "Eine ungewöhnliche Buchung"
        case .goalReached: "Ein Ziel ist erreicht"
        case .importFinished: "Ein Import ist fertig"
        case .newDevice: "Ein neues Gerät hat sich angemeldet"
        case .backupFailed: "Die Sicherung ist misslungen"
        case .taskAssigned: "Eine Aufgabe für dich"
        case .taskDue: "Eine Aufgabe ist fällig"
        }
    }

    @Sendable private static func sentence(_ kind: NoticeKind, _ it: NoticeDetails) -> String {
        let name = it.safeName
        let amount = marks.text(it.amount)
        let limit = marks.text(it.limit)
        switch kind {
        case .budgetWarning, .budgetSpent:
            return "\(name): \(amount) von \(limit) ausgegeben, \(it.percent ?? 0) % oder mehr."
        case .billDue:
            return "\(name) ist\(on(it.date)) fällig\(it.amount == nil ? "" : ": \(amount)")."
        case .billMissed:
            return "\(name) war\(on(it.date)) fällig, eine Zahlung wurde nicht gefunden."
        case .priceRise: return "\(name) kostet jetzt \(amount), vorher \(limit)."
        case .lowBalanceAhead:
            let rest = "weniger als das Minimum von \(limit)."
            guard it.date != nil else { return "Auf \(name) sind \(amount), \(rest)" }
            return "Auf \(name) werden\(on(it.date)) \(amount) sein, \(rest)"
        case .largeTransaction:
            return "\(amount)\(at(it.safePayee))\(on(it.date)) auf \(name)."
        case .unusualTransaction:
            return
                "\(amount)\(at(it.safePayee))\(on(it.date)) auf \(name), üblich sind etwa \(limit)."
        case .goalReached: return "\(name) hat seine \(limit)."
        case .importFinished:
            let rows = it.count == 1 ? "1 Buchung" : "\(it.count ?? 0) Buchungen"
            return "\(name): \(rows) importiert."
        case .newDevice:
            let device = ForeignText.line(it.device ?? "")
            let address = ForeignText.line(it.address ?? "")
            let what = device.isEmpty ? "unbekannt" : device
            return "Ein neues Gerät hat sich angemeldet: \(what), \(address)."
        case .backupFailed: return "Die letzte Sicherung ist misslungen: \(name)"
        case .taskAssigned:
            let due = it.date == nil ? "" : ", fällig\(on(it.date))"
            return "\u{201E}\(name)\u{201C} ist für dich\(due)."
        case .taskDue: return "\u{201E}\(name)\u{201C} ist\(on(it.date)) fällig."
        }
    }

    private static func at(_ payee: String?) -> String { payee.map { " bei \($0)" } ?? "" }

    private static func on(_ day: LocalDate?) -> String {
        guard let day else { return "" }
        let months = [
            "Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September",
            "Oktober", "November", "Dezember",
        ]
        return " am \(day.day). \(months[day.monthOfYear - 1]) \(day.year)"
    }
}
