import Ledger
import Storage

/// What of a transaction the trail keeps and can bring back.
struct TransactionTrace: Equatable {
    var date: LocalDate
    var state: TransactionState
    var payee: String?
    var note: String?
    var tags: [String]
    var postings: BalancedPostings
    let link: TransactionID?

    init(_ record: TransactionRecord) {
        date = record.content.date
        state = record.content.state
        payee = record.content.payee
        note = record.content.note
        tags = record.content.tags.sorted()
        postings = record.content.postings
        link = record.content.link?.transaction
    }

    /// - Parameter entry: as `TransactionView.detail` wrote it.
    /// - Throws: 409 for what was written by a version that wrote less.
    init(_ entry: JSONValue) throws {
        guard let date = entry["date"]?.plain.flatMap({ LocalDate($0) }),
            let state = entry["state"]?.plain.flatMap({ TransactionState(name: $0) }),
            case .array(let tags) = entry["tags"], case .array(let postings) = entry["postings"]
        else { throw APIError.unreadableEntry }
        self.date = date
        self.state = state
        payee = entry["payee"]?.plain
        note = entry["note"]?.plain
        self.tags = tags.compactMap(\.plain).sorted()
        self.postings = try BalancedPostings(try postings.map(Self.posting))
        link = entry["linked_transaction_id"]?.plain.flatMap { TransactionID($0) }
    }

    private static func posting(_ entry: JSONValue) throws -> Posting {
        guard let account = entry["account_id"]?.plain.flatMap({ AccountID($0) }),
            let amount = entry["amount"]?.plain,
            let currency = entry["currency"]?.plain.flatMap({ Currency(code: $0) })
        else { throw APIError.unreadableEntry }
        let money = Money(tenThousandths: try Decimal4.parse(amount), currency)
        return Posting(account, money, memo: entry["memo"]?.plain)
    }

    /// What the step from `after` back to `before` makes of this.
    ///
    /// - Throws: 409 when something that the step touches was changed again since.
    func back(from after: TransactionTrace, to before: TransactionTrace) throws -> TransactionTrace
    {
        guard before.link == after.link else { throw APIError.unreadableEntry }
        var trace = self
        func step<Value: Equatable>(_ path: WritableKeyPath<TransactionTrace, Value>) throws {
            guard before[keyPath: path] != after[keyPath: path] else { return }
            guard self[keyPath: path] == after[keyPath: path] else { throw APIError.changedSince }
            trace[keyPath: path] = before[keyPath: path]
        }
        try step(\.date)
        try step(\.state)
        try step(\.payee)
        try step(\.note)
        try step(\.tags)
        try step(\.postings)
        return trace
    }
}

extension TransactionContent {
    /// With what a trace says.
    func with(_ trace: TransactionTrace) -> TransactionContent {
        var content = self
        content.date = trace.date
        content.state = trace.state
        content.payee = trace.payee
        content.note = trace.note
        content.tags = trace.tags
        content.postings = trace.postings
        return content
    }
}
