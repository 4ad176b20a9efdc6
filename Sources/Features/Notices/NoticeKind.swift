/// What people are told of.
enum NoticeKind: String, CaseIterable, Sendable {
    /// Most of a budget is used.
    case budgetWarning = "budget_warning"
    case budgetSpent = "budget_spent"
    case billDue = "bill_due"
    case billMissed = "bill_missed"
    case priceRise = "price_rise"
    /// An account is, or will be, below its minimum.
    case lowBalanceAhead = "low_balance_ahead"
    case largeTransaction = "large_transaction"
    case unusualTransaction = "unusual_transaction"
    case goalReached = "goal_reached"
    case importFinished = "import_finished"
    case newDevice = "new_device"
    case backupFailed = "backup_failed"
    case taskAssigned = "task_assigned"
    case taskDue = "task_due"

    /// What is done as long as somebody says nothing else.
    var usual: NoticeChoice {
        switch self {
        case .billDue, .billMissed, .lowBalanceAhead, .newDevice, .backupFailed:
            NoticeChoice(isInApp: true, mail: .atOnce)
        case .budgetWarning, .budgetSpent, .priceRise, .largeTransaction, .unusualTransaction,
            .goalReached, .taskAssigned, .taskDue:
            NoticeChoice(isInApp: true, mail: .daily)
        case .importFinished: NoticeChoice(isInApp: true, mail: .off)
        }
    }

    /// A new device is told by a letter of its own, that nobody who stole a session can turn off.
    var mailChoices: [NoticeChoice.Mail] {
        self == .newDevice ? [.atOnce] : NoticeChoice.Mail.allCases
    }

    /// Whether another letter tells of it already.
    var hasOwnLetter: Bool { self == .newDevice }

    /// Whether it is a state that ends by itself and may come again.
    var lasts: Bool { self == .lowBalanceAhead }

    /// Whether only those hear of it who look after the server.
    var isForAdministrators: Bool { self == .backupFailed }
}

/// How somebody wants to be told of one kind.
struct NoticeChoice: Sendable, Equatable {
    var isInApp: Bool
    var mail: Mail

    enum Mail: String, CaseIterable, Sendable {
        case off
        case atOnce = "at_once"
        case daily, weekly
    }

    /// Whether there is any way left to tell them.
    var isSilent: Bool { !isInApp && mail == .off }
}
