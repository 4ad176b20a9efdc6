import Interchange
package import Ledger
package import Storage

/// Bills as far as a transaction lets one see.
package struct BillStore {
    let transaction: any SQLTransaction
    let household: HouseholdID

    package init(transaction: any SQLTransaction, household: HouseholdID) {
        self.transaction = transaction
        self.household = household
    }

    // MARK: Reading

    /// Live ones, by name.
    package func all() throws -> [BillRecord] {
        try records("b.deleted_at IS NULL", "ORDER BY b.folded_name, b.id")
    }

    /// Deleted ones too, by id.
    func page(after id: BillID, limit: Int) throws -> [BillRecord] {
        try records("b.id > \(id)", "ORDER BY b.id LIMIT \(limit)")
    }

    /// Deleted ones too.
    package func find(_ id: BillID) throws -> BillRecord? {
        try records("b.id = \(id)").first
    }

    /// Deleted ones too.
    ///
    /// - Throws: 404
    func load(_ id: BillID) throws -> BillRecord {
        guard let record = try find(id) else { throw APIError.notFound("bill") }
        return record
    }

    func list(includingDeleted: Bool) throws -> [BillRecord] {
        try records(
            includingDeleted ? "1 = 1" : "b.deleted_at IS NULL",
            "ORDER BY b.folded_name, b.id"
        )
    }

    /// How many live ones there are, those that the member does not see included.
    func countAll() throws -> Int {
        try transaction.entire.first(
            "SELECT COUNT(*) FROM bill WHERE household_id = \(household) AND deleted_at IS NULL"
        ) { try $0.int() } ?? 0
    }

    private func records(
        _ condition: SQLText,
        _ rest: SQLText = "ORDER BY b.id"
    ) throws -> [BillRecord] {
        try transaction.rows(
            """
            SELECT b.id, b.name, b.direction, b.payee, b.account_id, b.to_account_id, b.category_id,
                b.currency, b.amount_kind, b.amount, b.amount_low, b.amount_high, b.learn_from,
                b.tolerance_percent, b.start_on, b.end_on, b.repeat_rule, b.month_end,
                b.working_days, b.holidays, b.days_before, b.days_after, b.allows_parts,
                b.remind_days, b.note, b.paused_on, b.asked_from, b.posts_from, b.version,
                b.created_at, b.updated_at, b.deleted_at,
                a.deleted_at IS NOT NULL OR o.deleted_at IS NOT NULL
            FROM bill b
            LEFT JOIN account a ON a.household_id = b.household_id AND a.id = b.account_id
            LEFT JOIN account o ON o.household_id = b.household_id AND o.id = b.to_account_id
            WHERE b.household_id = \(household) AND \(condition) \(rest)
            """
        ) { try Self.record(&$0) }
    }

    private static func record(_ row: inout SQLRow) throws -> BillRecord {
        let id: BillID = try row.identifier()
        let name = try row.text()
        let direction = BillRecord.Direction(rawValue: try row.text()) ?? .expense
        let payee = try row.textOrNil()
        let (account, toAccount): (AccountID?, AccountID?) = (
            try row.identifierOrNil(), try row.identifierOrNil()
        )
        let category: AccountID? = try row.identifierOrNil()
        let currency = try row.currency()
        return BillRecord(
            id: id,
            name: name,
            direction: direction,
            payee: payee,
            account: account,
            toAccount: toAccount,
            category: category,
            currency: currency,
            amount: try amount(&row, currency),
            start: try row.date(),
            end: try row.dateOrNil(),
            rule: try row.textOrNil().map { try RecurrenceRule($0) },
            monthEnd: MonthEnd(rawValue: try row.text()) ?? .lastDay,
            workingDays: WorkingDayPolicy(rawValue: try row.text()) ?? .none,
            holidays: HolidayCalendar(rawValue: try row.text()) ?? .weekends,
            daysBefore: try row.int(),
            daysAfter: try row.int(),
            allowsParts: try row.boolean(),
            remindDays: try row.integerOrNil().map(Int.init),
            note: try row.textOrNil(),
            pausedOn: try row.dateOrNil(),
            askedFrom: try row.date(),
            postsFrom: try row.dateOrNil(),
            version: try row.integer(),
            createdAt: try row.instant(),
            updatedAt: try row.instant(),
            deletedAt: try row.instantOrNil(),
            isStranded: try row.boolean()
        )
    }

    private static func amount(
        _ row: inout SQLRow,
        _ currency: Currency
    ) throws -> BillRecord.Amount {
        let kind = BillRecord.AmountKind(rawValue: try row.text()) ?? .fixed
        func money() throws -> Money? {
            try row.amountOrNil().map { Money(tenThousandths: $0, currency) }
        }
        let (usual, low, high) = (try money(), try money(), try money())
        let (last, percent) = (try row.integerOrNil(), try row.integerOrNil())
        let zero = Money.zero(currency)
        return switch kind {
        case .fixed: .fixed(usual ?? zero)
        case .range: .range(low: low ?? zero, usual: usual ?? zero, high: high ?? zero)
        case .learned:
            .learned(first: usual, last: Int(last ?? 3), tolerancePercent: percent ?? 10)
        }
    }

    // MARK: Writing

    func insert(_ record: BillRecord) throws {
        try transaction.execute(
            """
            INSERT INTO bill (household_id, id, name, folded_name, direction, payee, account_id,
                to_account_id, category_id, currency, amount_kind, amount, amount_low, amount_high,
                learn_from, tolerance_percent, start_on, end_on, repeat_rule, month_end,
                working_days, holidays, days_before, days_after, allows_parts, remind_days, note,
                paused_on, asked_from, posts_from, created_at, updated_at)
            VALUES (\(household), \(record.id), \(record.name), \(record.foldedName),
                \(record.direction.rawValue), \(record.payee), \(record.account),
                \(record.toAccount), \(record.category), \(record.currency),
                \(record.amount.kind.rawValue), \(record.amount.usual), \(record.amount.ends?.low),
                \(record.amount.ends?.high), \(record.amount.learning?.last),
                \(record.amount.learning?.tolerancePercent), \(record.start), \(record.end),
                \(record.rule?.description), \(record.monthEnd.rawValue),
                \(record.workingDays.rawValue), \(record.holidays.rawValue),
                \(record.daysBefore), \(record.daysAfter), \(record.allowsParts),
                \(record.remindDays), \(record.note), \(record.pausedOn), \(record.askedFrom),
                \(record.postsFrom), \(record.createdAt), \(record.updatedAt))
            """
        )
    }

    /// Raises the version.
    func update(_ record: BillRecord, at now: Instant) throws {
        try transaction.execute(
            """
            UPDATE bill SET name = \(record.name), folded_name = \(record.foldedName),
                direction = \(record.direction.rawValue), payee = \(record.payee),
                account_id = \(record.account), to_account_id = \(record.toAccount),
                category_id = \(record.category), currency = \(record.currency),
                amount_kind = \(record.amount.kind.rawValue), amount = \(record.amount.usual),
                amount_low = \(record.amount.ends?.low), amount_high = \(record.amount.ends?.high),
                learn_from = \(record.amount.learning?.last),
                tolerance_percent = \(record.amount.learning?.tolerancePercent),
                start_on = \(record.start), end_on = \(record.end),
                repeat_rule = \(record.rule?.description), month_end = \(record.monthEnd.rawValue),
                working_days = \(record.workingDays.rawValue),
                holidays = \(record.holidays.rawValue), days_before = \(record.daysBefore),
                days_after = \(record.daysAfter), allows_parts = \(record.allowsParts),
                remind_days = \(record.remindDays), note = \(record.note),
                paused_on = \(record.pausedOn), asked_from = \(record.askedFrom),
                posts_from = \(record.postsFrom), deleted_at = \(record.deletedAt),
                version = version + 1, updated_at = \(now)
            WHERE household_id = \(household) AND id = \(record.id)
            """
        )
    }
}

extension BillRecord {
    /// What orders by name.
    var foldedName: String { PayeeName.folded(name) }
}
