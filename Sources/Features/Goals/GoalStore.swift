import Ledger
import Storage

/// What a household saves for.
struct GoalStore {
    let transaction: any SQLTransaction
    let household: HouseholdID

    // MARK: Goals

    /// In people's order.
    func all(includingDeleted: Bool = false) throws -> [GoalRecord] {
        try records(includingDeleted ? .empty : "AND deleted_at IS NULL")
    }

    func find(_ id: GoalID) throws -> GoalRecord? { try records("AND id = \(id)").first }

    /// - Throws: 404
    func load(_ id: GoalID) throws -> GoalRecord {
        guard let record = try find(id) else { throw APIError.notFound("goal") }
        return record
    }

    /// Those whose earmarks come by themselves now.
    func automatic() throws -> [GoalRecord] {
        try records("AND deleted_at IS NULL AND state = 'active' AND automatic_rule IS NOT NULL")
    }

    private func records(_ condition: SQLText) throws -> [GoalRecord] {
        try transaction.rows(
            """
            SELECT id, name, kind, state, currency, note, target_amount, target_date, target_day,
                start_date, repeat_months, months_of_spending, average_months, automatic_rule,
                automatic_account_id, automatic_amount, automatic_day, automatic_category_id,
                automatic_through, position, reached_at, finished_at, deleted_at, version,
                created_at, updated_at
            FROM goal WHERE household_id = \(household) \(condition) ORDER BY position, id
            """
        ) { try Self.record(&$0) }
    }

    private static func record(_ row: inout SQLRow) throws -> GoalRecord {
        let id: GoalID = try row.identifier()
        let name = try row.text()
        let kind = GoalRecord.Kind(rawValue: try row.text()) ?? .saving
        let state = GoalRecord.State(rawValue: try row.text()) ?? .paused
        let currency = try row.currency()
        return GoalRecord(
            id: id,
            name: name,
            kind: kind,
            state: state,
            currency: currency,
            note: try row.textOrNil(),
            targetAmount: try row.amountOrNil().map { Money(tenThousandths: $0, currency) },
            targetDate: try row.dateOrNil(),
            targetDay: try row.integerOrNil().flatMap { MonthlyDay(Int($0)) },
            startDate: try row.date(),
            repeatMonths: try row.integerOrNil().map(Int.init),
            monthsOfSpending: try row.integerOrNil().map(Int.init),
            averageMonths: try row.integerOrNil().map(Int.init),
            automatic: try automatic(&row, currency),
            position: try row.integer(),
            reachedAt: try row.instantOrNil(),
            finishedAt: try row.instantOrNil(),
            deletedAt: try row.instantOrNil(),
            version: try row.integer(),
            createdAt: try row.instant(),
            updatedAt: try row.instant()
        )
    }

    private static func automatic(
        _ row: inout SQLRow,
        _ currency: Currency
    ) throws -> GoalRecord.Automatic? {
        let name = try row.textOrNil().flatMap(GoalRecord.Automatic.RuleName.init)
        let account: AccountID? = try row.identifierOrNil()
        let amount = try row.amountOrNil().map { Money(tenThousandths: $0, currency) }
        let day = try row.integerOrNil().flatMap { MonthlyDay(Int($0)) }
        let category: AccountID? = try row.identifierOrNil()
        let through = try row.dateOrNil()
        guard let name, let account, let through else { return nil }
        let rule: GoalRecord.Automatic.Rule? =
            switch name {
            case .fixed: amount.flatMap { amount in day.map { .fixed(amount, $0) } }
            case .budget: category.map { .budget($0) }
            }
        return rule.map { GoalRecord.Automatic(rule: $0, account: account, through: through) }
    }

    func insert(_ record: GoalRecord) throws {
        let automatic = record.automatic
        try transaction.execute(
            """
            INSERT INTO goal (household_id, id, name, kind, state, currency, note, target_amount,
                target_date, target_day, start_date, repeat_months, months_of_spending, average_months,
                automatic_rule, automatic_account_id, automatic_amount, automatic_day,
                automatic_category_id, automatic_through, position, created_at, updated_at)
            VALUES (\(household), \(record.id), \(record.name), \(record.kind.rawValue),
                \(record.state.rawValue), \(record.currency), \(record.note),
                \(record.targetAmount), \(record.targetDate), \(record.targetDay?.day),
                \(record.startDate),
                \(record.repeatMonths), \(record.monthsOfSpending), \(record.averageMonths),
                \(automatic?.ruleName.rawValue), \(automatic?.account), \(automatic?.amount),
                \(automatic?.day), \(automatic?.category), \(automatic?.through),
                \(record.position), \(record.createdAt), \(record.updatedAt))
            """
        )
    }

    /// Raises the version.
    func update(_ record: GoalRecord, at now: Instant) throws {
        let automatic = record.automatic
        try transaction.execute(
            """
            UPDATE goal SET name = \(record.name), state = \(record.state.rawValue),
                note = \(record.note), target_amount = \(record.targetAmount),
                target_date = \(record.targetDate), target_day = \(record.targetDay?.day), start_date = \(record.startDate),
                repeat_months = \(record.repeatMonths),
                months_of_spending = \(record.monthsOfSpending),
                average_months = \(record.averageMonths),
                automatic_rule = \(automatic?.ruleName.rawValue),
                automatic_account_id = \(automatic?.account),
                automatic_amount = \(automatic?.amount), automatic_day = \(automatic?.day),
                automatic_category_id = \(automatic?.category),
                automatic_through = \(automatic?.through), finished_at = \(record.finishedAt),
                reached_at = \(record.reachedAt), deleted_at = \(record.deletedAt),
                version = version + 1, updated_at = \(now)
            WHERE household_id = \(household) AND id = \(record.id)
            """
        )
    }

    func setPosition(_ position: Int64, of id: GoalID) throws {
        try transaction.execute(
            """
            UPDATE goal SET position = \(position)
            WHERE household_id = \(household) AND id = \(id)
            """
        )
    }

    func setReached(_ moment: Instant?, _ id: GoalID) throws {
        try transaction.execute(
            """
            UPDATE goal SET reached_at = \(moment)
            WHERE household_id = \(household) AND id = \(id)
            """
        )
    }

    func setThrough(_ day: LocalDate, _ id: GoalID) throws {
        try transaction.execute(
            """
            UPDATE goal SET automatic_through = \(day)
            WHERE household_id = \(household) AND id = \(id)
            """
        )
    }

    // MARK: History

    /// - Throws: 404
    func contribution(
        _ id: GoalContributionID,
        of goal: GoalID
    ) throws -> GoalContribution {
        let found = try contributions("AND c.goal_id = \(goal) AND c.id = \(id)", "LIMIT 1").first
        guard let found else { throw APIError.notFound("goal_contribution") }
        return found
    }

    /// A page of what counts, the newest first, with one more row where there is one.
    func history(of goal: GoalID, _ query: GoalContributionQuery) throws -> [GoalContribution] {
        var condition: SQLText = "AND c.goal_id = \(goal) AND c.deleted_at IS NULL"
        if let cursor = query.cursor {
            condition.append(" AND (c.date, c.id) < (\(cursor.date), \(cursor.id))")
        }
        return try contributions(
            condition,
            "ORDER BY c.date DESC, c.id DESC LIMIT \(query.limit + 1)"
        )
    }

    /// All that count, of all goals, in the order of their ids.
    func page(after cursor: String?, limit: Int) throws -> [GoalContribution] {
        try contributions(
            "AND c.deleted_at IS NULL AND c.id > \(GoalContributionID(after: cursor))",
            "ORDER BY c.id LIMIT \(limit)"
        )
    }

    private func contributions(
        _ condition: SQLText,
        _ rest: SQLText
    ) throws -> [GoalContribution] {
        try transaction.rows(
            """
            SELECT c.id, c.goal_id, g.name, c.account_id, a.name, a.currency, c.amount, c.date,
                c.source, c.period, c.planned_amount, c.note, m.person_id, p.name, c.created_at,
                c.deleted_at
            FROM goal_contribution c
            JOIN goal g ON g.household_id = c.household_id AND g.id = c.goal_id
            JOIN account a ON a.household_id = c.household_id AND a.id = c.account_id
            LEFT JOIN member m ON m.household_id = c.household_id AND m.person_id = c.person_id
            LEFT JOIN person p ON p.id = m.person_id
            WHERE c.household_id = \(household) \(condition) \(rest)
            """
        ) { try Self.contribution(&$0) }
    }

    private static func contribution(_ row: inout SQLRow) throws -> GoalContribution {
        let id: GoalContributionID = try row.identifier()
        let goal: GoalID = try row.identifier()
        let goalName = try row.text()
        let account: AccountID = try row.identifier()
        let accountName = try row.text()
        let currency = try row.currency()
        return GoalContribution(
            id: id,
            goal: goal,
            goalName: goalName,
            account: account,
            accountName: accountName,
            amount: Money(tenThousandths: try row.amount(), currency),
            date: try row.date(),
            source: GoalContribution.Source(rawValue: try row.text()) ?? .manual,
            period: try row.dateOrNil(),
            planned: try row.amountOrNil().map { Money(tenThousandths: $0, currency) },
            note: try row.textOrNil(),
            person: try row.identifierOrNil(),
            personName: try row.textOrNil(),
            createdAt: try row.instant(),
            deletedAt: try row.instantOrNil()
        )
    }

    func insert(_ row: GoalContribution) throws {
        try transaction.execute(
            """
            INSERT INTO goal_contribution (household_id, id, goal_id, account_id, amount, date, source,
                period, planned_amount, note, person_id, created_at)
            VALUES (\(household), \(row.id), \(row.goal), \(row.account), \(row.amount), \(row.date),
                \(row.source.rawValue), \(row.period), \(row.planned), \(row.note), \(row.person),
                \(row.createdAt))
            """
        )
    }

    func setDeleted(_ moment: Instant?, _ id: GoalContributionID) throws {
        try transaction.execute(
            """
            UPDATE goal_contribution SET deleted_at = \(moment)
            WHERE household_id = \(household) AND id = \(id)
            """
        )
    }

    func countContributions(of goal: GoalID) throws -> Int {
        try transaction.first(
            """
            SELECT COUNT(*) FROM goal_contribution
            WHERE household_id = \(household) AND goal_id = \(goal) AND deleted_at IS NULL
            """
        ) { try $0.int() } ?? 0
    }

    /// The periods that something was made for already, also where it was deleted since.
    func periods(of goal: GoalID) throws -> Set<LocalDate> {
        Set(
            try transaction.rows(
                """
                SELECT period FROM goal_contribution
                WHERE household_id = \(household) AND goal_id = \(goal) AND period IS NOT NULL
                """
            ) { try $0.date() }
        )
    }
}
