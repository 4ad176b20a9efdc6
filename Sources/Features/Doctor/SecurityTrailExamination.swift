import Ledger
import Storage

/// Follows the chains of people's trails and of the server's, each from its origin to its head.
struct SecurityTrailExamination {
    let transaction: any SQLTransaction
    let findings: Findings

    private typealias Link = (sequence: Int64, hash: [UInt8])

    func run() throws {
        var ends: [UniqueID: Link] = [:]
        try transaction.scan(
            """
            SELECT trail_id, sequence, at, actor, actor_id, action, outcome, entity, entity_id,
                request_id, payload_hash, hash, payload
            FROM trail_entry ORDER BY trail_id, sequence
            """
        ) { row in
            let record = try Self.record(&row)
            let hash = try row.bytes()
            let payload = try row.bytesOrNil()
            let last = ends[record.trail] ?? (0, AuditChain.origin)
            examine(record, hash, payload, after: last)
            ends[record.trail] = (record.sequence, hash)
        }
        try transaction.scan("SELECT id, sequence, head FROM trail") { row in
            let id = try row.uuid()
            let head: Link = (try row.integer(), try row.bytes())
            if head != ends[id] ?? (0, AuditChain.origin) {
                findings.add("trail", "\(id)", "does not end in its head")
            }
        }
    }

    private static func record(_ row: inout SQLRow) throws -> SecurityTrail.Record {
        SecurityTrail.Record(
            trail: try row.uuid(),
            sequence: try row.integer(),
            at: try row.instant(),
            actor: try row.text(),
            actorID: (try row.identifierOrNil() as PersonID?)?.value,
            action: try row.text(),
            outcome: try row.text(),
            entity: try row.text(),
            entityID: (try row.identifierOrNil() as AuditEntryID?)?.value,
            requestID: try row.text(),
            payloadHash: try row.bytes()
        )
    }

    private func examine(
        _ record: SecurityTrail.Record,
        _ hash: [UInt8],
        _ payload: [UInt8]?,
        after last: Link
    ) {
        let name = "\(record.trail)/\(record.sequence)"
        if record.sequence != last.sequence + 1 {
            findings.add("trail_entry", name, "the trail has a gap before it")
        }
        if record.hash(after: last.hash) != hash {
            findings.add("trail_entry", name, "is not the entry that was written")
        }
        if let payload, AuditChain.digest(payload) != record.payloadHash {
            findings.add("trail_entry", name, "its payload is not the one that was written")
        }
    }
}
