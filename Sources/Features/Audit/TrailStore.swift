import Ledger
import Storage

/// The entries of a household's trail, still sealed.
struct TrailStore {
    let transaction: any SQLTransaction
    let household: HouseholdID

    struct Row {
        let record: AuditChain.Record
        let payload: [UInt8]?
        let actorName: String?
        let undoneBy: Int64?
    }

    struct ChangeRow {
        let position: Int
        let entity: UniqueID
        let payload: [UInt8]?
    }

    /// How many are counted at most.
    static let countLimit = 10_000

    /// The newest first.
    ///
    /// - Parameter condition: on `e`.
    func rows(_ condition: SQLText, limit: Int) throws -> [Row] {
        try transaction.rows(
            """
            SELECT \(AuditChain.Record.columns(of: "e")), e.payload, p.name, u.sequence
            FROM audit_entry e LEFT JOIN person p ON p.id = e.actor_id
                LEFT JOIN audit_entry u
                    ON u.household_id = e.household_id AND u.undoes = e.sequence
            WHERE e.household_id = \(household) AND \(condition)
            ORDER BY e.sequence DESC LIMIT \(limit)
            """
        ) { row in
            let record = try AuditChain.Record(household, &row)
            return Row(
                record: record,
                payload: try row.bytesOrNil(),
                actorName: try row.textOrNil(),
                undoneBy: try row.integerOrNil()
            )
        }
    }

    /// How many entries the table has.
    func countAll() throws -> Int {
        try transaction.first(
            "SELECT audit_sequence - audit_archived FROM household WHERE id = \(household)"
        ) { try $0.int() } ?? 0
    }

    /// How many there are, counted up to a limit.
    func count(_ condition: SQLText) throws -> Int {
        try transaction.first(
            """
            SELECT COUNT(*) FROM (
                SELECT 1 AS one FROM audit_entry e
                WHERE e.household_id = \(household) AND \(condition) LIMIT \(Self.countLimit)
            ) counted
            """
        ) { try $0.int() } ?? 0
    }

    /// The rows of a bulk change, from a position on.
    func changes(of sequence: Int64, from position: Int, limit: Int) throws -> [ChangeRow] {
        try transaction.rows(
            """
            SELECT position, entity_id, payload FROM audit_change
            WHERE household_id = \(household) AND sequence = \(sequence)
                AND position >= \(position)
            ORDER BY position LIMIT \(limit)
            """
        ) {
            ChangeRow(
                position: try $0.int(),
                entity: try $0.uuid(),
                payload: try $0.bytesOrNil()
            )
        }
    }

    func sealedKey() throws -> [UInt8] {
        let key = try transaction.first(
            "SELECT sealed_key FROM household WHERE id = \(household)"
        ) { try $0.bytes() }
        guard let key else { throw APIError.notFound("household") }
        return key
    }
}
