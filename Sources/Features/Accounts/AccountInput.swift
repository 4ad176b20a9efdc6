package import Ledger

/// A new account.
package struct AccountInput: RequestFields {
    let name: String
    let kind: AccountKind
    let currency: Currency
    let openingBalance: EnteredAmount?
    let openingDate: LocalDate?
    let minimumBalance: EnteredAmount?
    /// As its kind has it when absent.
    let isBudgeted: Bool?
    /// From its first moment: everyone unless said otherwise.
    let visibility: AccountVisibility

    package init(_ fields: inout FieldReader) {
        name = fields.required("name", .text(1...120))
        kind = fields.required("kind", .choice())
        currency = fields.required("currency", .currency)
        openingBalance = fields.optional("opening_balance", .amount())
        openingDate = fields.optional("opening_date", .date)
        minimumBalance = fields.optional("minimum_balance", .amount())
        isBudgeted = fields.optional("is_budgeted", .boolean)
        visibility = fields.visibility(fields.optional("visibility", .choice()) ?? .all)
    }

    /// For those who make accounts without HTTP: the command line, an import.
    package init(
        name: String,
        kind: AccountKind,
        currency: Currency,
        openingBalance: EnteredAmount? = nil,
        openingDate: LocalDate? = nil
    ) {
        self.name = name
        self.kind = kind
        self.currency = currency
        self.openingBalance = openingBalance
        self.openingDate = openingDate
        minimumBalance = nil
        isBudgeted = nil
        visibility = .all
    }
}

/// What may be changed of an account.
package struct AccountPatch: RequestFields {
    let name: String?
    let kind: AccountKind?
    let openingBalance: EnteredAmount?
    let openingDate: LocalDate?
    let minimumBalance: Patch<EnteredAmount>
    let closedAt: Patch<LocalDate>
    let isBudgeted: Bool?
    /// Which category money counts on that goes to the account, while it is outside the budget.
    let budgetCategory: Patch<AccountID>

    package init(_ fields: inout FieldReader) {
        name = fields.ifPresent("name", .text(1...120))
        kind = fields.ifPresent("kind", .choice())
        openingBalance = fields.ifPresent("opening_balance", .amount())
        openingDate = fields.ifPresent("opening_date", .date)
        minimumBalance = fields.patch("minimum_balance", .amount())
        closedAt = fields.patch("closed_at", .date)
        isBudgeted = fields.ifPresent("is_budgeted", .boolean)
        budgetCategory = fields.patch("budget_category_id", .id())
    }
}

/// The accounts in the order in which a household wants them.
package struct AccountOrder: RequestFields {
    let ids: [AccountID]

    package init(_ fields: inout FieldReader) {
        ids = fields.required("ids", .list(.id(), 0...AccountService.countLimit))
    }
}

/// Which accounts a list is about.
package struct AccountListQuery: RequestFields {
    let includesDeleted: Bool
    let includesClosed: Bool

    package init(_ fields: inout FieldReader) {
        includesDeleted = fields.optional("include_deleted", .boolean) ?? false
        includesClosed = fields.optional("include_closed", .boolean) ?? true
    }
}

/// A span of days.
package struct SpanQuery: RequestFields {
    let from: LocalDate?
    let to: LocalDate?

    /// Ten years and the leap days in them.
    static let dayLimit = 3_660

    package init(_ fields: inout FieldReader) {
        from = fields.optional("from", .date)
        to = fields.optional("to", .date)
        if let from, let to, to < from {
            fields.fault("to", "before_from", "must not be before from")
        }
        if let from, let to, from.days(until: to) >= Self.dayLimit {
            fields.fault("to", "too_long", "at most \(Self.dayLimit) days after from")
        }
    }

    /// The span that is asked for: by default the last `days` until today.
    func span(today: LocalDate, days: Int) throws -> DateSpan {
        let last = to ?? max(today, from ?? today)
        let first = from ?? last.adding(days: 1 - days)
        guard first.days(until: last) < Self.dayLimit, let span = DateSpan(first, last) else {
            throw APIError.invalid("to", "too_long", "at most \(Self.dayLimit) days after from")
        }
        return span
    }
}
