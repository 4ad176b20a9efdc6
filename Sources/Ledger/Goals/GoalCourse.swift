/// The way to a goal, month by month: what an even path asks for, and what came.
package struct GoalCourse: Hashable, Sendable {
    package let currency: Currency
    /// Nil where nothing is aimed at.
    package let target: Money?
    package let start: Month
    /// The month by whose end the target is to be there; nil where there is no hurry.
    package let end: Month?
    package let now: Month
    /// What came in each month, and what was taken out.
    private let contributed: [Month: Money]
    /// What of the first month's was there before the path began: what was taken off for the time before, for example.
    private let settled: Money

    package enum Pace: String, CaseIterable, Sendable {
        case onTrack = "on_track"
        case behind, ahead, reached, open
    }

    package struct Row: Hashable, Sendable {
        package let month: Month
        /// What an even path has by the end of the month.
        package let planned: Money?
        package let actual: Money?
        package let contributed: Money?
        /// What there will be if the rest comes in even parts.
        package let projected: Money?
    }

    /// The most months that a picture has.
    package static let rowLimit = 600

    package init(
        currency: Currency,
        target: Money?,
        start: Month,
        end: Month?,
        now: Month,
        contributed: [Month: Money],
        settled: Money? = nil
    ) {
        self.currency = currency
        self.target = target
        self.start = start
        self.end = end
        self.now = now
        self.contributed = contributed
        self.settled = settled ?? .zero(currency)
    }

    // MARK: What is there

    package func saved() throws(MoneyError) -> Money {
        try Array(contributed.values).sum(in: currency)
    }

    private func saved(before month: Month) throws(MoneyError) -> Money {
        try contributed.filter { $0.key < month }.map(\.value).sum(in: currency)
    }

    private func contributed(in month: Month) -> Money { contributed[month] ?? .zero(currency) }

    /// What was there when a month of the path began, or when the path did in it.
    private func base(of month: Month) throws(MoneyError) -> Money {
        let saved = try saved(before: month)
        return month == start ? try saved.adding(settled) : saved
    }

    /// What came for the path in a month.
    private func paid(in month: Month) throws(MoneyError) -> Money {
        let net = contributed(in: month)
        return month == start ? try net.subtracting(settled) : net
    }

    package func isReached() throws(MoneyError) -> Bool {
        guard let target, !target.isZero else { return false }
        return try saved().tenThousandths >= target.tenThousandths
    }

    package func remaining() throws(MoneyError) -> Money? {
        guard let target else { return nil }
        return try target.subtracting(saved()).orZero
    }

    // MARK: What is asked for

    /// What an even path has by the end of a month: equal parts from the first month on, rounded up, the last takes the
    /// rest. What was there before the first month counts.
    package func planned(through month: Month) throws(MoneyError) -> Money? {
        guard let target, let end else { return nil }
        let base = try base(of: start)
        let total = try target.subtracting(base).orZero
        let months = max(start.months(until: end) + 1, 1)
        let gone = min(max(start.months(until: month) + 1, 0), months)
        return try base.adding(Self.parts(gone, of: months, total))
    }

    private static func parts(_ count: Int, of all: Int, _ total: Money) throws(MoneyError) -> Money
    {
        guard count < all else { return total }
        return try total.firstPart(of: all).scaled(by: Int64(count), over: 1).atMost(total)
    }

    package func behindBy() throws(MoneyError) -> Money? {
        guard let planned = try planned(through: now.adding(months: -1)) else { return nil }
        return try planned.subtracting(saved()).orZero
    }

    /// How many months are left, this one counted; 0 once the day is past.
    package var monthsLeft: Int? { end.map { max(now.months(until: $0) + 1, 0) } }

    /// What should come each month from now on, and what of it is still to come in this one.
    ///
    /// It is told from what was there when the month began, so that it stays the same while money comes in.
    package func suggestion() throws(MoneyError) -> (monthly: Money, due: Money)? {
        guard let target, let end else { return nil }
        let first = max(now, start)
        let left = try target.subtracting(base(of: first)).orZero
        let monthly = left.firstPart(of: max(first.months(until: end) + 1, 1))
        guard now >= start else { return (monthly, .zero(currency)) }
        let open = try target.subtracting(saved()).orZero
        let due = try monthly.subtracting(paid(in: now)).orZero
        return (monthly, due.atMost(open))
    }

    package func pace() throws(MoneyError) -> Pace {
        if try isReached() { return .reached }
        guard let due = try planned(through: now.adding(months: -1)),
            let full = try planned(through: now)
        else { return .open }
        let saved = try saved().tenThousandths
        if saved < due.tenThousandths { return .behind }
        return saved > full.tenThousandths ? .ahead : .onTrack
    }

    // MARK: What will be

    /// What came a month on average in the last three whole months of the path; nil before there was one.
    package func recentPace() throws(MoneyError) -> Money? {
        let first = max(contributed.keys.min() ?? now, start)
        let count = min(first.months(until: now), 3)
        guard count > 0 else { return nil }
        var sum = Money.zero(currency)
        for back in 1...count { sum = try sum.adding(paid(in: now.adding(months: -back))) }
        return try sum.scaled(by: 1, over: Int64(count))
    }

    /// The month in which the target is there if so much comes each month; nil where that is in no hundred years.
    package func arrival(at monthly: Money) throws(MoneyError) -> Month? {
        guard let remaining = try remaining(), monthly.tenThousandths > 0 else { return nil }
        guard !remaining.isZero else { return now }
        let needed = (remaining.tenThousandths - 1) / monthly.tenThousandths + 1
        guard needed <= 1_200 else { return nil }
        let isPaid = try paid(in: now).tenThousandths > 0
        return now.adding(months: Int(needed) - (isPaid ? 0 : 1))
    }

    /// - Parameter isProjected: whether to say how it will go on.
    package func rows(isProjected: Bool) throws(MoneyError) -> [Row] {
        let last = max(end ?? now, now)
        let earliest = min(contributed.keys.min() ?? start, start, now)
        let first = max(earliest, last.adding(months: 1 - Self.rowLimit))
        let isOpen = target == nil || end == nil
        var sum = try saved(before: first)
        let saved = try saved()
        var rows: [Row] = []
        for offset in 0...first.months(until: last) {
            let month = first.adding(months: offset)
            let net = contributed(in: month)
            sum = try sum.adding(net)
            let isPlanned = !isOpen && month >= start && month <= max(end ?? start, start)
            rows.append(
                Row(
                    month: month,
                    planned: isPlanned ? try planned(through: month) : nil,
                    actual: month <= now ? sum : nil,
                    contributed: month <= now ? net : nil,
                    projected: isProjected && month >= now ? try projected(month, saved) : nil
                )
            )
        }
        return rows
    }

    private func projected(_ month: Month, _ saved: Money) throws(MoneyError) -> Money? {
        guard let target, let end else { return nil }
        let left = try target.subtracting(saved).orZero
        let gone = now.months(until: month)
        guard gone > 0 else { return saved }
        return try saved.adding(Self.parts(gone, of: max(now.months(until: end), 1), left))
    }
}
