import Ledger
import Storage

/// Reads debts and computes how they are paid off, as far as the transaction shows them.
struct DebtReader {
    let transaction: any SQLTransaction
    let member: Member
    let today: LocalDate

    private var store: DebtStore {
        DebtStore(transaction: transaction, household: member.household)
    }

    func list() throws -> [DebtView] { try store.accounts().map(Self.view) }

    /// - Throws: 404
    func view(_ id: AccountID) throws -> DebtView {
        guard let account = try store.account(id) else { throw APIError.notFound("debt") }
        return try Self.view(account)
    }

    static func view(_ account: DebtStore.Account) throws -> DebtView {
        let owed = try account.balance.negated().orZero
        let terms = try account.terms.map { terms in
            let debt = try Debt(
                account: account.id,
                owed: owed,
                yearlyRateMillionths: terms.yearlyRate,
                minimum: terms.minimum
            )
            let interest = try debt.monthlyInterest(on: owed)
            return DebtView.Terms(
                stored: terms,
                monthlyInterest: interest,
                payment: try debt.minimum.amount(of: owed.adding(interest))
            )
        }
        return DebtView(
            account: account.id,
            name: account.name,
            kind: account.kind,
            balance: account.balance,
            owed: owed,
            terms: terms
        )
    }

    // MARK: The plan

    /// - Throws: 422
    func plan(_ query: DebtPlanQuery) throws -> DebtForecast {
        let settings = try store.settings(member.currency)
        let extra = try query.extra?.money(in: member.currency, field: "extra") ?? settings.extra
        let strategy = query.strategy ?? settings.strategy
        let views = try list()
        let known = Set(views.filter { $0.terms != nil }.map(\.account))
        if let order = query.order {
            guard order.allSatisfy(known.contains) else {
                throw APIError.invalid("order", "not_found", "there is no such debt with terms")
            }
        }
        let rates = try RateStore(transaction: transaction, household: member.household)
            .rates(to: member.currency)
        var missing: Set<Currency> = []
        let debts = try views.filter { !$0.owed.isZero && $0.terms != nil }.compactMap { view in
            let debt = try converted(view, rates)
            if debt == nil { missing.insert(view.owed.currency) }
            return debt.map { (view, $0) }
        }
        return try DebtForecast(
            debts,
            strategy: strategy,
            order: strategy.order(query.order ?? settings.order),
            extra: extra,
            from: today.month.adding(months: 1),
            withoutTerms: views.filter { $0.terms == nil && !$0.owed.isZero }.map(\.account),
            missingRates: missing
        )
    }

    /// A debt in the household's currency at today's rate; nil where none is known.
    private func converted(_ view: DebtView, _ rates: RateTable) throws -> Debt? {
        guard let terms = view.terms?.stored, let owed = try rates.convert(view.owed, on: today),
            let amount = try rates.convert(terms.minimumAmount, on: today)
        else { return nil }
        return try Debt(
            account: view.account,
            owed: owed,
            yearlyRateMillionths: terms.yearlyRate,
            minimum: terms.minimumShare.map { .share(millionths: $0, atLeast: amount) }
                ?? .fixed(amount)
        )
    }
}
