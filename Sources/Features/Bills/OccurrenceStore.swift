import Insight
import Ledger
import Storage

/// What is kept of occurrences: how they deviate from their bill, what paid them, what may have.
struct OccurrenceStore {
    let transaction: any SQLTransaction
    let household: HouseholdID

    /// Which occurrences are meant, by their nominal days.
    struct Scope {
        let first: LocalDate
        let last: LocalDate
        var bill: BillID?
    }

    private func condition(_ table: SQLText, _ scope: Scope) -> SQLText {
        let days: SQLText = """
            \(table).household_id = \(household)
            AND \(table).nominal_on BETWEEN \(scope.first) AND \(scope.last)
            """
        guard let bill = scope.bill else { return days }
        return "\(days) AND \(table).bill_id = \(bill)"
    }

    // MARK: Deviations

    func deviations(_ scope: Scope) throws -> [OccurrenceKey: BillOccurrence.Deviation] {
        var found: [OccurrenceKey: BillOccurrence.Deviation] = [:]
        try transaction.forEach(
            """
            SELECT d.bill_id, d.nominal_on, d.due_on, d.amount, d.is_skipped, d.posted_at
            FROM bill_occurrence d WHERE \(condition("d", scope))
            """
        ) { row in
            let key = OccurrenceKey(bill: try row.identifier(), nominal: try row.date())
            found[key] = BillOccurrence.Deviation(
                due: try row.dateOrNil(),
                amount: try row.amountOrNil(),
                isSkipped: try row.boolean(),
                postedAt: try row.instantOrNil()
            )
        }
        return found
    }

    func save(_ deviation: BillOccurrence.Deviation, of key: OccurrenceKey) throws {
        try transaction.execute(
            """
            DELETE FROM bill_occurrence WHERE household_id = \(household)
                AND bill_id = \(key.bill) AND nominal_on = \(key.nominal)
            """
        )
        guard !deviation.isNothing else { return }
        let amount = deviation.amount.map { SQLValue.amount($0) } ?? .null(.amount)
        try transaction.execute(
            """
            INSERT INTO bill_occurrence (household_id, bill_id, nominal_on, due_on, amount,
                is_skipped, posted_at)
            VALUES (\(household), \(key.bill), \(key.nominal), \(deviation.due), \(amount),
                \(deviation.isSkipped), \(deviation.postedAt))
            """
        )
    }

    // MARK: Payments

    private static let payment: SQLText = """
        p.bill_id, p.nominal_on, p.transaction_id, p.kind, p.is_automatic, p.replaces_id,
        p.amount_low, p.amount_usual, p.amount_high, t.date, t.signed_amount, t.currency, t.payee,
        t.account_id, t.state, t.source, t.linked_id IS NOT NULL
        """

    /// Those whose transaction is there. By their days.
    func payments(_ scope: Scope) throws -> [BillPayment] {
        try payments(condition("p", scope))
    }

    /// What bills that learn were paid, for what they expect.
    func history(_ scope: Scope) throws -> [BillPayment] {
        try payments(
            """
            \(condition("p", scope)) AND p.bill_id IN (
                SELECT l.id FROM bill l
                WHERE l.household_id = \(household) AND l.amount_kind = 'learned')
            """
        )
    }

    func payment(by id: TransactionID) throws -> BillPayment? { try payments(by: [id]).first }

    /// Of bills that are there: one that was deleted holds no payments.
    func payments(by ids: [TransactionID]) throws -> [BillPayment] {
        try payments(
            """
            p.household_id = \(household) AND p.transaction_id IN \(list: ids)
            AND EXISTS (SELECT 1 FROM bill b WHERE b.household_id = p.household_id
                AND b.id = p.bill_id AND b.deleted_at IS NULL)
            """
        )
    }

    /// Those of one bill, whenever.
    func payments(of bill: BillID) throws -> [BillPayment] {
        try payments("p.household_id = \(household) AND p.bill_id = \(bill)")
    }

    func payments(importedBy batch: ImportBatchID) throws -> [BillPayment] {
        try payments("p.household_id = \(household) AND t.import_id = \(batch)")
    }

    private func payments(_ condition: SQLText) throws -> [BillPayment] {
        try transaction.rows(
            """
            SELECT \(Self.payment) FROM bill_payment p JOIN ledger_transaction t
                ON t.household_id = p.household_id AND t.id = p.transaction_id
            WHERE \(condition) AND t.deleted_at IS NULL
                AND t.state >= \(TransactionState.pending.rawValue)
            ORDER BY p.nominal_on, t.date, t.id
            """
        ) { row in
            let key = OccurrenceKey(bill: try row.identifier(), nominal: try row.date())
            let id: TransactionID = try row.identifier()
            let kind = BillPayment.Kind(rawValue: try row.text()) ?? .matched
            let isAutomatic = try row.boolean()
            let replaces: TransactionID? = try row.identifierOrNil()
            let ends = [try row.amountOrNil(), try row.amountOrNil(), try row.amountOrNil()]
            let date = try row.date()
            let amount = Money(tenThousandths: try row.amount(), try row.currency())
            return BillPayment(
                transaction: id,
                key: key,
                kind: kind,
                isAutomatic: isAutomatic,
                replaces: replaces,
                band: Self.band(ends, amount.currency),
                date: date,
                amount: amount,
                payee: try row.textOrNil(),
                account: try row.identifier(),
                state: TransactionState(rawValue: try row.int()) ?? .posted,
                source: TransactionSource(rawValue: try row.text()) ?? .manual,
                isPaired: try row.boolean()
            )
        }
    }

    private static func band(_ ends: [Int64?], _ currency: Currency) -> AmountBand? {
        let known = ends.compactMap(\.self).map { Money(tenThousandths: $0, currency) }
        guard known.count == 3 else { return nil }
        return AmountBand(low: known[0], typical: known[1], high: known[2])
    }

    /// The booking of an occurrence, also one that was deleted since.
    func posted(_ key: OccurrenceKey) throws -> TransactionID? {
        try transaction.first(
            """
            SELECT transaction_id FROM bill_payment
            WHERE household_id = \(household) AND bill_id = \(key.bill)
                AND nominal_on = \(key.nominal) AND kind = 'posted'
            """
        ) { try $0.identifier() }
    }

    /// What a link says besides who pays whom.
    struct Link {
        let kind: BillPayment.Kind
        let isAutomatic: Bool
        var replaces: TransactionID?
        let band: AmountBand?
    }

    /// A transaction that pays something is nobody's candidate any more.
    func link(
        _ id: TransactionID,
        to key: OccurrenceKey,
        _ link: Link,
        at now: Instant
    ) throws {
        try unlink(id)
        try transaction.execute(
            """
            INSERT INTO bill_payment (household_id, transaction_id, bill_id, nominal_on, kind,
                is_automatic, replaces_id, amount_low, amount_usual, amount_high, created_at)
            VALUES (\(household), \(id), \(key.bill), \(key.nominal), \(link.kind.rawValue),
                \(link.isAutomatic), \(link.replaces), \(link.band?.low), \(link.band?.typical),
                \(link.band?.high), \(now))
            """
        )
        try transaction.execute(
            """
            DELETE FROM bill_candidate WHERE household_id = \(household)
                AND transaction_id = \(id) AND is_rejected = \(false)
            """
        )
    }

    func unlink(_ id: TransactionID) throws {
        try transaction.execute(
            "DELETE FROM bill_payment WHERE household_id = \(household) AND transaction_id = \(id)"
        )
    }

    // MARK: Candidates

    /// The best first. Those that pay something by now, or are gone, are none.
    func candidates(_ scope: Scope) throws -> [BillCandidate] {
        try transaction.rows(
            """
            SELECT c.bill_id, c.nominal_on, c.transaction_id, c.score, t.date, t.signed_amount,
                t.currency, t.payee, t.account_id
            FROM bill_candidate c JOIN ledger_transaction t
                ON t.household_id = c.household_id AND t.id = c.transaction_id
            WHERE \(condition("c", scope)) AND c.is_rejected = \(false) AND t.deleted_at IS NULL
            ORDER BY c.score DESC, c.transaction_id
            """
        ) { row in
            let key = OccurrenceKey(bill: try row.identifier(), nominal: try row.date())
            let id: TransactionID = try row.identifier()
            let score = try row.int()
            let date = try row.date()
            let amount = Money(tenThousandths: try row.amount(), try row.currency())
            return BillCandidate(
                transaction: id,
                key: key,
                score: score,
                date: date,
                amount: amount,
                payee: try row.textOrNil(),
                account: try row.identifier()
            )
        }
    }

    func rejected(_ scope: Scope) throws -> [OccurrenceKey: Set<TransactionID>] {
        var found: [OccurrenceKey: Set<TransactionID>] = [:]
        try transaction.forEach(
            """
            SELECT c.bill_id, c.nominal_on, c.transaction_id FROM bill_candidate c
            WHERE \(condition("c", scope)) AND c.is_rejected = \(true)
            """
        ) { row in
            let key = OccurrenceKey(bill: try row.identifier(), nominal: try row.date())
            found[key, default: []].insert(try row.identifier())
        }
        return found
    }

    /// Proposes these instead of what was proposed before.
    func propose(_ scores: [(TransactionID, Int)], for key: OccurrenceKey) throws {
        try transaction.execute(
            """
            DELETE FROM bill_candidate WHERE household_id = \(household)
                AND bill_id = \(key.bill) AND nominal_on = \(key.nominal)
                AND is_rejected = \(false)
            """
        )
        guard !scores.isEmpty else { return }
        try transaction.insert(
            into: """
                bill_candidate (household_id, bill_id, nominal_on, transaction_id, score, is_rejected)
                """,
            rows: scores.map { id, score in
                [
                    household.sqlValue, key.bill.sqlValue, key.nominal.sqlValue, id.sqlValue,
                    score.sqlValue, false.sqlValue,
                ]
            }
        )
    }

    /// Remembers that a transaction does not pay an occurrence, or forgets it.
    func setRejected(_ id: TransactionID, for key: OccurrenceKey, _ isRejected: Bool) throws {
        try transaction.execute(
            """
            DELETE FROM bill_candidate WHERE household_id = \(household)
                AND bill_id = \(key.bill) AND nominal_on = \(key.nominal)
                AND transaction_id = \(id)
            """
        )
        guard isRejected else { return }
        try transaction.execute(
            """
            INSERT INTO bill_candidate (household_id, bill_id, nominal_on, transaction_id, score,
                is_rejected)
            VALUES (\(household), \(key.bill), \(key.nominal), \(id), 0, \(true))
            """
        )
    }
}
