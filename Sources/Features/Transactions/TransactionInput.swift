package import Ledger

/// The body of a new transaction: the simple form, or free postings.
package struct TransactionInput: RequestFields {
    package let type: SimpleType?
    package let account: AccountID?
    package let toAccount: AccountID?
    package let amount: EnteredAmount?
    package let toAmount: EnteredAmount?
    package let category: AccountID?
    package let splits: [SplitInput]?
    package let postings: [PostingInput]?
    package let payee: String?
    package let note: String?
    package let tags: [String]?
    package let date: LocalDate
    package let state: TransactionState?

    /// The types that a person can enter.
    package enum SimpleType: String, CaseIterable, Sendable {
        case expense, income, transfer
    }

    package init(_ fields: inout FieldReader) {
        type = fields.optional("type", .choice())
        account = fields.optional("account_id", .id())
        toAccount = fields.optional("to_account_id", .id())
        amount = fields.optional("amount", .amount(.positive))
        toAmount = fields.optional("to_amount", .amount(.positive))
        category = fields.optional("category_id", .id())
        splits = fields.optional("splits", .list(.object(), 0...TransactionLimits.splits))
        postings = fields.optional("postings", .list(.object(), 2...BalancedPostings.limit))
        payee = fields.optional("payee", .text(1...TransactionLimits.payee))
        note = fields.optional("note", .lines(0...TransactionLimits.note))
        tags = fields.optional(
            "tags",
            .list(.text(1...TransactionLimits.tag), 0...TransactionLimits.tags)
        )
        date = fields.required("date", .date)
        state = fields.optional("state", .transactionState)
        checkForm(&fields)
    }

    private func checkForm(_ fields: inout FieldReader) {
        if postings != nil {
            for (name, isSet) in [
                ("type", type != nil), ("account_id", account != nil), ("amount", amount != nil),
                ("to_account_id", toAccount != nil), ("to_amount", toAmount != nil),
                ("category_id", category != nil), ("splits", splits?.isEmpty == false),
            ] where isSet {
                fields.fault(name, "not_with_postings", "cannot stand beside postings")
            }
            return
        }
        var needed = ["type", "account_id", "amount"]
        if type == .transfer { needed.append("to_account_id") }
        for name in needed where !fields.isPresent(name) {
            fields.fault(name, "required", "is required")
        }
        if let type, type != .transfer {
            if toAccount != nil {
                fields.fault("to_account_id", "only_transfer", "only for a transfer")
            }
            if toAmount != nil { fields.fault("to_amount", "only_transfer", "only for a transfer") }
        }
        if category != nil, splits?.isEmpty == false {
            fields.fault("category_id", "not_with_splits", "cannot stand beside splits")
        }
    }
}

/// One part of a split.
package struct SplitInput: RequestFields {
    package let category: AccountID?
    package let amount: EnteredAmount
    package let memo: String?

    package init(_ fields: inout FieldReader) {
        category = fields.optional("category_id", .id())
        amount = fields.required("amount", .amount())
        memo = fields.optional("memo", .text(0...TransactionLimits.memo))
    }
}

/// One free posting.
package struct PostingInput: RequestFields {
    package let account: AccountID
    package let amount: EnteredAmount
    package let currency: Currency?
    package let memo: String?

    package init(_ fields: inout FieldReader) {
        account = fields.required("account_id", .id())
        amount = fields.required("amount", .amount())
        currency = fields.optional("currency", .currency)
        memo = fields.optional("memo", .text(0...TransactionLimits.memo))
    }
}

/// What may be changed of a transaction. Absent fields stay; a changed amount, account or type makes new postings.
package struct TransactionPatch: RequestFields {
    package let type: TransactionInput.SimpleType?
    package let account: AccountID?
    package let toAccount: AccountID?
    package let amount: EnteredAmount?
    package let toAmount: Patch<EnteredAmount>
    package let category: Patch<AccountID>
    package let splits: [SplitInput]?
    package let postings: [PostingInput]?
    package let payee: Patch<String>
    package let note: Patch<String>
    package let tags: [String]?
    package let date: LocalDate?
    package let state: TransactionState?

    package init(_ fields: inout FieldReader) {
        type = fields.ifPresent("type", .choice())
        account = fields.ifPresent("account_id", .id())
        toAccount = fields.ifPresent("to_account_id", .id())
        amount = fields.ifPresent("amount", .amount(.positive))
        toAmount = fields.patch("to_amount", .amount(.positive))
        category = fields.patch("category_id", .id())
        splits = fields.ifPresent("splits", .list(.object(), 0...TransactionLimits.splits))
        postings = fields.ifPresent("postings", .list(.object(), 2...BalancedPostings.limit))
        payee = fields.patch("payee", .text(1...TransactionLimits.payee))
        note = fields.patch("note", .lines(0...TransactionLimits.note))
        tags = fields.ifPresent(
            "tags",
            .list(.text(1...TransactionLimits.tag), 0...TransactionLimits.tags)
        )
        date = fields.ifPresent("date", .date)
        state = fields.ifPresent("state", .transactionState)
        if postings != nil, changesSimpleForm {
            fields.fault(
                "postings",
                "not_with_fields",
                "cannot stand beside amounts, accounts or categories"
            )
        }
        if case .value = category, splits?.isEmpty == false {
            fields.fault("category_id", "not_with_splits", "cannot stand beside splits")
        }
    }

    /// Whether the postings have to be made anew from the simple form.
    package var changesSimpleForm: Bool {
        type != nil || account != nil || toAccount != nil || amount != nil || !toAmount.isAbsent
            || !category.isAbsent || splits != nil
    }
}

/// How large the parts of a transaction may be.
package enum TransactionLimits {
    package static let payee = 255
    package static let note = 4_000
    package static let memo = 255
    package static let tag = 64
    package static let tags = 50
    package static let splits = 100
}

extension FieldKind where Value == TransactionState {
    package static var transactionState: FieldKind {
        .named(TransactionState.allCases.map { ($0.name, $0) })
    }
}
