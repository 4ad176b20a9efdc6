package import Ledger

/// What a change was, for the trail.
package struct AuditNote: Sendable {
    package let actor: String
    /// Whether nobody asked for it, so that the entry names no person.
    package let isUnattended: Bool
    /// For example `create`, `update`, `delete`, `restore`.
    package let action: String
    /// For example `account`.
    package let entity: String
    package let entityID: UniqueID?
    package let outcome: SecurityEvent.Outcome
    /// JSON: what was before, and what is after.
    package let before: [UInt8]?
    package let after: [UInt8]?
    /// The rows of a bulk change.
    package var changes: [Change]

    package struct Change: Sendable {
        package let entity: UniqueID
        package let payload: [UInt8]

        package init(entity: UniqueID, before: [UInt8]?, after: [UInt8]?) {
            self.entity = entity
            var writer = JSONWriter()
            writer.object { AuditNote.write(before, after, to: &$0) }
            payload = writer.bytes
        }
    }

    package init(
        _ action: String,
        _ entity: String,
        _ entityID: UniqueID?,
        before: [UInt8]? = nil,
        after: [UInt8]? = nil,
        changes: [Change] = [],
        outcome: SecurityEvent.Outcome = .success,
        actor: String = "person",
        isUnattended: Bool = false
    ) {
        self.actor = actor
        self.isUnattended = isUnattended
        self.action = action
        self.entity = entity
        self.entityID = entityID
        self.outcome = outcome
        self.before = before
        self.after = after
        self.changes = changes
    }

    /// What is sealed. Where it was asked for is part of it, so that an erasure takes it along.
    func payload(of client: ClientDevice?) -> [UInt8] {
        var writer = JSONWriter()
        writer.object { writer in
            Self.write(before, after, to: &writer)
            if let client {
                writer.name("address"); writer.string(client.address)
                writer.name("device"); writer.string(client.device)
            }
        }
        return writer.bytes
    }

    private static func write(_ before: [UInt8]?, _ after: [UInt8]?, to writer: inout JSONWriter) {
        writer.name("before")
        if let before { writer.raw(before) } else { writer.null() }
        writer.name("after")
        if let after { writer.raw(after) } else { writer.null() }
    }
}
