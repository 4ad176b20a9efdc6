import Ledger
import Storage

/// Which budgets are to be filled, and how.
struct BudgetFillInput: RequestFields {
    let isPreview: Bool
    /// Instead of each budget's own rule.
    let rule: FillInput?
    /// All that have a rule when absent.
    let categories: [AccountID]?
    /// Whether categories that no budget covers and that something was spent in get one.
    let makesBudgets: Bool

    /// All budgets, and new ones for whatever else something was spent in.
    init(_ rule: FillInput) {
        isPreview = false
        self.rule = rule
        categories = nil
        makesBudgets = true
    }

    init(_ fields: inout FieldReader) {
        isPreview = fields.optional("preview", .boolean) ?? false
        rule = fields.optional("rule", .object())
        categories = fields.optional(
            "category_ids",
            .list(.id(), 1...CategoryService.countLimit)
        )
        makesBudgets = fields.optional("new_budgets", .boolean) ?? false
        if makesBudgets, !fields.isPresent("rule") {
            fields.fault("rule", "required", "new budgets have no rule of their own")
        }
    }
}

/// What a fill changes, or would change.
struct BudgetFill: Sendable {
    let period: BudgetPeriod
    let isPreview: Bool
    let preview: FillPreview
    let names: [AccountID: String]
    let created: Set<AccountID>

    static let shape = Shape<BudgetFill>("BudgetFill") { shape in
        shape.text("period", \.period.name)
        shape.boolean("is_preview", \.isPreview)
        shape.list("rows", rowShape) { fill in
            fill.preview.rows.map {
                Row(
                    row: $0,
                    name: fill.names[$0.change.envelope] ?? "",
                    isNew: fill.created.contains($0.change.envelope)
                )
            }
        }
        shape.amount("given", \.preview.given)
        shape.amountOrNil("ready_after", \.preview.readyAfter)
        shape.amount("short", \.preview.short)
    }

    private struct Row: Sendable {
        let row: FillPreview.Row
        let name: String
        let isNew: Bool
    }

    private static let rowShape = Shape<Row>("BudgetFillRow") { shape in
        shape.id("category_id", \.row.change.envelope)
        shape.text("name", \.name)
        shape.boolean("is_new", \.isNew)
        shape.amount("before", \.row.change.before)
        shape.amount("after", \.row.change.after)
        shape.amount("asked", \.row.asked)
        shape.amount("short", \.row.short)
        shape.choice("rule", \.row.reason.name)
        shape.integerOrNil("periods") { $0.row.reason.periods.map(Int64.init) }
        shape.integerOrNil("times") { $0.row.reason.times.map(Int64.init) }
    }
}

extension FillReason {
    fileprivate var name: StoredFill.Name {
        switch self {
        case .fixed: .fixed
        case .weekly: .weekly
        case .byDate: .byDate
        case .shareOfIncome: .share
        case .average: .average
        case .median: .median
        case .copyLast: .copy
        case .refill: .refill
        }
    }

    fileprivate var periods: Int? {
        switch self {
        case .byDate(_, let periods), .average(let periods), .median(let periods): periods
        default: nil
        }
    }

    fileprivate var times: Int? {
        if case .weekly(let times) = self { times } else { nil }
    }
}

extension BudgetPlanning {
    /// Fills budgets by their rules, or says what that would change.
    func fill(_ input: BudgetFillInput) throws -> BudgetFill {
        let override = try input.rule?.rule(in: book.currency, field: "rule")
        let wanted = input.categories.map(Set.init)
        guard wanted?.isSubset(of: book.nodes.filter { $0.category != nil }.map(\.id)) ?? true
        else {
            throw APIError.invalid("category_ids", "not_found", "each a category that is there")
        }
        let depth = max(book.budgets.compactMap(\.fill?.depth).max() ?? 0, override?.depth ?? 0)
        let spent =
            depth > 0 || input.makesBudgets
            ? try Self.reader(write).spent(max(depth, 1), before: book) : []
        let new = input.makesBudgets ? uncovered(spent, wanted) : []
        let envelopes = try book.envelopes()
        let limits = try book.limits()
        var requests: [FillRequest] = []
        for budget in book.budgets where wanted?.contains(budget.category) ?? true {
            guard let rule = override ?? budget.fill else { continue }
            let id = budget.category
            let carried = envelopes.envelopes[id]?.carried ?? limits[id]?.carried
            requests.append(request(id, rule, budget.priority, carried, spent))
        }
        if let override {
            for node in new { requests.append(request(node.id, override, 1, nil, spent)) }
        }
        let preview = try FillPreview(
            requests,
            ready: book.settings.look == .envelope ? envelopes.ready : nil,
            income: envelopes.income,
            in: book.period,
            of: book.calendar
        )
        let created = new.filter { node in
            preview.rows.contains {
                $0.change.envelope == node.id && $0.change.after.tenThousandths > 0
            }
        }
        if !input.isPreview { try apply(preview, making: created) }
        return BudgetFill(
            period: book.period,
            isPreview: input.isPreview,
            preview: preview,
            names: Dictionary(uniqueKeysWithValues: book.nodes.map { ($0.id, $0.name) }),
            created: Set(new.map(\.id))
        )
    }

    private func apply(_ preview: FillPreview, making created: [BudgetNode]) throws {
        if book.isLocked { return try apply("fill", preview.changes) }
        let service = BudgetService()
        for (offset, node) in created.enumerated() {
            var record = try service.fresh(node, store, write)
            record.position += Int64(offset)
            if var known = try store.find(node.id, book.currency) {
                known.deletedAt = nil
                try store.update(known, at: write.now)
            } else {
                try store.insert(record)
            }
        }
        try apply("fill", preview.changes, created: created.map(\.id))
    }

    /// Categories of spending that no budget covers and that something was spent in.
    private func uncovered(
        _ spent: [[AccountID: TrackingCell]],
        _ wanted: Set<AccountID>?
    ) -> [BudgetNode] {
        let tree = book.history.tree
        return book.nodes.filter { node in
            node.category?.isIncome == false && tree.lines[tree.line(covering: node.id)] == nil
                && wanted?.contains(node.id) ?? true
                && spent.contains { ($0[node.id]?.spent.tenThousandths ?? 0) > 0 }
        }
    }

    private func request(
        _ id: AccountID,
        _ rule: FillRule,
        _ priority: Int,
        _ carried: Money?,
        _ spent: [[AccountID: TrackingCell]]
    ) -> FillRequest {
        let zero = Money.zero(book.currency)
        return FillRequest(
            envelope: id,
            rule: rule,
            priority: priority,
            before: book.plan.assigned[id] ?? zero,
            carried: carried ?? zero,
            lastAssigned: book.planBefore.assigned[id] ?? zero,
            spent: spent.map { $0[id]?.spent ?? zero }
        )
    }
}

extension FillRule {
    /// How many periods back it looks.
    fileprivate var depth: Int {
        switch self {
        case .average(let periods), .median(let periods): periods
        default: 0
        }
    }
}
