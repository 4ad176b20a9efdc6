import Ledger
import Storage

/// The budget of one category as it is stored. The numbers of its periods lie beside it.
struct BudgetRecord: Sendable {
    let category: AccountID
    /// The category's.
    let name: String
    var rollover: BudgetRollover
    var kind: BudgetKind
    /// Under which heading it stands, where the household has headings of its own.
    var group: String?
    var position: Int64
    var fill: FillRule?
    /// Lower numbers are filled first.
    var priority: Int
    var deletedAt: Instant?
    var version: Int64
    let createdAt: Instant
    var updatedAt: Instant

    var line: BudgetLine { BudgetLine(category: category, rollover: rollover, kind: kind) }

    static let shape = Shape<BudgetRecord>("Budget") { shape in
        shape.id("category_id", \.category)
        shape.text("name", \.name)
        shape.choice("rollover", \.rollover)
        shape.choice("kind", \.kind)
        shape.textOrNil("group", \.group)
        shape.integer("position", \.position)
        shape.objectOrNil("fill", StoredFill.shape) { $0.fill.map(StoredFill.init) }
        shape.integer("priority") { Int64($0.priority) }
        shape.instantOrNil("deleted_at", \.deletedAt)
        shape.integer("version", \.version)
        shape.instant("created_at", \.createdAt)
        shape.instant("updated_at", \.updatedAt)
    }
}

/// A new budget.
struct BudgetInput: RequestFields {
    let category: AccountID
    let patch: BudgetPatch

    init(_ fields: inout FieldReader) {
        category = fields.required("category_id", .id())
        patch = BudgetPatch(&fields)
    }
}

/// What may be changed of a budget.
struct BudgetPatch: RequestFields {
    let rollover: BudgetRollover?
    let kind: BudgetKind?
    let group: Patch<String>
    let position: Int?
    let fill: Patch<FillInput>
    let priority: Int?

    init(_ fields: inout FieldReader) {
        rollover = fields.ifPresent("rollover", .choice())
        kind = fields.ifPresent("kind", .choice())
        group = fields.patch("group", .text(1...60))
        position = fields.ifPresent("position", .integer(0...1_000_000))
        fill = fields.patch("fill", .object())
        priority = fields.ifPresent("priority", .integer(1...9))
    }

    /// - Throws: 422 for an amount of too many decimals.
    func apply(to record: inout BudgetRecord, _ currency: Currency) throws {
        record.rollover = rollover ?? record.rollover
        record.kind = kind ?? record.kind
        record.group = group.applied(to: record.group)
        record.position = position.map(Int64.init) ?? record.position
        record.priority = priority ?? record.priority
        switch fill {
        case .absent: break
        case .clear: record.fill = nil
        case .value(let input): record.fill = try input.rule(in: currency, field: "fill")
        }
    }
}

/// A rule by which budgets are filled, as it is sent.
struct FillInput: RequestFields {
    private let stored: StoredFill
    private let amount: EnteredAmount?

    /// How many periods back a rule may look.
    static let periodLimit = 24

    init(_ fields: inout FieldReader) {
        let name: StoredFill.Name = fields.required("rule", .choice())
        amount = fields.optional("amount", .amount(.notNegative))
        stored = StoredFill(
            name: name,
            amount: nil,
            weekday: fields.optional("weekday", .named(Weekday.allCases.map { ($0.name, $0) })),
            date: fields.optional("date", .date),
            basisPoints: fields.optional("basis_points", .integer(0...10_000)),
            periods: fields.optional("periods", .integer(1...Self.periodLimit))
        )
        for field in stored.name.needs where !fields.isPresent(field) {
            fields.fault(field, "required", "is required for \(name.rawValue)")
        }
    }

    init(averageOf periods: Int) {
        stored = StoredFill(name: .average, periods: periods)
        amount = nil
    }

    /// - Throws: 422
    func rule(in currency: Currency, field: String) throws -> FillRule {
        var stored = stored
        stored.amount = try amount?.money(in: currency, field: "\(field).amount")
        guard let rule = stored.rule else {
            throw APIError.invalid(field, "incomplete", "lacks what the rule needs")
        }
        return rule
    }
}

/// A rule as a row and as JSON have it: its name, and what it needs.
struct StoredFill: Sendable {
    enum Name: String, CaseIterable, Sendable {
        case fixed, weekly, share, average, median, copy, refill
        case byDate = "by_date"

        /// The fields that the rule cannot do without.
        var needs: [String] {
            switch self {
            case .fixed, .refill: ["amount"]
            case .weekly: ["amount", "weekday"]
            case .byDate: ["amount", "date"]
            case .share: ["basis_points"]
            case .average, .median: ["periods"]
            case .copy: []
            }
        }
    }

    let name: Name
    var amount: Money?
    var weekday: Weekday?
    var date: LocalDate?
    var basisPoints: Int?
    var periods: Int?

    /// Nil when something that it needs is missing.
    var rule: FillRule? {
        switch name {
        case .fixed: amount.map { .fixed($0) }
        case .weekly: amount.flatMap { amount in weekday.map { .weekly(amount, on: $0) } }
        case .byDate: amount.flatMap { amount in date.map { .byDate(amount, by: $0) } }
        case .share: basisPoints.map { .shareOfIncome(basisPoints: $0) }
        case .average: periods.map { .average(periods: $0) }
        case .median: periods.map { .median(periods: $0) }
        case .copy: .copyLast
        case .refill: amount.map { .refill(upTo: $0) }
        }
    }

    static let shape = Shape<StoredFill>("BudgetFillRule") { shape in
        shape.choice("rule", \.name)
        shape.amountOrNil("amount", \.amount)
        shape.textOrNil("weekday") { $0.weekday?.name }
        shape.dateOrNil("date", \.date)
        shape.integerOrNil("basis_points") { $0.basisPoints.map(Int64.init) }
        shape.integerOrNil("periods") { $0.periods.map(Int64.init) }
    }
}

extension StoredFill {
    init(_ rule: FillRule) {
        switch rule {
        case .fixed(let amount): self.init(name: .fixed, amount: amount)
        case .weekly(let amount, let day):
            self.init(name: .weekly, amount: amount, weekday: day)
        case .byDate(let amount, let date): self.init(name: .byDate, amount: amount, date: date)
        case .shareOfIncome(let points): self.init(name: .share, basisPoints: points)
        case .average(let periods): self.init(name: .average, periods: periods)
        case .median(let periods): self.init(name: .median, periods: periods)
        case .copyLast: self.init(name: .copy)
        case .refill(let amount): self.init(name: .refill, amount: amount)
        }
    }
}

extension BudgetRecord: Versioned {}
