import Ledger
import Storage

/// Budgets and what is planned for their periods.
struct BudgetStore {
    let transaction: any SQLTransaction
    let household: HouseholdID

    // MARK: Settings

    /// Those of a household that has said nothing are the usual ones.
    func settings() throws -> BudgetSettings {
        let found = try transaction.first(
            """
            SELECT look, length, month_start, holidays, version, updated_at FROM budget_settings
            WHERE household_id = \(household)
            """
        ) { row in
            var settings = BudgetSettings()
            settings.look = BudgetSettings.Look(rawValue: try row.text()) ?? .envelope
            settings.length = BudgetSettings.Length(rawValue: try row.text()) ?? .month
            let day = try row.integerOrNil().map(Int.init)
            settings.monthStart = day.map { .day($0) } ?? .lastWorkingDay
            settings.holidays = HolidayCalendar(rawValue: try row.text()) ?? .weekends
            settings.version = try row.integer()
            settings.updatedAt = try row.instant()
            return settings
        }
        return found ?? BudgetSettings()
    }

    func save(_ settings: BudgetSettings, at now: Instant) throws {
        try transaction.execute(
            "DELETE FROM budget_settings WHERE household_id = \(household)"
        )
        try transaction.execute(
            """
            INSERT INTO budget_settings (household_id, look, length, month_start, holidays, version,
                updated_at)
            VALUES (\(household), \(settings.look.rawValue), \(settings.length.rawValue),
                \(settings.monthDay), \(settings.holidays.rawValue), \(settings.version), \(now))
            """
        )
    }

    // MARK: Budgets

    /// Those of deleted categories are not there either: they come back with them.
    func budgets(_ currency: Currency, includingDeleted: Bool = false) throws -> [BudgetRecord] {
        try records(
            includingDeleted ? .empty : "AND b.deleted_at IS NULL AND a.deleted_at IS NULL",
            currency
        )
    }

    func find(_ category: AccountID, _ currency: Currency) throws -> BudgetRecord? {
        try records("AND b.category_id = \(category)", currency).first
    }

    private func records(_ condition: SQLText, _ currency: Currency) throws -> [BudgetRecord] {
        try transaction.rows(
            """
            SELECT b.category_id, a.name, b.rollover, b.kind, b.group_name, b.position, b.fill_rule,
                b.fill_amount, b.fill_weekday, b.fill_date, b.fill_number, b.fill_priority,
                b.deleted_at, b.version, b.created_at, b.updated_at
            FROM budget b JOIN account a ON a.household_id = b.household_id AND a.id = b.category_id
            WHERE b.household_id = \(household) \(condition)
            ORDER BY b.position, b.category_id
            """
        ) { try Self.record(&$0, currency) }
    }

    private static func record(_ row: inout SQLRow, _ currency: Currency) throws -> BudgetRecord {
        BudgetRecord(
            category: try row.identifier(),
            name: try row.text(),
            rollover: BudgetRollover(rawValue: try row.text()) ?? .none,
            kind: BudgetKind(rawValue: try row.text()) ?? .flexible,
            group: try row.textOrNil(),
            position: try row.integer(),
            fill: try fill(&row, currency),
            priority: try row.int(),
            deletedAt: try row.instantOrNil(),
            version: try row.integer(),
            createdAt: try row.instant(),
            updatedAt: try row.instant()
        )
    }

    private static func fill(_ row: inout SQLRow, _ currency: Currency) throws -> FillRule? {
        let name = try row.textOrNil().flatMap(StoredFill.Name.init)
        let amount = try row.amountOrNil().map { Money(tenThousandths: $0, currency) }
        let weekday = try row.textOrNil().flatMap(Weekday.init(name:))
        let date = try row.dateOrNil()
        let number = try row.integerOrNil().map(Int.init)
        return name.flatMap {
            StoredFill(
                name: $0,
                amount: amount,
                weekday: weekday,
                date: date,
                basisPoints: number,
                periods: number
            ).rule
        }
    }

    func insert(_ record: BudgetRecord) throws {
        let fill = record.fill.map(StoredFill.init)
        try transaction.execute(
            """
            INSERT INTO budget (household_id, category_id, rollover, kind, group_name, position,
                fill_rule, fill_amount, fill_weekday, fill_date, fill_number, fill_priority,
                created_at, updated_at)
            VALUES (\(household), \(record.category), \(record.rollover.rawValue),
                \(record.kind.rawValue), \(record.group), \(record.position),
                \(fill?.name.rawValue), \(fill?.amount), \(fill?.weekday?.name), \(fill?.date),
                \(fill?.basisPoints ?? fill?.periods), \(record.priority), \(record.createdAt),
                \(record.updatedAt))
            """
        )
    }

    func update(_ record: BudgetRecord, at now: Instant) throws {
        let fill = record.fill.map(StoredFill.init)
        try transaction.execute(
            """
            UPDATE budget SET rollover = \(record.rollover.rawValue), kind = \(record.kind.rawValue),
                group_name = \(record.group), position = \(record.position),
                fill_rule = \(fill?.name.rawValue), fill_amount = \(fill?.amount),
                fill_weekday = \(fill?.weekday?.name), fill_date = \(fill?.date),
                fill_number = \(fill?.basisPoints ?? fill?.periods),
                fill_priority = \(record.priority), deleted_at = \(record.deletedAt),
                version = version + 1, updated_at = \(now)
            WHERE household_id = \(household) AND category_id = \(record.category)
            """
        )
    }
}
