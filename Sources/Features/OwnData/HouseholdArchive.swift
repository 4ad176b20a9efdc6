import Ledger
import Storage

/// What a member may see of a household, table by table.
struct HouseholdArchive: Sendable {
    let environment: ServerEnvironment
    let member: Member

    /// How many rows are read at a time.
    static let pageSize = 500
    private var household: HouseholdID { member.household }

    func read<Value: Sendable>(
        _ body: @escaping @Sendable (any SQLTransaction) throws -> Value
    ) async throws -> Value {
        try await environment.readNext(as: member, body)
    }

    /// Its row.
    func card() async throws -> HouseholdCard {
        let member = member
        let cards = try await read { try PersonStore($0.entire).households(of: member.person) }
        guard let card = cards.first(where: { $0.id == member.household }) else {
            throw APIError.notFound("household")
        }
        return card
    }

    static let cardShape = Shape<HouseholdCard>("ArchivedHousehold") { shape in
        shape.id("id", \.id)
        shape.text("name", \.name)
        shape.currency("currency", \.currency)
        shape.choice("role", \.role)
        shape.text("week_start", \.weekStart.name)
        shape.instant("created_at", \.createdAt)
    }

    // MARK: The ledger

    var accounts: ArchiveTable<AccountView> {
        ArchiveTable("accounts", AccountView.shape) { [self] in
            let today = environment.clock.today(in: member.timeZone)
            return try await read { [member] transaction in
                try AccountReader(transaction: transaction, member: member, today: today)
                    .list(includingDeleted: true)
            }
        }
    }

    var categories: ArchiveTable<CategoryView> {
        ArchiveTable("categories", CategoryView.shape) { [self] in
            try await read { [household] transaction in
                try CategoryService().list(
                    CategoryStore(transaction: transaction, household: household),
                    includingDeleted: true
                )
            }
        }
    }

    var transactions: ArchiveTable<TransactionView> {
        ArchiveTable("transactions", TransactionView.shape) { [self] cursor in
            let query = try Self.query(after: cursor)
            let slice = try await read { [household] transaction in
                try TransactionListStore(transaction: transaction, household: household)
                    .slice(query)
            }
            return ArchivePage(rows: slice.rows, next: slice.nextCursor)
        }
    }

    private static func query(after cursor: String?) throws -> TransactionListQuery {
        var members = [
            JSONMember(name: "include_deleted", value: .boolean(true)),
            JSONMember(name: "sort", value: .string(TransactionSort.oldest.rawValue)),
            JSONMember(name: "limit", value: .number(String(pageSize))),
        ]
        if let cursor { members.append(JSONMember(name: "cursor", value: .string(cursor))) }
        return try FieldReader.read(from: members)
    }

    struct Posting: Sendable {
        let transaction: TransactionID
        let position: Int64
        let account: AccountID
        let date: LocalDate
        let amount: Money
        let memo: String?
    }

    var postings: ArchiveTable<Posting> {
        let shape = Shape<Posting>("ArchivedPosting") { shape in
            shape.id("transaction_id", \.transaction)
            shape.integer("position", \.position)
            shape.id("account_id", \.account)
            shape.date("date", \.date)
            shape.amount("amount", \.amount)
            shape.currency("currency", \.amount.currency)
            shape.textOrNil("memo", \.memo)
        }
        return ArchiveTable("postings", shape) { [self] cursor in
            let rows = try await read { [household] transaction in
                try Self.postings(of: household, after: cursor, transaction)
            }
            return ArchivePage(rows, limit: Self.pageSize) { "\($0.transaction)/\($0.position)" }
        }
    }

    private static func postings(
        of household: HouseholdID,
        after cursor: String?,
        _ transaction: any SQLTransaction
    ) throws -> [Posting] {
        let parts = cursor?.split(separator: "/").map(String.init) ?? []
        let last = TransactionID(after: parts.first)
        let position = parts.last.flatMap { Int64($0) } ?? -1
        return try transaction.rows(
            """
            SELECT transaction_id, position, account_id, date, currency, amount, memo FROM posting
            WHERE household_id = \(household)
                AND (transaction_id, position) > (\(last), \(position))
            ORDER BY transaction_id, position LIMIT \(pageSize)
            """
        ) { row in
            let id: TransactionID = try row.identifier()
            let place = try row.integer()
            let account: AccountID = try row.identifier()
            let date = try row.date()
            let currency = try row.currency()
            return Posting(
                transaction: id,
                position: place,
                account: account,
                date: date,
                amount: Money(tenThousandths: try row.amount(), currency),
                memo: try row.textOrNil()
            )
        }
    }
}
