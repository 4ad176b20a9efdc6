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

    /// - Throws: 409 `debt.too_large`
    func list() throws -> [DebtView] { try store.accounts().map(Self.view) }

    /// - Throws: 404, 409 `debt.too_large`
    func view(_ id: AccountID) throws -> DebtView {
        guard let account = try store.account(id) else { throw APIError.notFound("debt") }
        return try Self.view(account)
    }

    static func view(_ account: DebtStore.Account) throws -> DebtView {
        let owed = try account.balance.negated().orZero
        let terms = try APIError.counting(or: tooLarge) {
            try account.terms.map { try self.terms($0, of: account.id, owing: owed) }
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

    private static func terms(
        _ terms: DebtTerms,
        of account: AccountID,
        owing owed: Money
    ) throws -> DebtView.Terms {
        let debt = try Debt(
            account: account,
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

    private static let tooLarge = APIError.conflict(
        "debt.too_large",
        "The debts and what is paid for them add up to more than can be counted."
    )

    // MARK: The plan

    /// - Throws: 422, 409 `debt.too_large`
    func plan(_ query: DebtPlanQuery) throws -> DebtForecast {
        let settings = try store.settings(member.currency)
        let extra = try query.extra?.money(in: member.currency, field: "extra")
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
        let debts = try APIError.counting(or: Self.tooLarge) {
            try views.filter { !$0.owed.isZero && $0.terms != nil }.compactMap { view in
                let debt = try converted(view, rates)
                if debt == nil { missing.insert(view.owed.currency) }
                return debt.map { (view, $0) }
            }
        }
        func forecast(_ extra: Money, or refusal: APIError) throws -> DebtForecast {
            try APIError.counting(or: refusal) {
                try DebtForecast(
                    debts,
                    strategy: strategy,
                    order: strategy.order(query.order ?? settings.order),
                    extra: extra,
                    from: today.month.adding(months: 1),
                    withoutTerms: views.filter { $0.terms == nil && !$0.owed.isZero }
                        .map(\.account),
                    missingRates: missing
                )
            }
        }
        guard let extra else { return try forecast(settings.extra, or: Self.tooLarge) }
        do {
            return try forecast(extra, or: Self.extraTooLarge)
        } catch let refusal as APIError where refusal.code == Self.extraTooLarge.code {
            // Where it is too much without it too, the debts are to blame and not what is asked.
            _ = try forecast(.zero(member.currency), or: Self.tooLarge)
            throw refusal
        }
    }

    private static let extraTooLarge = APIError.invalid(
        "extra",
        "out_of_range",
        "is more than can be counted together with what is paid already"
    )

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
