package import Ledger

/// An amount as a person sent it, before it is known which currency it is in.
package struct EnteredAmount: Sendable, Equatable {
    package let tenThousandths: Int64
    /// Whether it stands in the ledger already, as a bank wrote it: it is not judged again.
    private let isKept: Bool

    package init(tenThousandths: Int64) {
        self.tenThousandths = tenThousandths
        isKept = false
    }

    package init(kept money: Money) {
        tenThousandths = money.tenThousandths
        isKept = true
    }

    /// - Throws: 422 when a person sent more decimals than the currency has.
    package func money(in currency: Currency, field: String) throws(APIError) -> Money {
        let money = Money(tenThousandths: tenThousandths, currency)
        guard isKept || money.isInMinorUnits else {
            throw .invalid(
                field,
                "too_precise",
                "\(currency.code) has \(currency.minorDigits) decimals, this has \(money.decimals)"
            )
        }
        return money
    }
}

extension FieldKind where Value == EnteredAmount {
    package enum Sign: Sendable {
        case any, positive, notNegative
    }

    /// A decimal, as text or as a number, read exactly either way.
    package static func amount(_ sign: Sign = .any) -> FieldKind {
        FieldKind(
            schema: .amount(acceptsNumber: true),
            placeholder: { EnteredAmount(tenThousandths: 0) }
        ) { value, _ in
            let text: String
            switch value {
            case .string(let string): text = string
            case .number(let number): text = number
            default: return .wrongType("a decimal such as \"12.30\"", value)
            }
            do throws(MoneyError) {
                let amount = try Decimal4.parse(text)
                if sign == .positive, amount <= 0 {
                    return .fault("not_positive", "must be more than zero")
                }
                if sign == .notNegative, amount < 0 {
                    return .fault("negative", "must not be negative")
                }
                return .value(EnteredAmount(tenThousandths: amount))
            } catch {
                return fault(error)
            }
        }
    }

    private static func fault(_ error: MoneyError) -> Parsed<EnteredAmount> {
        switch error {
        case .tooPrecise(_, let allowed): .fault("too_precise", "at most \(allowed) decimals")
        case .overflow: .fault("out_of_range", "larger than an amount can be")
        default: .fault("not_a_decimal", "a plain decimal such as 12.30")
        }
    }
}
