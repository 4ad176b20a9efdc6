import Interchange
import Ledger
import Storage

/// The rows of bank files that an account has seen.
struct FingerprintStore {
    let transaction: any SQLTransaction
    let household: HouseholdID

    struct Seen {
        /// Nil once it was purged.
        let transaction: TransactionID?
        let isDeleted: Bool
        /// Whether the transaction is known by an id of the bank's too.
        let hasBankID: Bool
    }

    private enum Fate {
        case live, deleted, purged
    }

    /// Every fingerprint of an account.
    func seen(in account: AccountID) throws -> [Fingerprint: Seen] {
        var byFingerprint: [Fingerprint: (transaction: TransactionID, fate: Fate)] = [:]
        var identified: Set<TransactionID> = []
        try transaction.forEach(
            """
            SELECT f.fingerprint, f.is_bank_id, f.transaction_id, t.deleted_at, t.id IS NULL
            FROM import_fingerprint f LEFT JOIN ledger_transaction t
                ON t.household_id = f.household_id AND t.id = f.transaction_id
            WHERE f.household_id = \(household) AND f.account_id = \(account)
            """
        ) { row in
            guard let fingerprint = Fingerprint(bytes: try row.bytes()) else { return }
            let isBankID = try row.boolean()
            let id: TransactionID = try row.identifier()
            if isBankID { identified.insert(id) }
            let isDeleted = try row.instantOrNil() != nil
            let isPurged = try row.boolean()
            byFingerprint[fingerprint] = (id, isPurged ? .purged : isDeleted ? .deleted : .live)
        }
        return byFingerprint.mapValues {
            Seen(
                transaction: $0.fate == .purged ? nil : $0.transaction,
                isDeleted: $0.fate != .live,
                hasBankID: identified.contains($0.transaction)
            )
        }
    }

    struct Row {
        let account: AccountID
        let fingerprint: Fingerprint
        let isBankID: Bool
        let transaction: TransactionID

        fileprivate var key: (UniqueID, UInt64, UInt64) {
            (account.value, fingerprint.high, fingerprint.low)
        }
    }

    /// A row that a person brings back takes the place of the one that was deleted.
    func insert(_ rows: [Row]) throws {
        try transaction.insert(
            into: """
                import_fingerprint (household_id, account_id, fingerprint, is_bank_id, transaction_id)
                """,
            // In the order of the key, which fills the pages of a table one after the other.
            rows: rows.sorted { $0.key < $1.key }.map {
                [
                    household.sqlValue, $0.account.sqlValue, .bytes($0.fingerprint.bytes),
                    $0.isBankID.sqlValue, $0.transaction.sqlValue,
                ]
            },
            suffix: """
                ON CONFLICT (household_id, account_id, fingerprint) DO UPDATE SET
                    transaction_id = excluded.transaction_id, is_bank_id = excluded.is_bank_id
                """
        )
    }

    /// An undone import has not been seen.
    func forget(importedBy batch: ImportBatchID) throws {
        try transaction.execute(
            """
            DELETE FROM import_fingerprint WHERE household_id = \(household) AND transaction_id IN (
                SELECT id FROM ledger_transaction
                WHERE household_id = \(household) AND import_id = \(batch))
            """
        )
    }
}

/// How an account's files are laid out, as it was last settled.
struct MappingMemory {
    let transaction: any SQLTransaction
    let household: HouseholdID

    func mapping(of account: AccountID, layout: String) throws -> [UInt8]? {
        try transaction.first(
            """
            SELECT mapping FROM import_mapping
            WHERE household_id = \(household) AND account_id = \(account) AND layout = \(layout)
            """
        ) { try $0.bytes() }
    }

    /// The account that a bank's own account number was last given to.
    func account(named bankAccount: String) throws -> AccountID? {
        try transaction.first(
            """
            SELECT m.account_id FROM import_mapping m
            JOIN account a ON a.household_id = m.household_id AND a.id = m.account_id
            WHERE m.household_id = \(household) AND m.layout = \(Self.layout(ofBank: bankAccount))
                AND a.deleted_at IS NULL
            """
        ) { try $0.identifier() }
    }

    func save(_ mapping: [UInt8], of account: AccountID, layout: String) throws {
        try transaction.execute(
            """
            INSERT INTO import_mapping (household_id, account_id, layout, mapping)
            VALUES (\(household), \(account), \(layout), \(mapping))
            ON CONFLICT (household_id, account_id, layout) DO UPDATE SET mapping = excluded.mapping
            """
        )
    }

    static func layout(ofBank bankAccount: String) -> String {
        "bank/" + bankAccount
    }
}
