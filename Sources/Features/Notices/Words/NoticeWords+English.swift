import Ledger

extension NoticeWords {
    static let english = NoticeWords(code: "en", title: title, sentence: sentence)

    private static let marks = NumberMarks(decimal: ".", thousands: ",")

    @Sendable private static func title(_ kind: NoticeKind) -> String {
        switch kind {
        case .budgetWarning: "A budget is nearly used up"
        case .budgetSpent: "A budget is used up"
        case .billDue: "A bill is due"
        case .billMissed: "A bill was not paid"
        case .priceRise: "A price went up"
        case .lowBalanceAhead: "An account runs low"
        case .largeTransaction: "A large transaction"
        case .unusualTransaction: "An unusual transaction"
        case .goalReached: "A goal is reached"
        case .importFinished: "An import is finished"
        case .newDevice: "A new device signed in"
        case .backupFailed: "The backup failed"
        case .taskAssigned: "A task for you"
        case .taskDue: "A task is due"
        }
    }

    @Sendable private static func sentence(_ kind: NoticeKind, _ it: NoticeDetails) -> String {
        let name = it.safeName
        let amount = marks.text(it.amount)
        let limit = marks.text(it.limit)
        switch kind {
        case .budgetWarning, .budgetSpent:
            return "\(name): \(amount) of \(limit) spent, \(it.percent ?? 0) % or more."
        case .billDue:
            return "\(name) is due\(on(it.date))\(it.amount == nil ? "" : ": \(amount)")."
        case .billMissed:
            return "\(name) was due\(on(it.date)), and no payment of it was found."
        case .priceRise: return "\(name) now costs \(amount); it was \(limit)."
        case .lowBalanceAhead:
            guard it.date != nil else {
                return "\(name) holds \(amount), less than its minimum of \(limit)."
            }
            return
                "\(name) will hold \(amount)\(on(it.date)), less than its minimum of \(limit)."
        case .largeTransaction:
            return "\(amount)\(at(it.safePayee))\(on(it.date)) on \(name)."
        case .unusualTransaction:
            return "\(amount)\(at(it.safePayee))\(on(it.date)) on \(name); usual is about \(limit)."
        case .goalReached: return "\(name) has its \(limit)."
        case .importFinished:
            let rows = it.count == 1 ? "1 transaction" : "\(it.count ?? 0) transactions"
            return "\(name): \(rows) imported."
        case .newDevice:
            let device = ForeignText.line(it.device ?? "")
            let address = ForeignText.line(it.address ?? "")
            return "A new device signed in: \(device.isEmpty ? "unknown" : device), \(address)."
        case .backupFailed: return "The last backup failed: \(name)"
        case .taskAssigned:
            return
                "\u{201C}\(name)\u{201D} is for you\(it.date == nil ? "" : ", due\(on(it.date))")."
        case .taskDue: return "\u{201C}\(name)\u{201D} is due\(on(it.date))."
        }
    }

    private static func at(_ payee: String?) -> String { payee.map { " at \($0)" } ?? "" }

    private static func on(_ day: LocalDate?) -> String {
        guard let day else { return "" }
        let months = [
            "January", "February", "March", "April", "May", "June", "July", "August", "September",
            "October", "November", "December",
        ]
        return " on \(day.day) \(months[day.monthOfYear - 1]) \(day.year)"
    }
}
