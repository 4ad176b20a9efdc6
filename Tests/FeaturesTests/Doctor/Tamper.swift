import Ledger
import Storage
import Testing

/// One way in which somebody with the database in their hands could falsify it, and the table in which it must
/// show.
struct Tamper: Sendable, CustomTestStringConvertible {
    let name: String
    let table: String
    let apply: @Sendable (any SQLTransaction, HouseholdID) throws -> Void

    var testDescription: String { name }

    init(
        _ name: String,
        shows table: String,
        _ apply: @escaping @Sendable (any SQLTransaction, HouseholdID) throws -> Void
    ) {
        self.name = name
        self.table = table
        self.apply = apply
    }

    init(_ name: String, shows table: String, _ statements: SQLText...) {
        self.init(name, shows: table) { transaction, _ in
            for statement in statements { try transaction.execute(statement) }
        }
    }

    static let all = postings + transactions + sums + plans + trail

    /// Takes away what the schema does against it.
    static func dropTriggers(_ transaction: any SQLTransaction) throws {
        switch transaction.dialect {
        case .sqlite:
            let names = try transaction.rows(
                "SELECT name FROM sqlite_master WHERE type = 'trigger'"
            ) {
                try $0.text()
            }
            for name in names { try transaction.execute(.literal("DROP TRIGGER \(name)")) }
        case .postgres:
            for table in [
                "posting", "ledger_transaction", "audit_entry", "audit_change", "household",
            ] {
                try transaction.execute(.literal("ALTER TABLE \(table) DISABLE TRIGGER USER"))
            }
        }
    }
}

extension SQLText {
    fileprivate static func literal(_ text: String) -> SQLText { SQLText(stringLiteral: text) }
}

// MARK: The ledger

extension Tamper {
    /// An expense in the middle, with a payee, two postings and no tags.
    private static let one: SQLText = """
        (SELECT id FROM ledger_transaction
            WHERE type = 'expense' AND is_split = FALSE AND has_tags = FALSE AND state >= 2
            ORDER BY id LIMIT 1 OFFSET 20)
        """

    private static func update(_ change: SQLText) -> SQLText {
        "UPDATE ledger_transaction SET \(change) WHERE id = \(one)"
    }

    static let postings: [Tamper] = [
        Tamper(
            "an amount",
            shows: "ledger_transaction",
            "UPDATE posting SET amount = amount + 1 WHERE transaction_id = \(one) AND position = 0"
        ),
        Tamper(
            "both amounts",
            shows: "account",
            "UPDATE posting SET amount = amount * 2 WHERE transaction_id = \(one)"
        ),
        Tamper(
            "a posting gone",
            shows: "ledger_transaction",
            "DELETE FROM posting WHERE transaction_id = \(one) AND position = 1"
        ),
        Tamper(
            "all postings gone",
            shows: "ledger_transaction",
            "DELETE FROM posting WHERE transaction_id = \(one)"
        ),
        Tamper(
            "a posting's date",
            shows: "posting",
            "UPDATE posting SET date = date + 1 WHERE transaction_id = \(one) AND position = 1"
        ),
        Tamper(
            "a currency",
            shows: "posting",
            "UPDATE posting SET currency = 'GBP' WHERE transaction_id = \(one)"
        ),
        Tamper(
            "an unknown currency",
            shows: "ledger_transaction",
            "UPDATE posting SET currency = 'ZZZ' WHERE transaction_id = \(one)"
        ),
        Tamper(
            "another account",
            shows: "account",
            """
            UPDATE posting SET account_id = (SELECT id FROM account WHERE name = 'Savings')
            WHERE transaction_id = \(one) AND position = 0
            """
        ),
    ]

    static let transactions: [Tamper] = [
        Tamper("the seal", shows: "ledger_transaction", update("sealed = FALSE")),
        Tamper("the date", shows: "posting", update("date = date - 40")),
        Tamper("the type", shows: "ledger_transaction", update("type = 'adjustment'")),
        Tamper(
            "the amount shown",
            shows: "ledger_transaction",
            update("signed_amount = signed_amount + 1")
        ),
        Tamper("the size shown", shows: "ledger_transaction", update("magnitude = magnitude + 1")),
        Tamper("the currency shown", shows: "ledger_transaction", update("currency = 'GBP'")),
        Tamper("the category shown", shows: "ledger_transaction", update("category_id = NULL")),
        Tamper("another side", shows: "ledger_transaction", update("to_account_id = account_id")),
        Tamper("a split", shows: "ledger_transaction", update("is_split = TRUE")),
        Tamper("tags", shows: "ledger_transaction", update("has_tags = TRUE")),
        Tamper("the state", shows: "account", update("state = 0")),
        Tamper("the payee", shows: "payee_rollup", update("payee_id = NULL")),
        Tamper("a deletion", shows: "household", update("deleted_at = 1")),
        Tamper("a link", shows: "ledger_transaction", update("linked_id = id")),
        Tamper(
            "the count",
            shows: "household",
            "UPDATE household SET transaction_count = transaction_count + 1"
        ),
        Tamper("a word in the index", shows: "transaction_search") { transaction, _ in
            let id = try transaction.first(one.asQuery) { try $0.identifier() as TransactionID }
            try transaction.execute(
                "DELETE FROM transaction_search WHERE transaction_id = \(try #require(id))"
            )
        },
        Tamper("a word of nothing in the index", shows: "transaction_search") {
            transaction,
            household in
            let nothing = TransactionID(household.value)
            try transaction.dialect.addToSearch([(nothing, "leeks")], of: household, transaction)
        },
        Tamper("a fingerprint", shows: "import_fingerprint") { transaction, household in
            let account = try transaction.first("SELECT id FROM account WHERE name = 'Savings'") {
                try $0.identifier() as AccountID
            }
            try transaction.execute(
                """
                INSERT INTO import_fingerprint
                    (household_id, account_id, fingerprint, is_bank_id, transaction_id)
                VALUES (\(household), \(try #require(account)), \([UInt8](repeating: 7, count: 17)),
                    \(false), \(household))
                """
            )
        },
    ]

    static let sums: [Tamper] = [
        Tamper(
            "a balance",
            shows: "account",
            "UPDATE account SET balance = balance + 1 WHERE name = 'Savings'"
        ),
        Tamper(
            "a balance of a category",
            shows: "account",
            "UPDATE account SET balance = 5 WHERE name = 'Rent'"
        ),
        Tamper(
            "days",
            shows: "rollup",
            "UPDATE rollup SET posted_net = posted_net + 1 WHERE grain = 0"
        ),
        Tamper(
            "months",
            shows: "rollup",
            "UPDATE rollup SET posted_count = posted_count + 1 WHERE grain = 1"
        ),
        Tamper(
            "pending sums",
            shows: "rollup",
            "UPDATE rollup SET pending_net = pending_net - 1 WHERE grain = 1"
        ),
        Tamper(
            "pending counts",
            shows: "rollup",
            "UPDATE rollup SET pending_count = 9 WHERE grain = 0"
        ),
        Tamper("months gone", shows: "rollup", "DELETE FROM rollup WHERE grain = 1"),
        Tamper(
            "payees' sums",
            shows: "payee_rollup",
            "UPDATE payee_rollup SET posted_net = posted_net + 1"
        ),
        Tamper("payees' sums gone", shows: "payee_rollup", "DELETE FROM payee_rollup"),
        Tamper(
            "a circle",
            shows: "account",
            "UPDATE account SET parent_id = id WHERE name = 'Rent'"
        ),
        Tamper(
            "a parent of another class",
            shows: "account",
            """
            UPDATE account SET parent_id = (SELECT id FROM account WHERE name = 'Salary')
            WHERE name = 'Rent'
            """
        ),
        Tamper(
            "a system node",
            shows: "account",
            "UPDATE account SET system = NULL WHERE system = 'transit'"
        ),
        Tamper("an opening balance", shows: "account") { transaction, household in
            try transaction.execute(
                "UPDATE account SET opening_transaction_id = \(household) WHERE name = 'Savings'"
            )
        },
    ]
}

extension SQLText {
    /// A subquery in parentheses, by itself.
    fileprivate var asQuery: SQLText { "SELECT id FROM ledger_transaction WHERE id = \(self)" }
}

// MARK: The trail

extension Tamper {
    /// The trail is: 1 the household, 2 the demo data, 3 a change of three rows, 4 and 5 others.
    static let trail: [Tamper] = [
        Tamper(
            "who",
            shows: "audit_entry",
            "UPDATE audit_entry SET actor = 'rule' WHERE sequence = 2"
        ),
        Tamper(
            "whose id",
            shows: "audit_entry",
            "UPDATE audit_entry SET actor_id = NULL WHERE sequence = 2"
        ),
        Tamper(
            "what",
            shows: "audit_entry",
            "UPDATE audit_entry SET action = 'delete' WHERE sequence = 4"
        ),
        Tamper(
            "of what",
            shows: "audit_entry",
            "UPDATE audit_entry SET entity = 'budget' WHERE sequence = 4"
        ),
        Tamper(
            "when",
            shows: "audit_entry",
            "UPDATE audit_entry SET at = at + 1 WHERE sequence = 5"
        ),
        Tamper(
            "the request",
            shows: "audit_entry",
            "UPDATE audit_entry SET request_id = 'x' WHERE sequence = 1"
        ),
        Tamper(
            "what came of it",
            shows: "audit_entry",
            "UPDATE audit_entry SET outcome = 'refused' WHERE sequence = 4"
        ),
        // As if it were of a version that did not tell yet.
        Tamper(
            "that something came of it",
            shows: "audit_entry",
            "UPDATE audit_entry SET outcome = NULL WHERE sequence = 4"
        ),
        Tamper(
            "what it took back",
            shows: "audit_entry",
            "UPDATE audit_entry SET undoes = 2 WHERE sequence = 4"
        ),
        Tamper(
            "the count of rows",
            shows: "audit_entry",
            "UPDATE audit_entry SET change_count = 2 WHERE sequence = 3"
        ),
        Tamper(
            "a payload of another entry",
            shows: "audit_entry",
            """
            UPDATE audit_entry SET payload = (SELECT payload FROM audit_entry WHERE sequence = 4)
            WHERE sequence = 5
            """
        ),
        Tamper(
            "a payload with its digest",
            shows: "audit_entry",
            """
            UPDATE audit_entry SET
                payload = (SELECT payload FROM audit_entry WHERE sequence = 4),
                payload_hash = (SELECT payload_hash FROM audit_entry WHERE sequence = 4)
            WHERE sequence = 5
            """
        ),
        Tamper(
            "a hash",
            shows: "audit_entry",
            """
            UPDATE audit_entry SET hash = (SELECT hash FROM audit_entry WHERE sequence = 1)
            WHERE sequence = 2
            """
        ),
        Tamper("an entry gone", shows: "audit_entry", "DELETE FROM audit_entry WHERE sequence = 4"),
        Tamper(
            "the first gone",
            shows: "audit_entry",
            "DELETE FROM audit_entry WHERE sequence = 1"
        ),
        Tamper(
            "the first gone, as if it were archived",
            shows: "audit_entry",
            "DELETE FROM audit_entry WHERE sequence = 1",
            "UPDATE household SET audit_archived = 1, audit_archived_head = audit_head"
        ),
        Tamper("the tail cut", shows: "household", "DELETE FROM audit_entry WHERE sequence = 5"),
        Tamper(
            "the tail cut and the head mended",
            shows: "household",
            "DELETE FROM audit_entry WHERE sequence = 5",
            """
            UPDATE household SET audit_sequence = 4,
                audit_head = (SELECT hash FROM audit_entry WHERE sequence = 4)
            """
        ),
        Tamper(
            "the order",
            shows: "audit_entry",
            "UPDATE audit_entry SET sequence = 99 WHERE sequence = 4",
            "UPDATE audit_entry SET sequence = 4 WHERE sequence = 5",
            "UPDATE audit_entry SET sequence = 5 WHERE sequence = 99"
        ),
        Tamper("the version", shows: "household", "UPDATE household SET version = version + 1"),
        Tamper(
            "the head",
            shows: "household",
            "UPDATE household SET audit_head = (SELECT hash FROM audit_entry WHERE sequence = 4)"
        ),
        Tamper(
            "a row of a change gone",
            shows: "audit_entry",
            "DELETE FROM audit_change WHERE position = 1"
        ),
        Tamper(
            "a row of a change",
            shows: "audit_change",
            """
            UPDATE audit_change SET payload = (SELECT payload FROM audit_change WHERE position = 0)
            WHERE position = 1
            """
        ),
        Tamper("what a row is about", shows: "audit_change") { transaction, household in
            try transaction.execute(
                "UPDATE audit_change SET entity_id = \(household) WHERE position = 1"
            )
        },
        Tamper(
            "the order of rows",
            shows: "audit_change",
            "UPDATE audit_change SET position = 99 WHERE position = 0",
            "UPDATE audit_change SET position = 0 WHERE position = 1",
            "UPDATE audit_change SET position = 1 WHERE position = 99"
        ),
    ]
}
