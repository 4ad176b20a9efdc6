import Crypto
import Ledger
import Storage
import Testing

@testable import Features

/// Reads a household's trail and makes its hashes anew.
enum AuditTrail {
    struct Entry: Sendable {
        let record: AuditChain.Record
        let hash: [UInt8]
        let payload: [UInt8]?
        var changes: [[UInt8]] = []
    }

    static func entries(_ home: TestHome) async throws -> [Entry] {
        let household = home.household
        return try await home.read { transaction in
            var changes: [Int64: [[UInt8]]] = [:]
            try transaction.forEach(
                """
                SELECT sequence, payload FROM audit_change WHERE household_id = \(household)
                ORDER BY sequence, position
                """
            ) { changes[try $0.integer(), default: []].append(try $0.bytes()) }
            return try transaction.rows(
                """
                SELECT sequence, at, actor, actor_id, action, entity, entity_id, request_id,
                    change_count, payload_hash, outcome, undoes, hash, payload
                FROM audit_entry WHERE household_id = \(household) ORDER BY sequence
                """
            ) { row in
                let sequence = try row.integer()
                let record = AuditChain.Record(
                    household: household,
                    sequence: sequence,
                    at: try row.instant(),
                    actor: try row.text(),
                    actorID: (try row.identifierOrNil() as PersonID?)?.value,
                    action: try row.text(),
                    entity: try row.text(),
                    entityID: (try row.identifierOrNil() as AccountID?)?.value,
                    requestID: try row.text(),
                    changeCount: try row.int(),
                    payloadHash: try row.bytes(),
                    outcome: try row.textOrNil(),
                    undoes: try row.integerOrNil()
                )
                return Entry(
                    record: record,
                    hash: try row.bytes(),
                    payload: try row.bytesOrNil(),
                    changes: changes[sequence] ?? []
                )
            }
        }
    }

    /// Each link holds, none is missing, and every payload opens where it stands.
    static func verify(_ home: TestHome, entries count: Int64) async throws {
        let household = home.household
        let (head, key) = try await home.read { transaction in
            try transaction.first(
                "SELECT audit_head, sealed_key FROM household WHERE id = \(household)"
            ) { (try $0.bytes(), try $0.bytes()) } ?? ([], [])
        }
        let keys = home.fixture.environment.keys
        let entries = try await entries(home)
        #expect(entries.map(\.record.sequence) == Array(1...count))
        var previous = AuditChain.origin
        for entry in entries {
            let sequence = entry.record.sequence
            let payload = try #require(entry.payload)
            #expect(entry.record.payloadHash == digest(payload, entry.changes))
            #expect(entry.record.changeCount == entry.changes.count)
            previous = AuditChain.hash(entry.record, after: previous)
            #expect(entry.hash == previous, "entry \(sequence)")
            _ = try keys.open(
                payload,
                for: household,
                wrapped: key,
                place: "audit_entry/\(sequence)"
            )
        }
        #expect(head == previous)
    }

    private static func digest(_ payload: [UInt8], _ changes: [[UInt8]]) -> [UInt8] {
        let digest = Array(SHA256.hash(data: payload))
        guard !changes.isEmpty else { return digest }
        return Array(SHA256.hash(data: digest + changes.flatMap { Array(SHA256.hash(data: $0)) }))
    }
}
