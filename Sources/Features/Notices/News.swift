import Ledger

/// Something to tell, whoever is told.
struct News: Sendable {
    let kind: NoticeKind
    /// What it is known by: nobody is told twice of what has the same key.
    let cause: Cause
    var link: String?
    var details: NoticeDetails
    /// The accounts that it tells of. Who does not see all of them is not told.
    var accounts: Set<AccountID> = []
    /// Who was told of this has nothing to learn any more.
    var unless: Cause?

    /// Whether it is a state that ends by itself and may come again.
    var lasts: Bool { kind.lasts }

    struct Cause: Hashable, Sendable, CustomStringConvertible {
        let description: String

        init(_ kind: NoticeKind, _ parts: any CustomStringConvertible...) {
            description = ([kind.rawValue] + parts.map(\.description)).joined(separator: ":")
        }

        init(stored: String) {
            description = stored
        }

        /// What all of a kind in a household begin with, and the first text behind them.
        static func stored(_ kind: NoticeKind, of household: HouseholdID) -> Range<String> {
            let name = "\(household):\(kind.rawValue)"
            return "\(name):"..<"\(name);"
        }

        /// Ids are a household's own, so its own stands before them.
        func stored(of household: HouseholdID?) -> String {
            household.map { "\($0):\(description)" } ?? description
        }
    }
}

extension News {
    static func importFinished(_ batch: ImportBatch) -> News {
        var details = NoticeDetails()
        details.importBatch = batch.id
        details.name = batch.fileName
        details.count = batch.report.new
        return News(
            kind: .importFinished,
            cause: Cause(.importFinished, batch.id),
            link: "/imports/\(batch.id)",
            details: details,
            accounts: batch.accounts ?? []
        )
    }

    static func newDevice(_ session: SessionID, _ client: ClientDevice) -> News {
        var details = NoticeDetails()
        details.device = client.device
        details.address = client.address
        return News(
            kind: .newDevice,
            cause: Cause(.newDevice, session),
            link: "/settings/security",
            details: details
        )
    }

    /// - Parameter moment: tells one failure from the next.
    static func backupFailed(at moment: String, because reason: String) -> News {
        var details = NoticeDetails()
        details.name = reason
        return News(
            kind: .backupFailed,
            cause: Cause(.backupFailed, moment),
            link: "/admin/system",
            details: details
        )
    }

    /// - Parameter accounts: those on which something is meant for it.
    static func goalReached(_ view: GoalView, _ accounts: Set<AccountID>) -> News {
        let goal = view.record
        var details = NoticeDetails()
        details.name = goal.name
        details.amount = view.figures.saved
        details.limit = view.course.target
        // Another target, or another time of what comes again, is reached anew.
        let target = view.course.target?.tenThousandths ?? 0
        return News(
            kind: .goalReached,
            cause: Cause(.goalReached, goal.id, goal.startDate, target),
            link: "/goals/\(goal.id)",
            details: details,
            accounts: accounts
        )
    }

    static func taskAssigned(_ view: TaskView, _ accounts: [AccountID]) -> News {
        // Each time that it is given to somebody it is another version.
        task(
            view,
            .taskAssigned,
            Cause(.taskAssigned, view.record.id, view.record.version),
            accounts
        )
    }

    static func taskDue(_ view: TaskView, on day: LocalDate, _ accounts: [AccountID]) -> News {
        task(view, .taskDue, Cause(.taskDue, view.record.id, day), accounts)
    }

    private static func task(
        _ view: TaskView,
        _ kind: NoticeKind,
        _ cause: Cause,
        _ accounts: [AccountID]
    ) -> News {
        var details = NoticeDetails()
        details.task = view.record.id
        details.name = view.record.title
        details.date = view.record.dueOn
        return News(
            kind: kind,
            cause: cause,
            link: "/tasks",
            details: details,
            accounts: Set(accounts)
        )
    }
}
