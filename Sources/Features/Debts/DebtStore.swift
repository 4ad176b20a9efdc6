import Ledger
import Storage

/// What lenders ask for, and how a household pays.
struct DebtStore {
    let transaction: any SQLTransaction
    let household: HouseholdID

    /// How many debts may have terms.
    static let countLimit = 50

    /// An account that may owe.
    struct Account: Sendable {
        let id: AccountID
        let name: String
        let kind: AccountKind
        let balance: Money
        let isClosed: Bool
        let terms: DebtTerms?
    }

    /// Those with live terms first, in people's own order.
    func accounts() throws -> [Account] {
        try accounts(.empty).filter { !$0.isClosed || $0.terms != nil }
    }

    func account(_ id: AccountID) throws -> Account? {
        try accounts("AND a.id = \(id)").first
    }

    private func accounts(_ condition: SQLText) throws -> [Account] {
        try transaction.rows(
            """
            SELECT a.id, a.name, a.kind, a.currency, a.balance, a.closed_at, d.yearly_rate,
                d.minimum_amount, d.minimum_share, d.position, d.deleted_at, d.version,
                d.created_at, d.updated_at
            FROM account a LEFT JOIN debt_terms d
                ON d.household_id = a.household_id AND d.account_id = a.id AND d.deleted_at IS NULL
            WHERE a.household_id = \(household) AND a.class = 'liability'
                AND a.deleted_at IS NULL \(condition)
            ORDER BY CASE WHEN d.position IS NULL THEN 1 ELSE 0 END, d.position, a.position, a.id
            """
        ) { row in
            let id: AccountID = try row.identifier()
            let name = try row.text()
            let kind = AccountKind(rawValue: try row.text()) ?? .otherLiability
            let currency = try row.currency()
            return Account(
                id: id,
                name: name,
                kind: kind,
                balance: Money(tenThousandths: try row.amount(), currency),
                isClosed: try row.dateOrNil() != nil,
                terms: try Self.terms(&row, of: id, currency)
            )
        }
    }

    /// Deleted ones too.
    func terms(of id: AccountID, _ currency: Currency) throws -> DebtTerms? {
        let found = try transaction.first(
            """
            SELECT yearly_rate, minimum_amount, minimum_share, position, deleted_at, version,
                created_at, updated_at
            FROM debt_terms WHERE household_id = \(household) AND account_id = \(id)
            """
        ) { try Self.terms(&$0, of: id, currency) }
        return found ?? nil
    }

    private static func terms(
        _ row: inout SQLRow,
        of id: AccountID,
        _ currency: Currency
    ) throws -> DebtTerms? {
        let rate = try row.integerOrNil()
        let amount = try row.amountOrNil()
        let share = try row.integerOrNil()
        let position = try row.integerOrNil()
        let deletedAt = try row.instantOrNil()
        let version = try row.integerOrNil()
        let createdAt = try row.instantOrNil()
        let updatedAt = try row.instantOrNil()
        guard let rate, let amount, let position, let version, let createdAt, let updatedAt else {
            return nil
        }
        let money = Money(tenThousandths: amount, currency)
        return DebtTerms(
            account: id,
            yearlyRate: rate,
            minimum: share.map { .share(millionths: $0, atLeast: money) } ?? .fixed(money),
            position: position,
            deletedAt: deletedAt,
            version: version,
            createdAt: createdAt,
            updatedAt: updatedAt
        )
    }

    func insert(_ terms: DebtTerms) throws {
        try transaction.execute(
            """
            INSERT INTO debt_terms (household_id, account_id, yearly_rate, minimum_kind, minimum_amount,
                minimum_share, position, created_at, updated_at)
            VALUES (\(household), \(terms.account), \(terms.yearlyRate),
                \(terms.minimumKind.rawValue), \(terms.minimumAmount), \(terms.minimumShare),
                \(terms.position), \(terms.createdAt), \(terms.updatedAt))
            """
        )
    }

    /// Raises the version.
    func update(_ terms: DebtTerms, at now: Instant) throws {
        try transaction.execute(
            """
            UPDATE debt_terms SET yearly_rate = \(terms.yearlyRate),
                minimum_kind = \(terms.minimumKind.rawValue),
                minimum_amount = \(terms.minimumAmount), minimum_share = \(terms.minimumShare),
                deleted_at = \(terms.deletedAt), version = version + 1, updated_at = \(now)
            WHERE household_id = \(household) AND account_id = \(terms.account)
            """
        )
    }

    func setPosition(_ position: Int64, of id: AccountID) throws {
        try transaction.execute(
            """
            UPDATE debt_terms SET position = \(position)
            WHERE household_id = \(household) AND account_id = \(id)
            """
        )
    }

    func lastPosition() throws -> Int64 {
        let last = try transaction.first(
            "SELECT MAX(position) FROM debt_terms WHERE household_id = \(household)"
        ) { try $0.integerOrNil() }
        return (last ?? nil) ?? 0
    }

    // MARK: Settings

    /// Those of a household that has said nothing are the usual ones.
    func settings(_ currency: Currency) throws -> DebtSettings {
        let found = try transaction.first(
            """
            SELECT strategy, extra_amount, version, updated_at FROM debt_settings
            WHERE household_id = \(household)
            """
        ) { row in
            var settings = DebtSettings(extra: .zero(currency))
            settings.strategy = DebtSettings.Strategy(rawValue: try row.text()) ?? .avalanche
            settings.extra = Money(tenThousandths: try row.amount(), currency)
            settings.version = try row.integer()
            settings.updatedAt = try row.instant()
            return settings
        }
        var settings = found ?? DebtSettings(extra: .zero(currency))
        settings.order = try accounts().filter { $0.terms != nil }.map(\.id)
        return settings
    }

    func save(_ settings: DebtSettings, at now: Instant) throws {
        try transaction.execute("DELETE FROM debt_settings WHERE household_id = \(household)")
        try transaction.execute(
            """
            INSERT INTO debt_settings (household_id, strategy, extra_amount, version, updated_at)
            VALUES (\(household), \(settings.strategy.rawValue), \(settings.extra),
                \(settings.version), \(now))
            """
        )
    }
}
