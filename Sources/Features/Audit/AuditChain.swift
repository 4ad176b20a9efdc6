import Crypto
package import Ledger
package import Storage

/// Links each entry of a household's trail to the one before it.
///
/// The hash covers a hash of the sealed payload, never the payload: it can be erased and the chain still holds.
package enum AuditChain {
    /// What comes before the first entry.
    package static let origin = [UInt8](repeating: 0, count: 32)

    package struct Record: Sendable {
        package let household: HouseholdID
        package let sequence: Int64
        package let at: Instant
        package let actor: String
        package let actorID: UniqueID?
        package let action: String
        package let entity: String
        package let entityID: UniqueID?
        package let requestID: String
        package let changeCount: Int
        package let payloadHash: [UInt8]
        /// Nil in entries of before there was one. Their hashes do not cover what they do not have.
        package let outcome: String?
        /// The entry that this one took back.
        package let undoes: Int64?

        package init(
            household: HouseholdID,
            sequence: Int64,
            at: Instant,
            actor: String,
            actorID: UniqueID?,
            action: String,
            entity: String,
            entityID: UniqueID?,
            requestID: String,
            changeCount: Int,
            payloadHash: [UInt8],
            outcome: String? = nil,
            undoes: Int64? = nil
        ) {
            self.household = household
            self.sequence = sequence
            self.at = at
            self.actor = actor
            self.actorID = actorID
            self.action = action
            self.entity = entity
            self.entityID = entityID
            self.requestID = requestID
            self.changeCount = changeCount
            self.payloadHash = payloadHash
            self.outcome = outcome
            self.undoes = undoes
        }
    }

    package static func hash(_ record: Record, after previous: [UInt8]) -> [UInt8] {
        var parts = [
            record.household.description, String(record.sequence),
            String(record.at.microseconds), record.actor, record.actorID?.description ?? "",
            record.action, record.entity, record.entityID?.description ?? "", record.requestID,
            String(record.changeCount),
        ]
        if record.outcome != nil || record.undoes != nil {
            parts += [record.outcome ?? "", record.undoes.map { String($0) } ?? ""]
        }
        return hash(parts, record.payloadHash, after: previous)
    }

    /// - Parameter parts: each is hashed behind its length, so that no two records share a spelling.
    static func hash(
        _ parts: [String],
        _ payloadHash: [UInt8],
        after previous: [UInt8]
    ) -> [UInt8] {
        var hash = SHA256()
        hash.update(data: previous)
        for part in parts { hash.update(data: Array("\(part.utf8.count):\(part)".utf8)) }
        hash.update(data: payloadHash)
        return Array(hash.finalize())
    }

    /// What an entry's payload is sealed for.
    package static func place(of sequence: Int64) -> String { "audit_entry/\(sequence)" }

    /// What a row of a bulk change is sealed for: its place and the thing that it is about.
    package static func place(
        ofChange position: Int,
        in sequence: Int64,
        of entity: UniqueID
    ) -> String {
        "audit_change/\(sequence)/\(position)/\(entity)"
    }

    package static func digest(_ bytes: [UInt8]) -> [UInt8] {
        Array(SHA256.hash(data: bytes))
    }
}
