import Ledger
import Storage

/// What moved between nodes of the ledger, from the rollups: never a single transaction.
///
/// Pending counts like posted, so that the cash of a budget is what its accounts show.
struct BudgetFlowStore {
    let transaction: any SQLTransaction
    let household: HouseholdID

    /// How many days are asked for at once.
    static let dayLimit = 512

    struct Row: Sendable {
        let node: AccountID
        let counter: AccountID
        let currency: Currency
        let period: LocalDate
        let net: Int64
    }

    /// A row a month, node and account on the other side: all periods in one question.
    func months(
        from first: LocalDate,
        through last: LocalDate,
        _ read: (Row) throws -> Void
    ) throws {
        try rows("grain = 1 AND period >= \(first) AND period <= \(last)", read)
    }

    func days(in span: DateSpan, _ read: (Row) throws -> Void) throws {
        try rows("grain = 0 AND period >= \(span.first) AND period <= \(span.last)", read)
    }

    /// The days at the edges of periods that do not begin with a month.
    func days(_ days: [LocalDate], _ read: (Row) throws -> Void) throws {
        var rest = days[...]
        while !rest.isEmpty {
            let piece = rest.prefix(Self.dayLimit)
            rest = rest.dropFirst(piece.count)
            try rows("grain = 0 AND period IN \(list: piece)", read)
        }
    }

    /// The days of some nodes in other currencies than the household's.
    func foreignDays(
        of nodes: [AccountID],
        in span: DateSpan,
        home: Currency,
        _ read: (Row) throws -> Void
    ) throws {
        guard !nodes.isEmpty else { return }
        try rows(
            """
            grain = 0 AND node_id IN \(list: nodes) AND period >= \(span.first)
                AND period <= \(span.last) AND currency <> \(home.code)
            """,
            read
        )
    }

    private func rows(_ condition: SQLText, _ read: (Row) throws -> Void) throws {
        try transaction.forEach(
            """
            SELECT node_id, counter_id, currency, period, posted_net + pending_net FROM rollup
            WHERE household_id = \(household) AND \(condition)
            """
        ) { row in
            let found = Row(
                node: try row.identifier(),
                counter: try row.identifier(),
                currency: try row.currency(),
                period: try row.date(),
                net: try row.amount()
            )
            if found.net != 0 { try read(found) }
        }
    }

    /// What nodes held before a day began, in each of their currencies.
    func balances(
        of nodes: [AccountID],
        before day: LocalDate
    ) throws -> [(node: AccountID, held: Money)] {
        guard !nodes.isEmpty else { return [] }
        let month = day.month.firstDay
        return try transaction.rows(
            """
            SELECT node_id, currency, SUM(posted_net + pending_net) FROM rollup
            WHERE household_id = \(household) AND node_id IN \(list: nodes)
                AND (grain = 1 AND period < \(month)
                    OR grain = 0 AND period >= \(month) AND period < \(day))
            GROUP BY node_id, currency
            """
        ) { row in
            let id: AccountID = try row.identifier()
            let currency = try row.currency()
            return (id, Money(tenThousandths: try row.amount(), currency))
        }
    }

    /// The first month in which anything is.
    func firstMonth() throws -> LocalDate? {
        try transaction.first(
            """
            SELECT MIN(period) FROM rollup WHERE household_id = \(household) AND grain = 1
            """
        ) { try $0.dateOrNil() } ?? nil
    }
}

/// Which rollups make up which of some periods.
///
/// A month that lies in one period is one row a pair of nodes. One that lies in two is given to the one that has most of it,
/// and the days of the other are moved over. Months of weeks are read by the day.
struct BudgetGrains {
    /// By the first day of a month: the number of its period.
    private(set) var months: [LocalDate: Int] = [:]
    /// By day: the period that it is taken from, and the one that it is given to.
    private(set) var days: [LocalDate: (from: Int?, to: Int?)] = [:]

    init(_ periods: [BudgetPeriod]) {
        guard let first = periods.first?.span.first, let last = periods.last?.span.last else {
            return
        }
        var next = 0
        for month in (DateSpan(first, last) ?? DateSpan(first.month)).months {
            while next < periods.count, periods[next].span.last < month.firstDay { next += 1 }
            var parts: [(number: Int, span: DateSpan)] = []
            var number = next
            while number < periods.count, periods[number].span.first <= month.lastDay {
                let span = periods[number].span
                if let part = DateSpan(
                    max(span.first, month.firstDay),
                    min(span.last, month.lastDay)
                ) {
                    parts.append((number, part))
                }
                number += 1
            }
            add(month, parts)
        }
    }

    private mutating func add(_ month: Month, _ parts: [(number: Int, span: DateSpan)]) {
        let whole = DateSpan(month)
        guard let most = parts.max(by: { $0.span.dayCount < $1.span.dayCount }) else { return }
        guard parts.count <= 2, most.span.dayCount * 2 >= whole.dayCount else {
            for part in parts { move(part.span, from: nil, to: part.number) }
            return
        }
        months[month.firstDay] = most.number
        for part in parts where part.number != most.number {
            move(part.span, from: most.number, to: part.number)
        }
        // Days of the month that are in no period.
        for day in whole.days where !parts.contains(where: { $0.span.contains(day) }) {
            days[day] = (most.number, nil)
        }
    }

    private mutating func move(_ span: DateSpan, from source: Int?, to target: Int?) {
        for day in span.days { days[day] = (source, target) }
    }
}

extension DateSpan {
    fileprivate var days: [LocalDate] { (0..<dayCount).map { first.adding(days: $0) } }
}
