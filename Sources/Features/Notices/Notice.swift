import Ledger
import Storage

/// What somebody was told, as it is answered.
struct Notice: Sendable {
    let id: NoticeID
    let kind: NoticeKind
    /// Nil for what concerns nobody's household.
    let household: HouseholdID?
    let householdName: String?
    let at: Instant
    let readAt: Instant?
    let content: NoticeContent
    /// In the reader's language.
    let text: String

    static let shape = Shape<Notice>("Notice") { shape in
        shape.id("id", \.id)
        shape.choice("kind", \.kind)
        shape.idOrNil("household_id", \.household)
        shape.textOrNil("household_name", \.householdName)
        shape.instant("at", \.at)
        shape.instantOrNil("read_at", \.readAt)
        shape.text("text", \.text)
        shape.textOrNil("link", \.content.link)
        shape.object("details", NoticeDetails.shape, \.content.details)
    }
}

/// What a notice says, before it is put into words. It is kept sealed.
struct NoticeContent: Sendable, Equatable {
    /// A path in the web app, with its query.
    var link: String?
    var details: NoticeDetails

    static let shape = Shape<NoticeContent>("SealedNotice") { shape in
        shape.textOrNil("link", \.link)
        shape.object("details", NoticeDetails.shape, \.details)
    }

    init(link: String?, details: NoticeDetails) {
        self.link = link
        self.details = details
    }

    /// - Throws: when it is not what `shape` wrote.
    init(sealed plain: [UInt8]) throws {
        let value = try JSONReader.read(plain)
        link = value["link"]?.plain
        details = NoticeDetails(value["details"] ?? .null)
    }
}

/// What a notice is about; each kind uses some of it.
struct NoticeDetails: Sendable, Equatable {
    var account: AccountID?
    var category: AccountID?
    var transaction: TransactionID?
    var task: TaskID?
    var importBatch: ImportBatchID?
    /// Of the account, category, bill, goal, task or file.
    var name: String?
    var payee: String?
    /// What was spent, is there, is to be paid.
    var amount: Money?
    /// The budget, the minimum, what is usual, what it was before. In the currency of `amount`.
    var limit: Money?
    var percent: Int?
    /// The name of a period of the budget.
    var period: String?
    var date: LocalDate?
    var count: Int?
    var device: String?
    var address: String?

    static let shape = Shape<NoticeDetails>("NoticeDetails") { shape in
        shape.idOrNil("account_id", \.account)
        shape.idOrNil("category_id", \.category)
        shape.idOrNil("transaction_id", \.transaction)
        shape.idOrNil("task_id", \.task)
        shape.idOrNil("import_id", \.importBatch)
        shape.textOrNil("name", \.name)
        shape.textOrNil("payee", \.payee)
        shape.currencyOrNil("currency") { $0.amount?.currency ?? $0.limit?.currency }
        shape.amountOrNil("amount", \.amount)
        shape.amountOrNil("limit", \.limit)
        shape.integerOrNil("percent") { $0.percent.map(Int64.init) }
        shape.textOrNil("period", \.period)
        shape.dateOrNil("date", \.date)
        shape.integerOrNil("count") { $0.count.map(Int64.init) }
        shape.textOrNil("device", \.device)
        shape.textOrNil("address", \.address)
    }

    init() {}

    /// As `shape` wrote it.
    init(_ value: JSONValue) {
        func text(_ name: String) -> String? { value[name]?.plain }
        func whole(_ name: String) -> Int? { text(name).flatMap { Int($0) } }
        func money(_ name: String) -> Money? {
            guard let currency = text("currency").flatMap({ Currency(code: $0) }),
                let decimal = text(name)
            else { return nil }
            return try? Money(exact: decimal, currency)  // We wrote it; what is no amount is none.
        }
        account = text("account_id").flatMap { AccountID($0) }
        category = text("category_id").flatMap { AccountID($0) }
        transaction = text("transaction_id").flatMap { TransactionID($0) }
        task = text("task_id").flatMap { TaskID($0) }
        importBatch = text("import_id").flatMap { ImportBatchID($0) }
        name = text("name")
        payee = text("payee")
        amount = money("amount")
        limit = money("limit")
        percent = whole("percent")
        period = text("period")
        date = text("date").flatMap { LocalDate($0) }
        count = whole("count")
        device = text("device")
        address = text("address")
    }
}
