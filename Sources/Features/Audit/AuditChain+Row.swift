import Ledger
import Storage

/// A link of a household's chain, as `audit_entry` keeps it.
extension AuditChain.Record {
    private static let names = [
        "sequence", "at", "actor", "actor_id", "action", "entity", "entity_id", "request_id",
        "change_count", "payload_hash", "outcome", "undoes",
    ]

    /// What `init` reads, in its order.
    static let columns = SQLText(stringLiteral: names.joined(separator: ", "))

    /// The same of a table that goes by another name in the statement.
    static func columns(of table: StaticString) -> SQLText {
        SQLText(stringLiteral: names.map { "\(table).\($0)" }.joined(separator: ", "))
    }

    init(_ household: HouseholdID, _ row: inout SQLRow) throws {
        self.init(
            household: household,
            sequence: try row.integer(),
            at: try row.instant(),
            actor: try row.text(),
            actorID: (try row.identifierOrNil() as PersonID?)?.value,
            action: try row.text(),
            entity: try row.text(),
            entityID: (try row.identifierOrNil() as AuditEntryID?)?.value,
            requestID: try row.text(),
            changeCount: try row.int(),
            payloadHash: try row.bytes(),
            outcome: try row.textOrNil(),
            undoes: try row.integerOrNil()
        )
    }
}
