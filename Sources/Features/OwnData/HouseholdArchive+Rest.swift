import Ledger
import Storage

/// What stands around the ledger.
extension HouseholdArchive {
    struct Payee: Sendable {
        let id: PayeeID
        let name: String
        let expenseCategory: AccountID?
        let incomeCategory: AccountID?
    }

    var payees: ArchiveTable<Payee> {
        let shape = Shape<Payee>("ArchivedPayee") { shape in
            shape.id("id", \.id)
            shape.text("name", \.name)
            shape.idOrNil("expense_category_id", \.expenseCategory)
            shape.idOrNil("income_category_id", \.incomeCategory)
        }
        return ArchiveTable("payees", shape) { [self] cursor in
            let rows = try await read { [member] transaction in
                try transaction.rows(
                    """
                    SELECT id, name, expense_category_id, income_category_id FROM payee
                    WHERE household_id = \(member.household) AND id > \(PayeeID(after: cursor))
                    ORDER BY id LIMIT \(Self.pageSize)
                    """
                ) { row in
                    Payee(
                        id: try row.identifier(),
                        name: try row.text(),
                        expenseCategory: try row.identifierOrNil(),
                        incomeCategory: try row.identifierOrNil()
                    )
                }
            }
            return ArchivePage(rows, limit: Self.pageSize) { $0.id.description }
        }
    }

    struct Tag: Sendable {
        let name: String
        let count: Int64
    }

    var tags: ArchiveTable<Tag> {
        let shape = Shape<Tag>("ArchivedTag") { shape in
            shape.text("tag", \.name)
            shape.integer("transaction_count", \.count)
        }
        return ArchiveTable("tags", shape) { [self] cursor in
            let rows = try await read { [member] transaction in
                try transaction.rows(
                    """
                    SELECT tag, COUNT(*) FROM transaction_tag
                    WHERE household_id = \(member.household) AND tag > \(cursor ?? "")
                    GROUP BY tag ORDER BY tag LIMIT \(Self.pageSize)
                    """
                ) { Tag(name: try $0.text(), count: try $0.integer()) }
            }
            return ArchivePage(rows, limit: Self.pageSize, cursor: \.name)
        }
    }

    struct Rate: Sendable {
        let date: LocalDate
        let amount: Money
        let target: Money
    }

    /// What an exchange told: so much of one currency was so much of another.
    var rates: ArchiveTable<Rate> {
        let shape = Shape<Rate>("ArchivedRate") { shape in
            shape.date("date", \.date)
            shape.amount("amount", \.amount)
            shape.currency("currency", \.amount.currency)
            shape.amount("target_amount", \.target)
            shape.currency("target_currency", \.target.currency)
        }
        return ArchiveTable("rates", shape) { [self] cursor in
            let last = cursor?.split(separator: " ").map(String.init) ?? []
            let day = last.first.flatMap { LocalDate($0) } ?? .earliest
            let pair = (last.dropFirst().first ?? "", last.dropFirst(2).first ?? "")
            let rows = try await read { [member] transaction in
                try transaction.rows(
                    """
                    SELECT date, currency, amount, target, target_amount FROM exchange_rate
                    WHERE household_id = \(member.household)
                        AND (date, currency, target) > (\(day), \(pair.0), \(pair.1))
                    ORDER BY date, currency, target LIMIT \(Self.pageSize)
                    """
                ) { row in
                    let date = try row.date()
                    let currency = try row.currency()
                    let amount = Money(tenThousandths: try row.amount(), currency)
                    let target = try row.currency()
                    return Rate(
                        date: date,
                        amount: amount,
                        target: Money(tenThousandths: try row.amount(), target)
                    )
                }
            }
            return ArchivePage(rows, limit: Self.pageSize) {
                "\($0.date) \($0.amount.currency.code) \($0.target.currency.code)"
            }
        }
    }

    var tasks: ArchiveTable<TaskView> {
        ArchiveTable("tasks", TaskView.shape) { [self] cursor in
            let page = try await read { [member] transaction in
                try TaskStore(transaction: transaction, member: member)
                    .page(after: cursor, limit: Self.pageSize)
            }
            return ArchivePage(page, limit: Self.pageSize) { $0.record.id.description }
        }
    }

    var recurringChoices: ArchiveTable<RecurringChoice> {
        ArchiveTable("recurring_choices", RecurringChoice.shape) { [self] in
            try await read { [member] transaction in
                try RecurringStore(transaction: transaction, household: member.household).choices()
            }
        }
    }

    // MARK: Imports

    var imports: ArchiveTable<ImportBatch> {
        let shape = Shape<ImportBatch>("ArchivedImport") { shape in
            shape.id("id", \.id)
            shape.text("file_name", \.fileName)
            shape.textOrNil("format", \.report.format)
            shape.choice("state", \.state)
            shape.integer("rows") { Int64($0.report.rows) }
            shape.integer("new") { Int64($0.report.new) }
            shape.integer("duplicates") { Int64($0.report.duplicates) }
            shape.instant("created_at", \.createdAt)
            shape.instantOrNil("committed_at", \.committedAt)
            shape.instantOrNil("undone_at", \.undoneAt)
        }
        return ArchiveTable("imports", shape) { [self] in try await batches() }
    }

    /// - Invariant: bounded by how many files people bring; each row is small.
    func batches() async throws -> [ImportBatch] {
        try await read { [member] transaction in
            try ImportStore(transaction: transaction, member: member).latest(100_000)
        }
    }

    /// Nil once it is not kept any more.
    func file(of batch: ImportBatch) async throws -> [UInt8]? {
        try await read { [member] transaction in
            try ImportStore(transaction: transaction, member: member).findFile(of: batch.id)
        }
    }

    // MARK: The trail

    var audit: ArchiveTable<TrailEntry> {
        ArchiveTable("audit", TrailEntry.shape) { [self] cursor in
            var members = [
                JSONMember(name: "limit", value: .number(String(TrailQuery.largestPage)))
            ]
            if let cursor { members.append(JSONMember(name: "cursor", value: .string(cursor))) }
            let query: TrailQuery = try FieldReader.read(from: members)
            let page = try await read { [environment, member] transaction in
                try TrailReader(transaction, member, environment.keys).page(query)
            }
            return ArchivePage(rows: page.entries, next: page.next.map(TrailCursor.text))
        }
    }

    struct Change: Sendable {
        let sequence: Int64
        let change: TrailDetail.Change
    }

    /// The rows of bulk changes, behind the entries of `audit` that have a count.
    var auditChanges: ArchiveTable<Change> {
        let shape = Shape<Change>("ArchivedChange") { shape in
            shape.text("entry_id") { String($0.sequence) }
            shape.integer("position") { Int64($0.change.position) }
            shape.id("entity_id") { AuditEntryID($0.change.entity) }
            shape.member("before", .anything) { $1.value($0.change.before) }
            shape.member("after", .anything) { $1.value($0.change.after) }
        }
        return ArchiveTable("audit_changes", shape) { [self] cursor in
            let parts = cursor?.split(separator: "/").compactMap { Int64($0) } ?? []
            let (after, position) = (parts.first ?? 0, Int(parts.last ?? 0))
            return try await read { [environment, member] transaction in
                let reader = try TrailReader(transaction, member, environment.keys)
                // The entry that a page ended in, or the next one with changes.
                guard let sequence = try Self.bulk(of: member.household, after, transaction) else {
                    return ArchivePage(rows: [], next: nil)
                }
                // Of an entry that may not be seen, nothing is.
                guard try reader.mayTell(of: sequence) else {
                    return ArchivePage(rows: [], next: "\(sequence + 1)/0")
                }
                let start = sequence == after ? position : 0
                let (changes, next) = try reader.changes(
                    of: sequence,
                    from: start,
                    limit: Self.pageSize
                )
                return ArchivePage(
                    rows: changes.map { Change(sequence: sequence, change: $0) },
                    next: next.map { "\(sequence)/\($0)" } ?? "\(sequence + 1)/0"
                )
            }
        }
    }

    private static func bulk(
        of household: HouseholdID,
        _ first: Int64,
        _ transaction: any SQLTransaction
    ) throws -> Int64? {
        try transaction.first(
            """
            SELECT sequence FROM audit_entry
            WHERE household_id = \(household) AND sequence >= \(first) AND change_count > 0
            ORDER BY sequence LIMIT 1
            """
        ) { try $0.integer() }
    }
}
