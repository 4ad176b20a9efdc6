import Ledger

extension Currency {
    static let eur = known("EUR")
    static let usd = known("USD")
    static let jpy = known("JPY")
    static let kwd = known("KWD")
    static let clf = known("CLF")

    private static func known(_ code: String) -> Currency {
        guard let currency = Currency(code: code) else { fatalError("ISO 4217 has \(code).") }
        return currency
    }
}

extension Money {
    static func eur(_ cents: Int64) -> Money { Money(tenThousandths: cents * 100, .eur) }
    static func usd(_ cents: Int64) -> Money { Money(tenThousandths: cents * 100, .usd) }
}

/// The nodes of a small household.
enum Node {
    static let checking = id(1)
    static let savings = id(2)
    static let card = id(3)
    static let dollars = id(4)
    static let loan = id(5)
    static let food = id(11)
    static let home = id(12)
    static let salary = id(13)
    static let interest = id(14)
    static let opening = id(21)
    static let exchange = id(22)
    static let transit = id(23)

    static let all: [AccountID: LedgerNode] = {
        let nodes = [
            LedgerNode(id: checking, accountClass: .asset, currency: .eur),
            LedgerNode(id: savings, accountClass: .asset, currency: .eur),
            LedgerNode(id: card, accountClass: .liability, currency: .eur),
            LedgerNode(id: dollars, accountClass: .asset, currency: .usd),
            LedgerNode(id: loan, accountClass: .liability, currency: .eur),
            LedgerNode(id: food, accountClass: .expense),
            LedgerNode(id: home, accountClass: .expense),
            LedgerNode(id: salary, accountClass: .income),
            LedgerNode(id: interest, accountClass: .expense),
            LedgerNode(id: opening, accountClass: .equity, system: .opening),
            LedgerNode(id: exchange, accountClass: .equity, system: .exchange),
            LedgerNode(id: transit, accountClass: .equity, system: .transit),
        ]
        return Dictionary(uniqueKeysWithValues: nodes.map { ($0.id, $0) })
    }()

    private static func id(_ number: UInt64) -> AccountID {
        AccountID(UniqueID(high: 7, low: number))
    }
}
