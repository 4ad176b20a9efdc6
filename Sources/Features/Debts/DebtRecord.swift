import Ledger
import Storage

/// What a lender asks for, of one loan or card, as it is stored.
struct DebtTerms: Sendable {
    let account: AccountID
    /// - Units: millionths a year.
    var yearlyRate: Int64
    var minimum: MinimumPayment
    /// The place in people's own order.
    var position: Int64
    var deletedAt: Instant?
    var version: Int64
    let createdAt: Instant
    var updatedAt: Instant

    enum MinimumKind: String, CaseIterable, Sendable { case fixed, share }

    var minimumKind: MinimumKind { if case .fixed = minimum { .fixed } else { .share } }

    /// The payment itself, or the least that is asked.
    var minimumAmount: Money {
        switch minimum {
        case .fixed(let amount), .share(_, let amount): amount
        }
    }

    /// - Units: millionths of what is owed.
    var minimumShare: Int64? {
        if case .share(let millionths, _) = minimum { millionths } else { nil }
    }
}

/// A loan or a card with what it owes, and what its lender asks for where that is known.
struct DebtView: Sendable {
    let account: AccountID
    let name: String
    let kind: AccountKind
    let balance: Money
    /// Never below zero.
    let owed: Money
    let terms: Terms?

    struct Terms: Sendable {
        let stored: DebtTerms
        let monthlyInterest: Money
        let payment: Money

        var isCovered: Bool {
            monthlyInterest.isZero || payment.tenThousandths > monthlyInterest.tenThousandths
        }

        static let shape = Shape<Terms>("DebtTerms") { shape in
            shape.text("yearly_rate") { DebtPercent.text($0.stored.yearlyRate) }
            shape.choice("minimum_kind", \.stored.minimumKind)
            shape.amount("minimum_amount", \.stored.minimumAmount)
            shape.textOrNil("minimum_share") { $0.stored.minimumShare.map(DebtPercent.text) }
            shape.amount("monthly_interest", \.monthlyInterest)
            shape.amount("minimum_payment", \.payment)
            shape.boolean("is_covered", \.isCovered)
            shape.integer("position", \.stored.position)
            shape.integer("version", \.stored.version)
            shape.instant("created_at", \.stored.createdAt)
            shape.instant("updated_at", \.stored.updatedAt)
        }
    }

    /// Zero where nothing was said yet.
    var version: Int64 { terms?.stored.version ?? 0 }

    static let shape = Shape<DebtView>("Debt") { shape in
        shape.id("account_id", \.account)
        shape.text("name", \.name)
        shape.choice("kind", \.kind)
        shape.currency("currency", \.balance.currency)
        shape.amount("balance", \.balance)
        shape.amount("owed", \.owed)
        shape.objectOrNil("terms", Terms.shape, \.terms)
    }

    /// For the trail, which keeps what was decided and not what was owed.
    static let trail = Shape<DebtView>("TracedDebt") { shape in
        shape.id("account_id", \.account)
        shape.text("name", \.name)
        shape.textOrNil("yearly_rate") { $0.terms.map { DebtPercent.text($0.stored.yearlyRate) } }
        shape.textOrNil("minimum_kind") { $0.terms?.stored.minimumKind.rawValue }
        shape.amountOrNil("minimum_amount") { $0.terms?.stored.minimumAmount }
        shape.textOrNil("minimum_share") {
            $0.terms?.stored.minimumShare.map(DebtPercent.text)
        }
        shape.integer("version", \.version)
    }
}

/// How a household pays off what it owes.
struct DebtSettings: Sendable, Equatable {
    var strategy = Strategy.avalanche
    var extra: Money
    /// Those with terms, in people's own order.
    var order: [AccountID] = []
    var version: Int64 = 0
    var updatedAt: Instant?

    enum Strategy: String, CaseIterable, Sendable {
        case avalanche, snowball, own

        func order(_ own: [AccountID]) -> DebtOrder {
            switch self {
            case .avalanche: .avalanche
            case .snowball: .snowball
            case .own: .own(own)
            }
        }
    }

    static let shape = Shape<DebtSettings>("DebtSettings") { shape in
        shape.choice("strategy", \.strategy)
        shape.amount("extra_amount", \.extra)
        shape.currency("currency", \.extra.currency)
        shape.texts("order") { $0.order.map(\.description) }
        shape.integer("version", \.version)
        shape.instantOrNil("updated_at", \.updatedAt)
    }
}

/// Percents in JSON, with four decimals at most: a ten-thousandth of a percent is a millionth.
enum DebtPercent {
    static func text(_ millionths: Int64) -> String { Decimal4.text(millionths, minorDigits: 2) }
}

extension FieldKind where Value == Int64 {
    /// Percents, as text or as a number, in millionths of the whole.
    static func percent(_ range: ClosedRange<Int64>) -> FieldKind {
        let amount: FieldKind<EnteredAmount> = .amount()
        return FieldKind(schema: amount.schema, placeholder: { range.lowerBound }) {
            value,
            isText in
            switch amount.parse(value, isText) {
            case .faults(let faults): return .faults(faults)
            case .value(let entered):
                guard range.contains(entered.tenThousandths) else {
                    let (first, last) = (range.lowerBound, range.upperBound)
                    let least = Decimal4.text(first, minorDigits: 0)
                    let most = Decimal4.text(last, minorDigits: 0)
                    return .fault("out_of_range", "from \(least) to \(most)")
                }
                return .value(entered.tenThousandths)
            }
        }
    }
}

extension DebtView: Versioned {}
