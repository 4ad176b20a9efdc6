import Ledger
import Storage

/// Reads goals with all that is computed of them, as far as the transaction shows it.
struct GoalReader {
    let transaction: any SQLTransaction
    let member: Member
    let today: LocalDate

    private var store: GoalStore {
        GoalStore(transaction: transaction, household: member.household)
    }

    private func rates() throws -> RateTable {
        try RateStore(transaction: transaction, household: member.household)
            .rates(to: member.currency)
    }

    // MARK: Goals

    /// - Throws: 409 `goal.too_large`
    func list(_ query: GoalListQuery) throws -> [GoalView] {
        let records = try store.all(includingDeleted: query.includesDeleted)
            .filter { query.state == nil || $0.state == query.state }
        return try views(records)
    }

    /// Deleted ones too.
    ///
    /// - Throws: 404
    func view(_ id: GoalID) throws -> GoalView {
        guard let view = try views([store.load(id)], only: id).first else {
            throw APIError.notFound("goal")
        }
        return view
    }

    /// - Throws: 404
    func live(_ id: GoalID) throws -> GoalView {
        let view = try view(id)
        guard view.record.deletedAt == nil else { throw APIError.notFound("goal") }
        return view
    }

    private func views(_ records: [GoalRecord], only id: GoalID? = nil) throws -> [GoalView] {
        guard !records.isEmpty else { return [] }
        return try APIError.counting(or: .goalsTooLarge) { try computed(records, only: id) }
    }

    private func computed(_ records: [GoalRecord], only id: GoalID?) throws -> [GoalView] {
        let shares = Dictionary(grouping: try store.shares(of: id), by: \.goal)
        let days = Dictionary(grouping: try store.days(of: id), by: \.goal)
        let accounts = Dictionary(
            uniqueKeysWithValues: try accounts().map { ($0.account.id, $0) }
        )
        var averages = SpendingAverages(reader: self)
        return try records.map { record in
            let spending = try record.averageMonths.map { try averages.average(of: $0) }
            let target = try Self.target(of: record, spending)
            let course = try course(of: record, to: target, days[record.id] ?? [])
            let mine = shares[record.id] ?? []
            return GoalView(
                record: record,
                course: course,
                places: mine.filter { $0.amount != 0 }.compactMap { share in
                    accounts[share.account].map { place in
                        GoalView.Place(
                            account: share.account,
                            name: place.account.name,
                            amount: Money(tenThousandths: share.amount, record.currency),
                            isOvercommitted: place.earmarks.isOvercommitted
                        )
                    }
                },
                released: try mine.map { Money(tenThousandths: -$0.released, record.currency) }
                    .sum(in: record.currency),
                spending: spending,
                figures: try GoalView.Figures(record, course)
            )
        }
    }

    private func course(
        of record: GoalRecord,
        to target: Money?,
        _ days: [GoalStore.Day]
    ) throws -> GoalCourse {
        let (start, currency) = (record.startDate, record.currency)
        var months: [Month: Money] = [:]
        var settled = Money.zero(currency)
        for day in days {
            let (month, amount) = (day.date.month, Money(tenThousandths: day.amount, currency))
            months[month] = try (months[month] ?? .zero(currency)).adding(amount)
            let isBefore = day.date < start || day.isRelease && day.date == start
            if month == start.month, isBefore { settled = try settled.adding(amount) }
        }
        return GoalCourse(
            currency: currency,
            target: target,
            start: start.month,
            end: record.targetDate?.month,
            now: today.month,
            contributed: months,
            settled: settled
        )
    }

    private static func target(
        of record: GoalRecord,
        _ spending: SpendingAverage?
    ) throws -> Money? {
        guard record.kind == .emergencyFund else { return record.targetAmount }
        guard let spending, let months = record.monthsOfSpending else { return nil }
        return try spending.target(months: months)
    }

    fileprivate func average(over count: Int) throws -> SpendingAverage {
        let last = today.month.adding(months: -1)
        let spent = try store.spending(from: last.adding(months: 1 - count), through: last)
        return try SpendingAverage(of: spent, through: last, rates())
    }

    func path(of id: GoalID) throws -> GoalPath {
        let view = try live(id)
        let isProjected = view.record.state == .active
        return GoalPath(
            goal: id,
            currency: view.record.currency,
            target: view.course.target,
            rows: try APIError.counting(or: .goalsTooLarge) {
                try view.course.rows(isProjected: isProjected)
            }
        )
    }

    // MARK: All together

    /// Every account that can be saved on, with what is meant for goals on it.
    func accounts() throws -> [GoalSummary.Account] {
        let earmarked = try store.earmarked()
        return try store.accounts().filter {
            $0.isAsset && (!$0.isClosed || earmarked[$0.id] ?? 0 != 0)
        }
        .map { account in
            let sum = Money(tenThousandths: earmarked[account.id] ?? 0, account.currency)
            let earmarks = try Earmarks(balance: account.balance, earmarked: sum)
            return try GoalSummary.Account(account, earmarks)
        }
    }

    /// - Throws: 409 `goal.too_large`
    func summary() throws -> GoalSummary {
        let views = try views(store.all())
        return try APIError.counting(or: .goalsTooLarge) { try summary(of: views) }
    }

    private func summary(of views: [GoalView]) throws -> GoalSummary {
        let open = views.filter { $0.record.state != .finished }
        let rates = try rates()
        var missing: Set<Currency> = []
        func sum(_ amount: (GoalView) -> Money?) throws -> Money {
            var total = Money.zero(member.currency)
            for money in open.compactMap(amount) {
                if let known = try rates.convert(money, on: today) {
                    total = try total.adding(known)
                } else {
                    missing.insert(money.currency)
                }
            }
            return total
        }
        return GoalSummary(
            currency: member.currency,
            saved: try sum { $0.figures.saved },
            target: try sum { $0.course.target },
            remaining: try sum { $0.figures.remaining },
            due: try sum { $0.record.state == .active ? $0.figures.suggestion?.due : nil },
            missingRates: missing,
            counts: Dictionary(grouping: views, by: \.record.state).mapValues(\.count),
            accounts: try accounts()
        )
    }
}

/// Averages that several goals look at, each asked for once.
private struct SpendingAverages {
    let reader: GoalReader
    private var known: [Int: SpendingAverage] = [:]

    init(reader: GoalReader) {
        self.reader = reader
    }

    mutating func average(of months: Int) throws -> SpendingAverage {
        if let average = known[months] { return average }
        let average = try reader.average(over: months)
        known[months] = average
        return average
    }
}
