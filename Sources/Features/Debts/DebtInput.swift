import Ledger

/// What a lender asks for.
struct DebtInput: RequestFields {
    let yearlyRate: Int64
    let kind: DebtTerms.MinimumKind
    let amount: EnteredAmount
    let share: Int64?

    init(_ fields: inout FieldReader) {
        yearlyRate = fields.required("yearly_rate", .percent(0...Debt.rateLimit))
        kind = fields.required("minimum_kind", .choice())
        amount = fields.required("minimum_amount", .amount(.notNegative))
        share = fields.optional("minimum_share", .percent(1...1_000_000))
        if kind == .fixed, amount.tenThousandths == 0 {
            fields.fault("minimum_amount", "not_positive", "must be more than zero")
        }
        if (kind == .share) != fields.isPresent("minimum_share") {
            fields.fault("minimum_share", "only_for_share", "belongs to share, and only to it")
        }
    }

    /// - Throws: 422
    func minimum(in currency: Currency) throws(APIError) -> MinimumPayment {
        let money = try amount.money(in: currency, field: "minimum_amount")
        guard let share, kind == .share else { return .fixed(money) }
        return .share(millionths: share, atLeast: money)
    }
}

struct DebtSettingsPatch: RequestFields {
    let strategy: DebtSettings.Strategy?
    let extra: EnteredAmount?
    let order: [AccountID]?

    init(_ fields: inout FieldReader) {
        strategy = fields.ifPresent("strategy", .choice())
        extra = fields.ifPresent("extra_amount", .amount(.notNegative))
        order = fields.ifPresent("order", .list(.id(), 0...DebtStore.countLimit))
    }
}

/// Another way to pay, to be looked at and not kept.
struct DebtPlanQuery: RequestFields {
    let strategy: DebtSettings.Strategy?
    let extra: EnteredAmount?
    let order: [AccountID]?

    private static let orderLength = 37 * DebtStore.countLimit

    init(_ fields: inout FieldReader) {
        strategy = fields.optional("strategy", .choice())
        extra = fields.optional("extra", .amount(.notNegative))
        let text = fields.optional("order", .text(0...Self.orderLength))
        let ids = text?.split(separator: ",").map { AccountID($0) }
        order = ids?.compactMap(\.self)
        if ids?.contains(nil) ?? false {
            fields.fault("order", "not_an_id", "ids, with commas between them")
        }
    }

    /// Everything that the answer depends on.
    var question: String {
        let order = order.map { $0.map(\.description).joined(separator: ",") } ?? "-"
        let extra = extra.map { String($0.tenThousandths) } ?? "-"
        return "debts/plan/\(strategy?.rawValue ?? "-")/\(extra)/\(order)"
    }
}
