import Ledger
import Storage

/// Follows the chains of people's trails and of the server's, each from its origin to its head.
struct SecurityTrailExamination {
    let transaction: any SQLTransaction
    let findings: Findings
    let keys: PersonKeys
    /// Nil where they are not at hand.
    let files: TrailFiles?

    private typealias Link = (sequence: Int64, hash: [UInt8])

    func run() throws {
        var heads: [UniqueID: ExaminedHeads] = [:]
        for owner in (files?.heads ?? [:]).keys where owner.isPerson {
            heads[owner.id] = ExaminedHeads(owner, files)
        }
        var ends = try archivedEnds(&heads)
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
            heads[record.trail]?.pass((record.sequence, hash))
        }
        try transaction.scan("SELECT id, sequence, head FROM trail") { row in
            let id = try row.uuid()
            let head: Link = (try row.integer(), try row.bytes())
            if head != ends[id] ?? (0, AuditChain.origin) {
                findings.add("trail", "\(id)", "does not end in its head")
            }
        }
        for (id, heads) in heads.sorted(by: { $0.key < $1.key }) {
            heads.finish(findings) { seal, place in
                try keys.open(seal, for: TrailOwner(id), place: place, transaction)
            }
        }
    }

    /// Where the files end, and the table begins.
    private func archivedEnds(
        _ heads: inout [UniqueID: ExaminedHeads]
    ) throws -> [UniqueID: Link] {
        var ends: [UniqueID: Link] = [:]
        try transaction.scan(
            "SELECT id, archived, archived_head FROM trail WHERE archived > 0 ORDER BY id"
        ) { row in
            let id = try row.uuid()
            ends[id] = (try row.integer(), try row.bytesOrNil() ?? AuditChain.origin)
        }
        for (id, end) in ends { examineArchive(id, end, &heads) }
        return ends
    }

    private func examineArchive(
        _ id: UniqueID,
        _ end: Link,
        _ heads: inout [UniqueID: ExaminedHeads]
    ) {
        guard let archive = files?.archive else { return }
        let owner = ArchiveOwner.person(TrailOwner(id))
        let row = "\(owner.name) to \(end.sequence)"
        do {
            guard let path = try archive.path(to: end.sequence, of: owner) else {
                return findings.add("audit_archive", row, "a file of the archive is missing")
            }
            var last: Link = (0, AuditChain.origin)
            for entry in try path.flatMap({ try archive.read($0, of: owner) }) {
                if !entry.follows(last) {
                    findings.add(
                        "audit_archive",
                        "\(owner.name)/\(entry.record.sequence)",
                        "is not the entry that was written"
                    )
                }
                last = (entry.record.sequence, entry.hash)
                heads[id]?.pass(last)
            }
            if last != end {
                findings.add("audit_archive", row, "does not end where the table begins")
            }
        } catch {
            findings.add("audit_archive", row, "cannot be read: \(error)")
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
