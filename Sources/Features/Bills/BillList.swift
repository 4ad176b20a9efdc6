import Interchange
import Ledger

/// Which bills are meant, and where in the list.
struct BillListQuery: RequestFields {
    let state: BillRecord.State?
    let direction: BillRecord.Direction?
    let account: AccountID?
    let words: [String]
    let includesDeleted: Bool
    let limit: Int
    let cursor: BillID?

    static let largestPage = 500

    init(_ fields: inout FieldReader) {
        state = fields.optional("state", .choice())
        direction = fields.optional("direction", .choice())
        account = fields.optional("account_id", .id())
        let text = fields.optional("q", .text(0...200)) ?? ""
        words = PayeeName.folded(text).split(separator: " ").map(String.init)
        includesDeleted = fields.optional("include_deleted", .boolean) ?? false
        limit = fields.optional("limit", .integer(1...Self.largestPage)) ?? 100
        cursor = fields.cursor(1...80) { BillID($0) }
    }
}

extension BillBook {
    /// A page of bills by name, and how many there are in all. A household has so few that they are all read.
    func page(_ query: BillListQuery) throws -> (bills: [BillView], total: Int, next: BillID?) {
        let listed = try bills.list(includingDeleted: query.includesDeleted)
        let states = try query.state == nil ? [:] : states(of: listed)
        let all = listed.filter { bill in
            (query.direction ?? bill.direction) == bill.direction
                && query.state == states[bill.id]
                && (query.account == nil || bill.account == query.account
                    || bill.toAccount == query.account)
                && bill.has(query.words)
        }.map { (place: BillPlace($0), bill: $0) }.sorted { $0.place < $1.place }
        var rest = all[...]
        if let cursor = query.cursor {
            guard let last = try bills.find(cursor) else {
                throw APIError.malformed("request.cursor", "The cursor is not one of this list.")
            }
            let place = BillPlace(last)
            rest = all.drop { !(place < $0.place) }
        }
        let page = rest.prefix(query.limit).map(\.bill)
        return (
            try views(of: page), all.count, rest.count > page.count ? page.last?.id : nil
        )
    }
}

/// Where a bill stands in the list, alike on both engines.
private struct BillPlace: Comparable {
    let name: String
    let id: BillID

    init(_ bill: BillRecord) { (name, id) = (bill.foldedName, bill.id) }

    static func < (left: BillPlace, right: BillPlace) -> Bool {
        (left.name, left.id) < (right.name, right.id)
    }
}

extension BillRecord {
    /// Whether each word begins one of its name, payee or note.
    fileprivate func has(_ words: [String]) -> Bool {
        guard !words.isEmpty else { return true }
        let text = PayeeName.folded([name, payee ?? "", note ?? ""].joined(separator: " "))
        let own = text.split(separator: " ")
        return words.allSatisfy { word in own.contains { $0.hasPrefix(word) } }
    }
}

/// Which occurrences are meant, and where in the list.
struct OccurrenceListQuery: RequestFields {
    let from: LocalDate?
    let to: LocalDate?
    let state: BillOccurrence.State?
    let bill: BillID?
    let account: AccountID?
    let limit: Int
    let cursor: String?

    static let longestDays = 800

    init(_ fields: inout FieldReader) {
        from = fields.optional("from", .date)
        to = fields.optional("to", .date)
        state = fields.optional("state", .choice())
        bill = fields.optional("bill_id", .id())
        account = fields.optional("account_id", .id())
        limit = fields.optional("limit", .integer(1...BillListQuery.largestPage)) ?? 100
        cursor = fields.cursor(1...80) { $0 }
        if let from, let to, to < from {
            fields.fault("to", "before_from", "must not be before from")
        }
    }

    /// - Throws: 422 for more days than are answered at once.
    func span(on today: LocalDate) throws(APIError) -> DateSpan {
        let first = from ?? min(today.adding(days: -31), to ?? today)
        let last = to ?? max(today.adding(days: 90), first)
        guard let span = DateSpan(first, last), span.dayCount <= Self.longestDays else {
            throw .invalid("to", "too_long", "at most \(Self.longestDays) days")
        }
        return span
    }
}

extension BillBook {
    func page(
        _ query: OccurrenceListQuery
    ) throws -> (occurrences: [BillOccurrence], total: Int, next: String?) {
        var bills = try query.bill.map { [try self.bills.load($0)] } ?? self.bills.all()
        if let account = query.account {
            bills = bills.filter { $0.account == account || $0.toAccount == account }
        }
        let span = try query.span(on: today)
        let all = try occurrences(in: span, of: bills, told: true, limit: Self.limit)
            .filter { (query.state ?? $0.state) == $0.state }
        var rest = all[...]
        if let cursor = query.cursor {
            let place = try OccurrencePlace(cursor)
            rest = all.drop { OccurrencePlace($0) <= place }
        }
        let page = Array(rest.prefix(query.limit))
        let next = rest.count > page.count ? page.last.map { OccurrencePlace($0).text } : nil
        return (page, all.count, next)
    }
}

/// Where a list of occurrences goes on.
private struct OccurrencePlace {
    let due: LocalDate
    let bill: BillID
    let nominal: LocalDate

    init(_ one: BillOccurrence) {
        (due, bill, nominal) = (one.due, one.bill.id, one.nominal)
    }

    var text: String { "\(due).\(bill).\(nominal)" }

    /// - Throws: 400 for a cursor that this list did not give.
    init(_ text: String) throws(APIError) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3, let due = LocalDate(parts[0]), let bill = BillID(parts[1]),
            let nominal = LocalDate(parts[2])
        else {
            throw .malformed("request.cursor", "The cursor is not one of this list.")
        }
        (self.due, self.bill, self.nominal) = (due, bill, nominal)
    }

    static func <= (left: OccurrencePlace, right: OccurrencePlace) -> Bool {
        (left.due, left.bill, left.nominal) <= (right.due, right.bill, right.nominal)
    }
}
