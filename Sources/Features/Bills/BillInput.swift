import Ledger

/// A new bill.
package struct BillInput: RequestFields {
    let name: String
    let direction: BillRecord.Direction
    let start: LocalDate
    let patch: BillPatch

    package init(_ fields: inout FieldReader) {
        name = fields.required("name", .text(BillRecord.Limits.name))
        direction = fields.required("direction", .choice())
        start = fields.required("start_on", .date)
        patch = BillPatch(rest: &fields)
    }
}

/// What may be changed of a bill.
package struct BillPatch: RequestFields {
    var name: String?
    var direction: BillRecord.Direction?
    let payee: Patch<String>
    let account: Patch<AccountID>
    let toAccount: Patch<AccountID>
    let category: Patch<AccountID>
    let currency: Currency?
    let amountKind: BillRecord.AmountKind?
    let amount: Patch<EnteredAmount>
    let amountLow: Patch<EnteredAmount>
    let amountHigh: Patch<EnteredAmount>
    let learnFrom: Patch<Int>
    let tolerancePercent: Patch<Int>
    var start: LocalDate?
    let end: Patch<LocalDate>
    let rule: Patch<RecurrenceRule>
    let monthEnd: MonthEnd?
    let workingDays: WorkingDayPolicy?
    let holidays: HolidayCalendar?
    let daysBefore: Int?
    let daysAfter: Int?
    let allowsParts: Bool?
    let postsItself: Bool?
    let remindDays: Patch<Int>
    let note: Patch<String>

    package init(_ fields: inout FieldReader) {
        let name = fields.ifPresent("name", .text(BillRecord.Limits.name))
        let direction: BillRecord.Direction? = fields.ifPresent("direction", .choice())
        let start = fields.ifPresent("start_on", .date)
        self.init(rest: &fields)
        self.name = name
        self.direction = direction
        self.start = start
    }

    fileprivate init(rest fields: inout FieldReader) {
        payee = fields.patch("payee", .text(1...TransactionLimits.payee))
        account = fields.patch("account_id", .id())
        toAccount = fields.patch("to_account_id", .id())
        category = fields.patch("category_id", .id())
        currency = fields.ifPresent("currency", .currency)
        amountKind = fields.ifPresent("amount_kind", .choice())
        amount = fields.patch("amount", .amount(.positive))
        amountLow = fields.patch("amount_low", .amount(.positive))
        amountHigh = fields.patch("amount_high", .amount(.positive))
        learnFrom = fields.patch("learn_from", .integer(BillRecord.Limits.learnFrom))
        tolerancePercent = fields.patch("tolerance_percent", .integer(0...100))
        end = fields.patch("end_on", .date)
        rule = fields.patch("repeat", .recurrence)
        monthEnd = fields.ifPresent("month_end", .choice())
        workingDays = fields.ifPresent("working_days", .choice())
        holidays = fields.ifPresent("holidays", .choice())
        daysBefore = fields.ifPresent("days_before", .integer(BillRecord.Limits.days))
        daysAfter = fields.ifPresent("days_after", .integer(BillRecord.Limits.days))
        allowsParts = fields.ifPresent("allows_parts", .boolean)
        postsItself = fields.ifPresent("auto_post", .boolean)
        remindDays = fields.patch("remind_days", .integer(BillRecord.Limits.days))
        note = fields.patch("note", .lines(BillRecord.Limits.note))
    }
}

/// One occurrence's own day and amount; null is as the bill has it.
package struct OccurrencePatch: RequestFields {
    let due: Patch<LocalDate>
    let amount: Patch<EnteredAmount>

    package init(_ fields: inout FieldReader) {
        due = fields.patch("due_on", .date)
        amount = fields.patch("amount", .amount(.positive))
    }
}

/// How an occurrence is booked, where that differs from what is expected.
package struct OccurrencePosting: RequestFields {
    let date: LocalDate?
    let amount: EnteredAmount?
    let account: AccountID?
    let state: State?

    enum State: String, CaseIterable, Sendable {
        case pending, posted, cleared
    }

    /// As it is expected.
    init() {
        (date, amount, account, state) = (nil, nil, nil, nil)
    }

    package init(_ fields: inout FieldReader) {
        date = fields.optional("date", .date)
        amount = fields.optional("amount", .amount(.positive))
        account = fields.optional("account_id", .id())
        state = fields.optional("state", .choice())
    }
}

/// Which transaction an occurrence is, or is not, paid by.
package struct OccurrencePayment: RequestFields {
    let transaction: TransactionID

    package init(_ fields: inout FieldReader) {
        transaction = fields.required("transaction_id", .id())
    }
}
