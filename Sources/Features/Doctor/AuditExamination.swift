import Crypto
import Ledger
import Storage

/// Follows the chain of a household's trail from its origin to its head: through the files of the archive,
/// and then through the table.
struct AuditExamination {
    private let transaction: any SQLTransaction
    private let household: HouseholdID
    let keys: HouseholdKeys
    let findings: Findings
    /// Nil where it is not at hand, as for a backup that is being proved.
    private let files: TrailFiles?

    init(
        _ transaction: any SQLTransaction,
        _ household: HouseholdID,
        _ keys: HouseholdKeys,
        _ findings: Findings,
        _ files: TrailFiles?
    ) {
        self.transaction = transaction
        self.household = household
        self.keys = keys
        self.findings = findings
        self.files = files
    }

    /// What the household's row says of the trail's end.
    struct Head {
        let sequence: Int64
        let hash: [UInt8]
        let sealedKey: [UInt8]
        /// Where the archive ends and the table begins.
        let archived: (sequence: Int64, hash: [UInt8])
    }

    /// An entry of a bulk change whose rows have not all been seen.
    private struct Bulk {
        let payloadHash: [UInt8]
        let changeCount: Int
        var hash: SHA256
        var seen = 0
        /// Nothing can be proved of a digest once a part of it is erased.
        var isErased: Bool
    }

    /// - Returns: the transactions that purges of the archive removed; nil when they cannot be known.
    @discardableResult
    func run(_ head: Head) throws -> Set<UniqueID>? {
        var heads = ExaminedHeads(.household(household), files)
        let purged = examineArchive(head, &heads)
        var bulks: [Int64: Bulk] = [:]
        var last = head.archived
        try transaction.scan(Self.entries(of: household)) { row in
            let entry = try ArchivedEntry(household, &row)
            examine(entry, after: last, head.sealedKey)
            last = (entry.record.sequence, entry.hash)
            heads.pass(last)
            guard entry.record.changeCount > 0 else { return }
            var hash = SHA256()
            if let payload = entry.payload { hash.update(data: AuditChain.digest(payload)) }
            bulks[entry.record.sequence] = Bulk(
                payloadHash: entry.record.payloadHash,
                changeCount: entry.record.changeCount,
                hash: hash,
                isErased: entry.payload == nil
            )
        }
        findings.compare(
            "household",
            household.description,
            "audit_sequence",
            expected: last.sequence,
            found: head.sequence
        )
        if last.hash != head.hash {
            findings.add(
                "household",
                household,
                "the trail does not end in audit_head",
                expected: head.hash.hexadecimal,
                found: last.hash.hexadecimal
            )
        }
        try examineChanges(&bulks, head.sealedKey)
        for (sequence, bulk) in bulks.sorted(by: { $0.key < $1.key }) { finish(sequence, bulk) }
        heads.finish(findings) { seal, place in
            try keys.open(seal, for: household, wrapped: head.sealedKey, place: place)
        }
        return purged
    }

    /// Follows the chain through the files, as far as the household says that they go.
    private func examineArchive(_ head: Head, _ heads: inout ExaminedHeads) -> Set<UniqueID>? {
        guard head.archived.sequence > 0 else { return [] }
        guard let archive = files?.archive else { return nil }
        let owner = ArchiveOwner.household(household)
        let row = "\(household) to \(head.archived.sequence)"
        var purged: Set<UniqueID> = []
        var last = (sequence: Int64(0), hash: AuditChain.origin)
        do {
            guard let path = try archive.path(to: head.archived.sequence, of: owner) else {
                findings.add("audit_archive", row, "a file of the archive is missing")
                return nil
            }
            for file in path {
                for entry in try archive.read(file, of: owner) {
                    if !entry.follows(last) {
                        findings.add(
                            "audit_archive",
                            "entry \(entry.record.sequence)",
                            "is not the entry that was written"
                        )
                    }
                    last = (entry.record.sequence, entry.hash)
                    heads.pass(last)
                    if (entry.record.action, entry.record.entity) == ("purge", "transaction") {
                        purged.formUnion(entry.changes.map(\.entity))
                    }
                }
            }
        } catch {
            findings.add("audit_archive", row, "cannot be read: \(error)")
            return nil
        }
        if last != head.archived {
            findings.add(
                "audit_archive",
                row,
                "does not end where the table begins",
                expected: head.archived.hash.hexadecimal,
                found: last.hash.hexadecimal
            )
        }
        return purged
    }

    private func examine(
        _ entry: ArchivedEntry,
        after last: (sequence: Int64, hash: [UInt8]),
        _ sealedKey: [UInt8]
    ) {
        let sequence = entry.record.sequence
        if sequence != last.sequence + 1 {
            findings.add(
                "audit_entry",
                sequence,
                "the trail has a gap before it",
                expected: "\(last.sequence + 1)",
                found: "\(sequence)"
            )
        }
        let hash = AuditChain.hash(entry.record, after: last.hash)
        if hash != entry.hash {
            findings.add(
                "audit_entry",
                sequence,
                "is not the entry that was written",
                expected: entry.hash.hexadecimal,
                found: hash.hexadecimal
            )
        }
        guard let payload = entry.payload else { return }
        if entry.record.changeCount == 0, AuditChain.digest(payload) != entry.record.payloadHash {
            findings.add("audit_entry", sequence, "its payload is not the one that was written")
        }
        open(payload, "audit_entry", "\(sequence)", "audit_entry/\(sequence)", sealedKey)
    }

    private func examineChanges(_ bulks: inout [Int64: Bulk], _ sealedKey: [UInt8]) throws {
        let touched = TrailTouchStore(transaction: transaction, household: household)
        let accounts = try touched.accounts()
        var touches: [Int64: TrailTouches] = [:]
        try transaction.scan(
            """
            SELECT sequence, position, entity_id, payload FROM audit_change
            WHERE household_id = \(household) ORDER BY sequence, position
            """
        ) { row in
            let sequence = try row.integer()
            let position = try row.int()
            let name = "\(sequence)/\(position)"
            let entity = try row.uuid()
            let payload = try row.bytesOrNil()
            guard bulks[sequence] != nil else {
                return findings.add("audit_change", name, "belongs to no entry that has changes")
            }
            if position != bulks[sequence]?.seen {
                findings.add("audit_change", name, "is out of place")
            }
            bulks[sequence]?.seen += 1
            guard let payload else {
                bulks[sequence]?.isErased = true
                return
            }
            bulks[sequence]?.hash.update(data: AuditChain.digest(payload))
            let place = AuditChain.place(ofChange: position, in: sequence, of: entity)
            if let plain = open(payload, "audit_change", name, place, sealedKey) {
                touches[sequence, default: TrailTouches()].add(entity, plain, among: accounts)
            }
        }
        for (sequence, kept) in try touched.all().sorted(by: { $0.key < $1.key })
        // Accounts that were purged since are still named there, and of what was erased nothing can be proved.
        where bulks[sequence]?.isErased == false
            && kept.among(accounts) != touches[sequence] ?? TrailTouches()
        {
            findings.add("audit_touch", sequence, "does not say which accounts the rows speak of")
        }
    }

    private func finish(_ sequence: Int64, _ bulk: Bulk) {
        findings.compare(
            "audit_entry",
            "\(sequence)",
            "change_count",
            expected: bulk.changeCount,
            found: bulk.seen
        )
        if !bulk.isErased, Array(bulk.hash.finalize()) != bulk.payloadHash {
            findings.add("audit_entry", sequence, "its changes are not those that were written")
        }
    }

    @discardableResult
    private func open(
        _ payload: [UInt8],
        _ table: String,
        _ row: String,
        _ place: String,
        _ sealedKey: [UInt8]
    ) -> [UInt8]? {
        do {
            return try keys.open(payload, for: household, wrapped: sealedKey, place: place)
        } catch {
            findings.add(table, row, "its payload does not open with the household's key")
            return nil
        }
    }
}

extension AuditExamination {
    /// A row of the trail.

    private static func entries(of household: HouseholdID) -> SQLText {
        """
        SELECT \(ArchivedEntry.columns)
        FROM audit_entry WHERE household_id = \(household) ORDER BY sequence
        """
    }
}

extension [UInt8] {
    var hexadecimal: String {
        map { byte in
            let text = String(byte, radix: 16)
            return byte < 16 ? "0" + text : text
        }
        .joined()
    }
}
