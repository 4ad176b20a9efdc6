import Interchange
package import Ledger
import Storage

/// Which transactions a list, an export or a bulk change is about.
package struct TransactionFilter: RequestFields {
    package let account: AccountID?
    package let category: AccountID?
    package let type: TransactionType?
    package let state: TransactionState?
    package let tag: String?
    package let from: LocalDate?
    package let to: LocalDate?
    package let minimum: EnteredAmount?
    package let maximum: EnteredAmount?
    package let text: String?
    package let includesDeleted: Bool

    package init(_ fields: inout FieldReader) {
        account = fields.optional("account_id", .id())
        category = fields.optional("category_id", .id())
        type = fields.optional("type", .choice())
        state = fields.optional("state", .transactionState)
        tag = fields.optional("tag", .text(1...TransactionLimits.tag))
        from = fields.optional("from", .date)
        to = fields.optional("to", .date)
        minimum = fields.optional("min_amount", .amount(.notNegative))
        maximum = fields.optional("max_amount", .amount(.notNegative))
        text = fields.optional("q", .text(0...200))
        includesDeleted = fields.optional("include_deleted", .boolean) ?? false
        if let from, let to, to < from {
            fields.fault("to", "before_from", "must not be before from")
        }
    }

    /// Whether every live transaction is meant.
    package var isEmpty: Bool {
        account == nil && category == nil && type == nil && state == nil && tag == nil
            && from == nil && to == nil && minimum == nil && maximum == nil && words.isEmpty
            && !includesDeleted
    }

    /// The folded words of the question.
    package var words: [String] {
        PayeeName.folded(text ?? "").split(separator: " ").map(String.init)
    }

    /// What the trail keeps of it.
    var json: [UInt8] {
        var writer = JSONWriter()
        writer.object { writer in
            for (name, value) in [
                ("account_id", account?.description), ("category_id", category?.description),
                ("type", type?.rawValue), ("state", state?.name), ("tag", tag),
                ("from", from?.description), ("to", to?.description), ("q", text),
            ] {
                guard let value else { continue }
                writer.name(name)
                writer.string(value)
            }
        }
        return writer.bytes
    }

    /// The same for questions that mean the same.
    package var cacheKey: String {
        let parts: [String?] = [
            account?.description, category?.description, type?.rawValue, state?.name, tag,
            from?.description, to?.description, minimum?.tenThousandths.description,
            maximum?.tenThousandths.description, words.joined(separator: " "),
            includesDeleted.description,
        ]
        return parts.map { $0 ?? "" }.joined(separator: "\u{1F}")
    }
}

/// The SQL of a filter.
struct TransactionConditions {
    let filter: TransactionFilter
    let household: HouseholdID
    let dialect: SQLDialect
    /// Whether some transactions are masked: their words are not looked through.
    let isPartial: Bool
    /// The category and everything below it.
    let categories: [AccountID]

    /// What drives the search: the postings of the nodes that are asked for, else the transactions by date.
    var source: SQLText {
        guard let driving else { return "ledger_transaction t" }
        let join: SQLText =
            "JOIN ledger_transaction t ON t.household_id = \(household) AND t.id = p.transaction_id"
        guard driving.count > 1 else { return "posting p \(join)" }
        return """
            (SELECT DISTINCT p.date, p.transaction_id FROM posting p
             WHERE p.household_id = \(household) AND p.account_id IN \(list: driving)\(span("p.date"))) p
            \(join)
            """
    }

    /// Where the date and the id are read in the order of the index that drives.
    var date: SQLText { driving == nil ? "t.date" : "p.date" }
    var id: SQLText { driving == nil ? "t.id" : "p.transaction_id" }

    /// The postings of one node, each transaction once.
    private var drivingCondition: SQLText {
        guard let driving, driving.count == 1 else { return .empty }
        return """
             AND p.household_id = \(household) AND p.account_id = \(driving[0]) AND NOT EXISTS (
                SELECT 1 FROM posting q WHERE q.household_id = p.household_id
                    AND q.transaction_id = p.transaction_id AND q.account_id = p.account_id
                    AND q.position < p.position)
            """
    }

    private var driving: [AccountID]? {
        if let account = filter.account { return [account] }
        // A category without transactions still has itself.
        return filter.category == nil ? nil : categories
    }

    private func span(_ column: SQLText) -> SQLText {
        var span: SQLText = .empty
        if let from = filter.from { span.append(" AND \(column) >= \(from)") }
        if let to = filter.to { span.append(" AND \(column) <= \(to)") }
        return span
    }

    var condition: SQLText {
        var condition: SQLText = "t.household_id = \(household)"
        if !filter.includesDeleted { condition.append(" AND t.deleted_at IS NULL") }
        condition.append(drivingCondition)
        condition.append(span(date))
        if let type = filter.type { condition.append(" AND t.type = \(type.rawValue)") }
        if let state = filter.state { condition.append(" AND t.state = \(state.rawValue)") }
        if let minimum = filter.minimum {
            condition.append(" AND t.magnitude >= \(SQLValue.amount(minimum.tenThousandths))")
        }
        if let maximum = filter.maximum {
            condition.append(" AND t.magnitude <= \(SQLValue.amount(maximum.tenThousandths))")
        }
        if filter.account != nil, filter.category != nil {
            condition.append(
                """
                 AND EXISTS (SELECT 1 FROM posting c WHERE c.household_id = \(household)
                    AND c.transaction_id = t.id AND c.account_id IN \(list: categories))
                """
            )
        }
        if let tag = filter.tag {
            condition.append(
                """
                 AND EXISTS (SELECT 1 FROM transaction_tag g WHERE g.household_id = \(household)
                    AND g.transaction_id = t.id AND g.tag = \(tag))
                """
            )
        }
        if !filter.words.isEmpty {
            condition.append(" AND t.id IN (\(dialect.searchMatches(filter.words, in: household)))")
            if isPartial { condition.append(" AND NOT t.is_masked") }
        }
        return condition
    }
}
