import Ledger
import Storage

/// What people plan for one period. One method is one use case, and one entry of the trail.
struct BudgetPlanning {
    let write: HouseholdWrite
    let book: BudgetBook

    /// - Parameter name: the name of the period, or any day of it.
    /// - Throws: 409 `budget.private`, 422
    init(_ name: String, in write: HouseholdWrite) throws {
        self.write = write
        try BudgetService.mustSeeBudget(write)
        book = try Self.reader(write).book(name)
    }

    static func reader(_ write: HouseholdWrite) -> BudgetReader {
        BudgetReader(transaction: write.seen, member: write.member, today: write.today)
    }

    var store: BudgetStore {
        BudgetStore(transaction: write.transaction, household: write.household)
    }

    // MARK: Use cases

    func assign(_ entered: EnteredAmount, to id: AccountID) throws {
        let amount = try entered.money(in: book.currency, field: "amount")
        let before = book.plan.assigned[id] ?? .zero(book.currency)
        try apply("assign", [PlanChange(envelope: id, before: before, after: amount)])
    }

    func move(_ input: BudgetMoveInput) throws {
        let amount = try input.amount.money(in: book.currency, field: "amount")
        let changes = try answering { () throws(BudgetError) in
            try envelopes().moving(amount, from: input.source, to: input.target)
        }
        try apply("move", changes)
    }

    func cover(_ input: BudgetCoverInput) throws {
        let changes = try answering { () throws(BudgetError) in
            try envelopes().covering(input.category, from: input.source)
        }
        try apply("cover", changes)
    }

    func hold(_ entered: EnteredAmount) throws {
        let amount = try entered.money(in: book.currency, field: "amount")
        let held = try answering { () throws(BudgetError) in try envelopes().holding(amount) }
        try apply("hold", [], held: held)
    }

    /// Sets the flexible number: the budgets that share it get their parts.
    func setFlexible(_ entered: EnteredAmount) throws {
        let amount = try entered.money(in: book.currency, field: "amount")
        let flexible = book.budgets.filter { $0.kind == .flexible }
            .filter { !book.history.tree.isIncome($0.category) }
        guard !flexible.isEmpty else {
            throw APIError.conflict("budget.none_flexible", "No budget is flexible.")
        }
        let spent = try Self.reader(write).spent(3, before: book)
        let zero = Money.zero(book.currency)
        let shares = try flexible.map { budget in
            FlexPeriod.Share(
                category: budget.category,
                before: book.plan.assigned[budget.category] ?? zero,
                usual: try spent.compactMap { $0[budget.category]?.spent }.sum(in: book.currency)
            )
        }
        try apply("flex", FlexPeriod.dividing(amount, among: shares))
    }

    func setLocked(_ isLocked: Bool) throws {
        guard isLocked != book.isLocked else { return }
        let before = note([], held: nil, isLocked: !isLocked)
        try store.setLocked(isLocked ? write.now : nil, book.period, book.currency)
        let after = note([], held: nil, isLocked: isLocked)
        record(isLocked ? "lock" : "unlock", before, after)
    }

    // MARK: Parts

    /// Writes changed numbers down, and says what they were.
    ///
    /// - Parameter created: budgets that were made for it.
    /// - Throws: 409 `budget.locked`, 404 for a category without a budget.
    func apply(
        _ action: String,
        _ changes: [PlanChange],
        held: Money? = nil,
        created: [AccountID] = []
    ) throws {
        guard !book.isLocked else {
            throw APIError.conflict("budget.locked", "\(book.period.name) is locked.")
        }
        for change in changes where !isEnvelope(change.envelope, created) {
            throw APIError.notFound("budget")
        }
        let changes = changes.filter { $0.before != $0.after }
        let heldBefore = book.plan.held ?? .zero(book.currency)
        guard !changes.isEmpty || !created.isEmpty || held.map({ $0 != heldBefore }) ?? false else {
            return
        }
        for change in changes {
            try store.assign(change.after, to: change.envelope, in: book.period)
        }
        if let held { try store.hold(held, in: book.period) }
        let before = note(
            changes.map { ($0.envelope, $0.before) },
            held: held.map { _ in heldBefore }
        )
        let after = note(changes.map { ($0.envelope, $0.after) }, held: held, created: created)
        record(action, before, after)
    }

    private func isEnvelope(_ id: AccountID, _ created: [AccountID]) -> Bool {
        book.history.tree.lines[id] != nil || book.history.cards[id] != nil || created.contains(id)
    }

    private func envelopes() throws(BudgetError) -> EnvelopePeriod {
        do { return try book.envelopes() } catch { throw .money(.overflow) }
    }

    private func record(_ action: String, _ before: BudgetPlanNote, _ after: BudgetPlanNote) {
        write.record(
            AuditNote(
                action,
                "budget_period",
                nil,
                before: BudgetPlanNote.shape.bytes(before),
                after: BudgetPlanNote.shape.bytes(after)
            )
        )
    }

    private func note(
        _ amounts: [(AccountID, Money)],
        held: Money?,
        isLocked: Bool = false,
        created: [AccountID] = []
    ) -> BudgetPlanNote {
        BudgetPlanNote(
            period: book.period,
            amounts: amounts.map { .init(envelope: $0.0, amount: $0.1) },
            held: held,
            isLocked: isLocked,
            created: created
        )
    }

    /// What the arithmetic refuses, as people are told it.
    private func answering<Value>(_ body: () throws(BudgetError) -> Value) throws -> Value {
        do {
            return try body()
        } catch {
            switch error {
            case .notPositive:
                throw APIError.invalid("amount", "not_positive", "must be more than zero")
            case .notEnough(let available): throw Self.notEnough(available)
            case .samePlace: throw APIError.invalid("to_id", "same", "is where it comes from")
            case .notOverspent:
                throw APIError.conflict("budget.not_overspent", "It is not overspent.")
            case .unknownEnvelope: throw APIError.notFound("budget")
            case .money(let error): throw error
            }
        }
    }

    private static func notEnough(_ available: Money) -> APIError {
        var details = JSONWriter()
        details.object { writer in
            writer.name("available")
            writer.amount(available.tenThousandths, available.currency)
        }
        return .conflict("budget.not_enough", "There is not as much.", details: details.bytes)
    }
}

/// What the trail keeps of a plan: the numbers that changed.
struct BudgetPlanNote: Sendable {
    let period: BudgetPeriod
    let amounts: [Amount]
    let held: Money?
    let isLocked: Bool
    /// Budgets that were made by it.
    let created: [AccountID]

    struct Amount: Sendable {
        let envelope: AccountID
        let amount: Money
    }

    static let shape = Shape<BudgetPlanNote>("BudgetPlanNote") { shape in
        shape.text("period", \.period.name)
        shape.date("first_day", \.period.span.first)
        shape.date("last_day", \.period.span.last)
        shape.list("amounts", amountShape, \.amounts)
        shape.amountOrNil("held", \.held)
        shape.boolean("is_locked", \.isLocked)
        shape.texts("created") { $0.created.map(\.description) }
    }

    private static let amountShape = Shape<Amount>("BudgetPlanNoteAmount") { shape in
        shape.id("envelope_id", \.envelope)
        shape.amount("amount", \.amount)
    }
}

/// Money that goes from one envelope to another; null is what is ready to assign.
struct BudgetMoveInput: RequestFields {
    let source: EnvelopePlace
    let target: EnvelopePlace
    let amount: EnteredAmount

    init(_ fields: inout FieldReader) {
        source = EnvelopePlace(fields.optional("from_id", .id()))
        target = EnvelopePlace(fields.optional("to_id", .id()))
        amount = fields.required("amount", .amount(.positive))
    }
}

/// An overspent envelope, and where what it lacks comes from; null is what is ready to assign.
struct BudgetCoverInput: RequestFields {
    let category: AccountID
    let source: EnvelopePlace

    init(_ fields: inout FieldReader) {
        category = fields.required("category_id", .id())
        source = EnvelopePlace(fields.optional("from_id", .id()))
    }
}

struct BudgetAmountInput: RequestFields {
    let amount: EnteredAmount

    init(_ fields: inout FieldReader) {
        amount = fields.required("amount", .amount())
    }
}

/// An amount that cannot be below zero: what is held, and the flexible number.
struct BudgetSumInput: RequestFields {
    let amount: EnteredAmount

    init(_ fields: inout FieldReader) {
        amount = fields.required("amount", .amount(.notNegative))
    }
}

extension EnvelopePlace {
    fileprivate init(_ id: AccountID?) {
        self = id.map { .envelope($0) } ?? .ready
    }
}
