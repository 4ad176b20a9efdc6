import Foundation
package import Ledger
package import Storage

/// A filter, an order and a place in the list.
package struct TransactionListQuery: RequestFields {
    package let filter: TransactionFilter
    package let sort: TransactionSort
    package let limit: Int
    package let page: Int?
    package let cursor: String?

    package static let largestPage = 500

    package init(_ fields: inout FieldReader) {
        filter = TransactionFilter(&fields)
        sort = fields.optional("sort", .choice()) ?? .newest
        limit = fields.optional("limit", .integer(1...Self.largestPage)) ?? 50
        page = fields.optional("page", .integer(1...1_000_000))
        cursor = fields.cursor(1...TransactionCursor.lengthLimit) { $0 }
        if page != nil, cursor != nil {
            fields.fault("cursor", "not_with_page", "cannot stand beside page")
        }
    }

    /// The same for questions that mean the same.
    var cacheKey: String {
        let place = cursor.map { "after/\($0)" } ?? "page/\(page ?? 1)"
        return "transactions/\(sort.rawValue)/\(limit)/\(place)/\(filter.cacheKey)"
    }
}

package enum TransactionSort: String, CaseIterable, Sendable {
    case newest = "-date"
    case oldest = "date"
    case largest = "-amount"
    case smallest = "amount"
    case payee = "payee"
    case payeeReversed = "-payee"

    var isDescending: Bool { rawValue.hasPrefix("-") }
}

/// Where a list goes on: the sort key and id of the last row.
struct TransactionCursor {
    let key: SQLValue
    let id: TransactionID

    /// Base64 of the longest payee's bytes and what stands before them.
    static let lengthLimit = 2_048

    /// Base64url of `sort|id|key`.
    func text(for sort: TransactionSort) -> String {
        let keyText =
            switch key {
            case .date(let date): date.description
            case .amount(let amount): String(amount)
            case .text(let text): text
            default: ""
            }
        return Data("\(sort.rawValue)|\(id)|\(keyText)".utf8).base64EncodedString()
            .replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
    }

    /// - Throws: 400 for a cursor that this list did not give.
    init(_ text: String, for sort: TransactionSort) throws(APIError) {
        let wrong = APIError.brokenCursor
        var base64 = text.replacing("-", with: "+").replacing("_", with: "/")
        base64 += String(repeating: "=", count: (4 - base64.count % 4) % 4)
        guard let data = Data(base64Encoded: base64),
            let plain = String(validating: data, as: UTF8.self)
        else { throw wrong }
        let parts = plain.split(separator: "|", maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0] == sort.rawValue, let id = TransactionID(parts[1]),
            let key = Self.key(parts[2], sort)
        else { throw wrong }
        self.init(key: key, id: id)
    }

    init(key: SQLValue, id: TransactionID) {
        self.key = key
        self.id = id
    }

    private static func key(_ text: Substring, _ sort: TransactionSort) -> SQLValue? {
        switch sort {
        case .newest, .oldest: LocalDate(text).map(SQLValue.date)
        case .largest, .smallest: Int64(text).map(SQLValue.amount)
        case .payee, .payeeReversed: text.utf8.contains(0) ? nil : .text(String(text))
        }
    }
}

/// Reads lists of transactions.
package struct TransactionListStore {
    package let transaction: any SQLTransaction
    package let household: HouseholdID

    package init(transaction: any SQLTransaction, household: HouseholdID) {
        self.transaction = transaction
        self.household = household
    }

    struct Slice {
        let rows: [TransactionView]
        let nextCursor: String?
    }

    func slice(_ query: TransactionListQuery) throws -> Slice {
        let conditions = try conditions(query.filter)
        let key = sortKey(query.sort, conditions)
        var condition = conditions.condition
        if let cursor = query.cursor {
            condition.append(
                after(
                    try TransactionCursor(cursor, for: query.sort),
                    query.sort,
                    key,
                    conditions.id
                )
            )
        }
        let direction: SQLText = query.sort.isDescending ? "DESC" : "ASC"
        let offset = ((query.page ?? 1) - 1) * query.limit
        // The page is picked first and named after, so that no plan joins rows that are not shown.
        var rows = try transaction.rows(
            """
            SELECT \(Self.columns(of: "page")) FROM (
                SELECT t.*, \(key) AS place FROM \(conditions.source)
                WHERE \(condition) ORDER BY \(key) \(direction), \(conditions.id) \(direction)
                LIMIT \(query.limit + 1) OFFSET \(offset)
            ) page
            \(Self.joins(to: "page")) ORDER BY page.place \(direction), page.id \(direction)
            """
        ) { try Self.view(&$0) }
        let hasMore = rows.count > query.limit
        if hasMore { rows.removeLast() }
        let last = hasMore ? rows.last : nil
        let cursor = last.map {
            TransactionCursor(key: Self.keyValue(of: $0, query.sort), id: $0.id).text(
                for: query.sort
            )
        }
        return Slice(rows: try fill(rows, for: query.filter.account), nextCursor: cursor)
    }

    func count(_ filter: TransactionFilter) throws -> Int {
        // The household's own count holds what not everybody sees.
        if filter.isEmpty, !transaction.isPartial {
            let count = try transaction.first(
                "SELECT transaction_count FROM household WHERE id = \(household)"
            ) { try $0.int() }
            return count ?? 0
        }
        let conditions = try conditions(filter)
        return try transaction.first(
            "SELECT COUNT(*) FROM \(conditions.source) WHERE \(conditions.condition)"
        ) { try $0.int() } ?? 0
    }

    /// The ids that a filter picks, at most `limit`, in the order of their ids.
    func ids(_ filter: TransactionFilter, limit: Int) throws -> [TransactionID] {
        let conditions = try conditions(filter)
        return try transaction.rows(
            """
            SELECT t.id FROM \(conditions.source) WHERE \(conditions.condition)
            ORDER BY t.id LIMIT \(limit)
            """
        ) { try $0.identifier() }
    }

    /// One transaction with its postings.
    ///
    /// - Throws: 404
    func detail(_ id: TransactionID) throws -> TransactionView {
        guard let view = try views([id]).first else { throw APIError.notFound("transaction") }
        var detail = view
        detail.postings = try transaction.rows(
            """
            SELECT p.account_id, a.name, p.amount, p.currency, p.memo
            FROM posting p JOIN account a ON a.household_id = p.household_id AND a.id = p.account_id
            WHERE p.household_id = \(household) AND p.transaction_id = \(id) ORDER BY p.position
            """
        ) { row in
            let account: AccountID = try row.identifier()
            let name = try row.text()
            let amount = try row.amount()
            return TransactionView.PostingView(
                account: account,
                accountName: name,
                amount: Money(tenThousandths: amount, try row.currency()),
                memo: try row.textOrNil()
            )
        }
        return detail
    }

    /// Transactions by their ids, deleted ones too.
    package func views(_ ids: [TransactionID]) throws -> [TransactionView] {
        guard !ids.isEmpty else { return [] }
        let rows = try transaction.rows(
            """
            SELECT \(Self.columns(of: "t")) FROM ledger_transaction t \(Self.joins(to: "t"))
            WHERE t.household_id = \(household) AND t.id IN \(list: ids) ORDER BY t.id
            """
        ) { try Self.view(&$0) }
        return try fill(rows, for: nil)
    }

    // MARK: Order

    private func conditions(_ filter: TransactionFilter) throws -> TransactionConditions {
        let categories = try filter.category.map {
            try CategoryStore(transaction: transaction, household: household).subtree(of: $0)
        }
        return TransactionConditions(
            filter: filter,
            household: household,
            dialect: transaction.dialect,
            isPartial: transaction.isPartial,
            categories: categories ?? []
        )
    }

    private func sortKey(_ sort: TransactionSort, _ conditions: TransactionConditions) -> SQLText {
        switch sort {
        case .newest, .oldest: conditions.date
        case .largest, .smallest: "t.magnitude"
        case .payee, .payeeReversed: "COALESCE(t.payee, '') \(transaction.dialect.bytewise)"
        }
    }

    private static func keyValue(of view: TransactionView, _ sort: TransactionSort) -> SQLValue {
        switch sort {
        case .newest, .oldest: .date(view.date)
        case .largest, .smallest: .amount(view.amount.tenThousandths)
        case .payee, .payeeReversed: .text(view.payee ?? "")
        }
    }

    private func after(
        _ cursor: TransactionCursor,
        _ sort: TransactionSort,
        _ key: SQLText,
        _ id: SQLText
    ) -> SQLText {
        sort.isDescending
            ? " AND (\(key), \(id)) < (\(cursor.key), \(cursor.id))"
            : " AND (\(key), \(id)) > (\(cursor.key), \(cursor.id))"
    }
}
