import Ledger
import Storage

/// The tables of a ledger without what lies on hidden accounts, under their own names.
///
/// Each statement that asks gets them as common table expressions before it. Both engines fold these into the statement, so
/// that its indexes serve as ever; each row that is looked at costs one more look at the postings of its transaction.
struct SeenTables {
    let dialect: SQLDialect
    let household: HouseholdID
    /// At least one.
    let hidden: [AccountID]

    /// Those that say what lies on an account. Imports are left out by `ImportStore`, the words of the search by the
    /// transactions that it is joined to.
    static let names = [
        "account", "posting", "ledger_transaction", "transaction_tag", "rollup", "payee_rollup",
        "payee", "exchange_rate", "transfer_link", "import_fingerprint", "import_mapping",
        "budget_amount", "task", "task_tag",
        "bill", "bill_occurrence", "bill_payment", "bill_candidate",
        "goal", "goal_contribution", "debt_terms",
        "recurring_choice",
    ]

    /// What other tables are made from.
    private static let sources = ["account", "posting", "ledger_transaction", "bill"]

    /// A statement that asks, with its tables before it; any other as it is.
    ///
    /// - Throws: for a statement with tables of its own before it, which nobody has needed yet.
    func narrowed(_ sql: SQLText) throws -> SQLText {
        guard !sql.text.hasPrefix("WITH") else {
            throw StorageError.engine(code: "seen", message: "WITH is not narrowed")
        }
        guard sql.text.hasPrefix("SELECT") else { return sql }
        let named = Self.names.filter { sql.text.contains($0) }
        guard !named.isEmpty else { return sql }
        let originals =
            dialect == .sqlite
            ? [] : (Self.sources + named.filter { !Self.sources.contains($0) }).map(original)
        let all = originals + named.map { expression($0, body(of: $0)) }
        return "WITH \(all.joined(by: ", ")) \(sql)"
    }

    private func expression(_ name: String, _ body: SQLText) -> SQLText {
        "\(SQLText(stringLiteral: name)) AS NOT MATERIALIZED (\(body))"
    }

    // MARK: The tables themselves

    /// PostgreSQL knows a table by its own name only until a table of that name is made from it.
    private func original(_ name: String) -> SQLText {
        expression("whole_" + name, "SELECT * FROM \(SQLText(stringLiteral: name))")
    }

    func whole(_ name: String) -> SQLText {
        SQLText(stringLiteral: (dialect == .sqlite ? "main." : "whole_") + name)
    }

    private func body(of name: String) -> SQLText {
        switch name {
        case "account": account
        case "posting": posting
        case "ledger_transaction": ledgerTransaction
        case "transaction_tag": transactionTag
        case "rollup": rollup
        case "payee": payee
        case "exchange_rate": exchangeRate
        case "transfer_link": transferLink
        case "task": task
        case "task_tag": taskTag
        case "bill": bill
        case "bill_occurrence": billOccurrence
        case "bill_payment", "bill_candidate": ofSeenBills(name)
        case "goal": goal
        default: ofSeenAccounts(name)
        }
    }

    private var account: SQLText {
        """
        SELECT * FROM \(whole("account"))
        WHERE household_id = \(household) AND id NOT IN \(list: hidden)
        """
    }

    /// `payee_rollup`, what imports remember of an account, what is put aside for a card, earmarks, debts, and what was said
    /// of payments that come again.
    private func ofSeenAccounts(_ name: String) -> SQLText {
        """
        SELECT * FROM \(whole(name))
        WHERE household_id = \(household) AND account_id NOT IN \(list: hidden)
        """
    }

    /// Of a transaction that lies on a hidden account too, the postings on the seen accounts alone.
    private var posting: SQLText {
        """
        SELECT p.* FROM \(whole("posting")) p
        WHERE p.household_id = \(household) AND p.account_id NOT IN \(list: hidden)
            AND (NOT \(touchesHidden("p.transaction_id")) OR \(isReal("p.account_id")))
        """
    }

    private var transactionTag: SQLText {
        """
        SELECT g.* FROM \(whole("transaction_tag")) g
        WHERE g.household_id = \(household) AND NOT \(touchesHidden("g.transaction_id"))
        """
    }

    private var transferLink: SQLText {
        """
        SELECT l.* FROM \(whole("transfer_link")) l
        WHERE l.household_id = \(household) AND NOT \(touchesHidden("l.out_id"))
            AND NOT \(touchesHidden("l.in_id"))
        """
    }

    /// An account's own sums are whole; a category's are those that went through seen accounts (ADR 0006).
    private var rollup: SQLText {
        """
        SELECT r.* FROM \(whole("rollup")) r
        WHERE r.household_id = \(household) AND r.node_id NOT IN \(list: hidden)
            AND (r.counter_id NOT IN \(list: hidden) OR \(isReal("r.node_id")))
        """
    }

    /// A payee is known from a transaction that is seen, and so is its category.
    private var payee: SQLText {
        """
        SELECT p.household_id, p.id, p.name, p.folded,
            CASE WHEN \(isSpent("p.expense_category_id")) THEN p.expense_category_id END
                AS expense_category_id,
            CASE WHEN \(isSpent("p.income_category_id")) THEN p.income_category_id END
                AS income_category_id
        FROM \(whole("payee")) p
        WHERE p.household_id = \(household) AND EXISTS (
            SELECT 1 FROM \(whole("ledger_transaction")) u
            WHERE u.household_id = p.household_id AND u.payee_id = p.id
                AND NOT \(touchesHidden("u.id")))
        """
    }

    private func isSpent(_ category: SQLText) -> SQLText {
        """
        EXISTS (SELECT 1 FROM \(whole("ledger_transaction")) u
            WHERE u.household_id = p.household_id AND u.payee_id = p.id
                AND u.category_id = \(category) AND NOT \(touchesHidden("u.id")))
        """
    }

    /// What exchanges between seen accounts told: the last of each day, as ADR 0012 has it.
    private var exchangeRate: SQLText {
        func side(_ columns: SQLText) -> SQLText {
            """
            SELECT household_id, id, date, \(columns) FROM \(whole("ledger_transaction"))
            WHERE household_id = \(household) AND to_currency <> currency
                AND state <> \(TransactionState.expected.rawValue)
                AND account_id NOT IN \(list: hidden) AND to_account_id NOT IN \(list: hidden)
            """
        }
        let there = side(
            "currency, to_currency AS target, magnitude AS amount, ABS(to_amount) AS target_amount"
        )
        let back = side(
            "to_currency AS currency, currency AS target, ABS(to_amount) AS amount, magnitude AS target_amount"
        )
        return """
            SELECT household_id, currency, target, date, amount, target_amount FROM (
                SELECT e.*, ROW_NUMBER() OVER (
                    PARTITION BY e.currency, e.target, e.date ORDER BY e.id DESC) AS place
                FROM (\(there) UNION ALL \(back)) e
                WHERE e.amount <> \(SQLValue.amount(0)) AND e.target_amount <> \(SQLValue.amount(0))
            ) told WHERE place = 1
            """
    }
}

// MARK: Transactions

extension SeenTables {
    /// A transaction that lies on a hidden account too is masked: it shows what it moved on one seen account, and nothing of
    /// what it was for. One whose linked other side is hidden does not name that.
    private var ledgerTransaction: SQLText {
        let isLinkHidden: SQLText = "t.to_account_id IN \(list: hidden)"
        func unlessMasked(_ column: String) -> SQLText {
            let column = SQLText(stringLiteral: column)
            return "CASE WHEN t.is_masked THEN NULL ELSE t.\(column) END AS \(column)"
        }
        func unlessPaired(_ column: String) -> SQLText {
            let column = SQLText(stringLiteral: column)
            return """
                CASE WHEN t.is_masked OR \(isLinkHidden) THEN NULL ELSE t.\(column) END AS \(column)
                """
        }
        let nulled = ["category_id", "payee_id", "payee", "note", "bank_text", "import_id"]
        let paired = ["to_account_id", "to_amount", "to_currency", "linked_id"]
        return """
            SELECT t.household_id, t.id, t.date, t.state, t.source, t.sealed, t.deleted_at, t.version,
                t.created_at, t.updated_at, t.is_masked, t.seen_account_id AS account_id,
                CASE WHEN t.is_masked THEN 'transfer' ELSE t.type END AS type,
                CASE WHEN t.is_masked THEN \(moved("SUM(m.amount)")) ELSE t.signed_amount END
                    AS signed_amount,
                CASE WHEN t.is_masked THEN \(moved("ABS(SUM(m.amount))")) ELSE t.magnitude END
                    AS magnitude,
                CASE WHEN t.is_masked THEN \(moved("MIN(m.currency)")) ELSE t.currency END AS currency,
                CASE WHEN t.is_masked THEN FALSE ELSE t.is_split END AS is_split,
                CASE WHEN t.is_masked THEN FALSE ELSE t.has_tags END AS has_tags,
                \(nulled.map(unlessMasked).joined(by: ", ")),
                \(paired.map(unlessPaired).joined(by: ", "))
            FROM (
                SELECT n.*, CASE WHEN n.account_id IN \(list: hidden) THEN \(firstSeenAccount)
                    ELSE n.account_id END AS seen_account_id
                FROM (
                    SELECT w.*, \(touchesHidden("w.id")) AS is_masked
                    FROM \(whole("ledger_transaction")) w WHERE w.household_id = \(household)
                ) n
            ) t
            WHERE NOT t.is_masked OR EXISTS (
                SELECT 1 FROM \(whole("posting")) s
                WHERE s.household_id = \(household) AND s.transaction_id = t.id
                    AND \(unindexed("s.account_id")) NOT IN \(list: hidden)
                    AND \(isReal("s.account_id")))
            """
    }

    /// A figure of what a masked transaction moved on the account that shows it.
    private func moved(_ figure: SQLText) -> SQLText {
        """
        (SELECT \(figure) FROM \(whole("posting")) m
         WHERE m.household_id = \(household) AND m.transaction_id = t.id
            AND \(unindexed("m.account_id")) = t.seen_account_id)
        """
    }

    private var firstSeenAccount: SQLText {
        """
        (SELECT f.account_id FROM \(whole("posting")) f
         WHERE f.household_id = \(household) AND f.transaction_id = n.id
            AND \(unindexed("f.account_id")) NOT IN \(list: hidden) AND \(isReal("f.account_id"))
         ORDER BY f.position LIMIT 1)
        """
    }

    // MARK: Conditions

    func touchesHidden(_ transaction: SQLText) -> SQLText {
        """
        EXISTS (SELECT 1 FROM \(whole("posting")) h
            WHERE h.household_id = \(household) AND h.transaction_id = \(transaction)
                AND \(unindexed("h.account_id")) IN \(list: hidden))
        """
    }

    /// SQLite, which plans without figures, would look through all that lies on the account instead of the few
    /// postings of the transaction.
    private func unindexed(_ column: SQLText) -> SQLText {
        dialect == .sqlite ? "+\(column)" : column
    }

    private func isReal(_ node: SQLText) -> SQLText {
        """
        \(node) IN (SELECT r0.id FROM \(whole("account")) r0
            WHERE r0.household_id = \(household) AND r0.class IN ('asset', 'liability'))
        """
    }
}
