import Ledger
import Storage
import TestSupport
import Testing

/// What the schema itself refuses, whatever the code above it does.
struct SchemaRuleTests {
    private static let household = HouseholdID.numbered(1)
    private static let scope = SQLScope.household(household)
    private static let cash = AccountID.numbered(10)
    private static let food = AccountID.numbered(11)
    private static let purchase = TransactionID.numbered(20)
    private static let eur = Currency(code: "EUR")!
    private static let day = LocalDate("2026-11-21")!

    /// A household with two nodes and one transaction that is not sealed.
    private static func withLedger(
        _ engine: TestEngine,
        postings: [Int64] = [-500, 500],
        _ body: (any SQLDatabase) async throws -> Void
    ) async throws {
        try await engine.withDatabase { database in
            try await database.write(scope) { transaction in
                try insertHousehold(household, transaction)
                try insertNodes(transaction)
                try insertTransaction(purchase, isSealed: false, transaction)
                for (position, amount) in postings.enumerated() {
                    try insertPosting(position, amount, of: purchase, transaction)
                }
            }
            try await body(database)
        }
    }

    private static func insertHousehold(_ id: HouseholdID, _ transaction: any SQLTransaction) throws
    {
        try transaction.execute(
            """
            INSERT INTO household (id, name, currency, week_start, audit_head, sealed_key, created_at)
            VALUES (\(id), 'Home', 'EUR', 'monday', \([UInt8](repeating: 0, count: 32)),
                \([UInt8(1)]), 0)
            """
        )
    }

    private static func insertNodes(_ transaction: any SQLTransaction) throws {
        try transaction.execute(
            """
            INSERT INTO account (household_id, id, class, kind, name, currency, position, created_at,
                updated_at)
            VALUES (\(household), \(cash), 'asset', 'cash', 'Cash', 'EUR', 1, 0, 0)
            """
        )
        try transaction.execute(
            """
            INSERT INTO account (household_id, id, class, name, position, created_at, updated_at)
            VALUES (\(household), \(food), 'expense', 'Food', 1, 0, 0)
            """
        )
    }

    private static func insertTransaction(
        _ id: TransactionID,
        isSealed: Bool,
        _ transaction: any SQLTransaction
    ) throws {
        try transaction.execute(
            """
            INSERT INTO ledger_transaction (household_id, id, date, type, state, account_id,
                signed_amount, magnitude, currency, is_split, has_tags, source, sealed, created_at,
                updated_at)
            VALUES (\(household), \(id), \(day), 'expense', 2, \(cash), \(SQLValue.amount(-500)),
                \(SQLValue.amount(500)), 'EUR', \(false), \(false), 'manual', \(isSealed), 0, 0)
            """
        )
    }

    private static func insertPosting(
        _ position: Int,
        _ amount: Int64,
        of id: TransactionID,
        currency: String = "EUR",
        _ transaction: any SQLTransaction
    ) throws {
        try transaction.execute(
            """
            INSERT INTO posting (household_id, transaction_id, position, account_id, date, amount,
                currency)
            VALUES (\(household), \(id), \(position), \(position == 0 ? cash : food), \(day),
                \(SQLValue.amount(amount)), \(currency))
            """
        )
    }

    private static func seal(_ database: any SQLDatabase) async throws {
        try await database.write(scope) { transaction in
            try transaction.execute(
                """
                UPDATE ledger_transaction SET sealed = \(true)
                WHERE household_id = \(household) AND id = \(purchase)
                """
            )
        }
    }

    private static func expect(
        _ error: StorageError,
        from statement: SQLText,
        _ database: any SQLDatabase,
        sourceLocation: SourceLocation = #_sourceLocation
    ) async {
        await #expect(throws: error, sourceLocation: sourceLocation) {
            try await database.write(scope) { try $0.execute(statement) }
        }
    }

    // MARK: Balance

    @Test(arguments: TestEngine.present, [[-500, 499], [-500], [], [-500, 0, 0], [.max, .max]])
    func `what does not balance cannot be sealed`(
        engine: TestEngine,
        postings: [Int64]
    ) async throws {
        try await Self.withLedger(engine, postings: postings) { database in
            await #expect(throws: StorageError.self) { try await Self.seal(database) }
        }
    }

    @Test(arguments: TestEngine.present)
    func `each currency balances by itself`(engine: TestEngine) async throws {
        try await Self.withLedger(engine, postings: [-500]) { database in
            try await database.write(Self.scope) {
                try Self.insertPosting(1, 500, of: Self.purchase, currency: "USD", $0)
            }

            await #expect(throws: StorageError.refused("transaction.unbalanced")) {
                try await Self.seal(database)
            }
        }
    }

    @Test(arguments: TestEngine.present)
    func `a transaction is not born sealed`(engine: TestEngine) async throws {
        try await Self.withLedger(engine) { database in
            await #expect(throws: StorageError.refused("transaction.sealed")) {
                try await database.write(Self.scope) {
                    try Self.insertTransaction(.numbered(21), isSealed: true, $0)
                }
            }
        }
    }

    @Test(arguments: TestEngine.present)
    func `the postings of a sealed transaction refuse change`(engine: TestEngine) async throws {
        try await Self.withLedger(engine) { database in
            try await Self.seal(database)
            let open = TransactionID.numbered(22)
            try await database.write(Self.scope) { transaction in
                try Self.insertTransaction(open, isSealed: false, transaction)
                try Self.insertPosting(5, 100, of: open, transaction)
            }
            let mine: SQLText = "household_id = \(Self.household) AND transaction_id ="
            let changes: [SQLText] = [
                "UPDATE posting SET amount = amount + \(SQLValue.amount(1)) WHERE \(mine) \(Self.purchase)",
                "DELETE FROM posting WHERE \(mine) \(Self.purchase)",
                """
                INSERT INTO posting (household_id, transaction_id, position, account_id, date, amount,
                    currency)
                VALUES (\(Self.household), \(Self.purchase), 9, \(Self.cash), \(Self.day),
                    \(SQLValue.amount(1)), 'EUR')
                """,
                // Into a sealed one, from one that is open.
                "UPDATE posting SET transaction_id = \(Self.purchase) WHERE \(mine) \(open)",
            ]

            for change in changes {
                await Self.expect(.refused("transaction.sealed"), from: change, database)
            }
        }
    }

    // MARK: Range

    /// A sum past `Int64` is refused by both engines at the same amount, not rounded and not stored.
    @Test(
        arguments: TestEngine.present,
        [
            (Int64.max - 7, 7 as Int64, 1 as Int64), (.min + 7, -7, -1), (.max, 0, .max),
            (.min, 0, .min),
        ]
    )
    func `no stored sum leaves the range of an amount`(
        engine: TestEngine,
        numbers: (first: Int64, rest: Int64, more: Int64)
    ) async throws {
        try await Self.withLedger(engine) { database in
            let add = { @Sendable (amount: Int64) -> SQLText in
                """
                UPDATE account SET balance = balance + \(SQLValue.amount(amount))
                WHERE household_id = \(Self.household) AND id = \(Self.cash)
                """
            }
            try await database.write(Self.scope) {
                try $0.execute(add(numbers.first))
                try $0.execute(add(numbers.rest))
            }

            await Self.expect(.amountOverflow, from: add(numbers.more), database)

            let balance = try await database.read(Self.scope) { transaction in
                try transaction.first("SELECT balance FROM account WHERE id = \(Self.cash)") {
                    try $0.amount()
                }
            }
            #expect(balance == numbers.first + numbers.rest)
        }
    }

    @Test(arguments: TestEngine.present)
    func `a sum that is only read overflows as an error too`(engine: TestEngine) async throws {
        try await Self.withLedger(engine, postings: [.max, .max]) { database in
            await #expect(throws: StorageError.amountOverflow) {
                try await database.read(Self.scope) { transaction in
                    try transaction.first("SELECT SUM(amount) FROM posting") { try $0.amount() }
                }
            }
        }
    }

    // MARK: Keys

    @Test(arguments: TestEngine.present)
    func `a row cannot point at another household's`(engine: TestEngine) async throws {
        try await Self.withLedger(engine) { database in
            let other = HouseholdID.numbered(2)
            try await database.write(.household(other)) { try Self.insertHousehold(other, $0) }

            for statement: SQLText in [
                """
                INSERT INTO account (household_id, id, class, name, parent_id, position, created_at,
                    updated_at)
                VALUES (\(other), \(AccountID.numbered(12)), 'expense', 'Food', \(Self.food), 1, 0, 0)
                """,
                """
                INSERT INTO transaction_tag (household_id, tag, transaction_id)
                VALUES (\(other), 'x', \(Self.purchase))
                """,
                """
                INSERT INTO payee (household_id, id, name, folded, expense_category_id)
                VALUES (\(other), \(PayeeID.numbered(3)), 'A', 'a', \(Self.food))
                """,
            ] {
                let error = await #expect(throws: StorageError.self) {
                    try await database.write(.household(other)) { try $0.execute(statement) }
                }
                guard case .foreignKeyViolation = error else {
                    Issue.record("\(String(describing: error))")
                    continue
                }
            }
        }
    }

    // MARK: Audit

    private static func insertEntry(_ transaction: any SQLTransaction) throws {
        try transaction.execute(
            """
            INSERT INTO audit_entry (household_id, sequence, at, actor, action, entity, request_id,
                change_count, payload_hash, hash, payload)
            VALUES (\(household), 1, 0, 'person', 'create', 'account', 'r', 1, \([UInt8(1)]),
                \([UInt8(2)]), \([UInt8(3)]))
            """
        )
        try transaction.execute(
            """
            INSERT INTO audit_change (household_id, sequence, position, entity_id, payload)
            VALUES (\(household), 1, 0, \(cash), \([UInt8(4)]))
            """
        )
    }

    @Test(arguments: TestEngine.present, ["audit_entry", "audit_change"])
    func `the trail can only grow`(engine: TestEngine, table: String) async throws {
        try await Self.withLedger(engine) { database in
            try await database.write(Self.scope) { try Self.insertEntry($0) }
            let table = SQLText.literal(table)
            var changes: [SQLText] = [
                "DELETE FROM \(table)", "UPDATE \(table) SET sequence = 2",
                "UPDATE \(table) SET payload = \([UInt8(9)])",
                // Not even beside an erasure.
                "UPDATE \(table) SET payload = NULL, sequence = 2",
            ]
            if engine == .postgres { changes.append("TRUNCATE \(table) CASCADE") }

            for change in changes {
                await Self.expect(.refused("audit.append_only"), from: change, database)
            }
        }
    }

    @Test(arguments: TestEngine.present, ["audit_entry", "audit_change"])
    func `a payload can be erased`(engine: TestEngine, table: String) async throws {
        try await Self.withLedger(engine) { database in
            try await database.write(Self.scope) { try Self.insertEntry($0) }

            let erased = try await database.write(Self.scope) {
                try $0.executeCounting("UPDATE \(SQLText.literal(table)) SET payload = NULL")
            }

            #expect(erased == 1)
        }
    }
}
