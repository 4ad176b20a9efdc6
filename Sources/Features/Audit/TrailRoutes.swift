import HTTPTypes
import Interchange
import Ledger
import Storage

/// Which entries of the trail are asked for.
struct TrailQuery: RequestFields {
    let from: LocalDate?
    let to: LocalDate?
    let action: String?
    let entity: String?
    let entityID: AuditEntryID?
    let actorID: PersonID?
    let outcome: SecurityEvent.Outcome?
    let words: String?
    /// The place in the list where the page begins.
    let before: Int64?
    let limit: Int

    static let largestPage = 200

    init(_ fields: inout FieldReader) {
        from = fields.optional("from", .date)
        to = fields.optional("to", .date)
        action = fields.optional("action", .text(1...64))
        entity = fields.optional("entity", .text(1...64))
        entityID = fields.optional("entity_id", .id())
        actorID = fields.optional("actor_id", .id())
        outcome = fields.optional("outcome", .choice())
        words = fields.optional("q", .text(0...200)).flatMap { $0.isEmpty ? nil : $0 }
        before = fields.cursor(1...64, TrailCursor.read)
        limit = fields.optional("limit", .integer(1...Self.largestPage)) ?? 50
        if let from, let to, to < from {
            fields.fault("to", "before_from", "must not be before from")
        }
    }

    /// Whether every entry is meant.
    var isEmpty: Bool {
        from == nil && to == nil && action == nil && entity == nil && entityID == nil
            && actorID == nil && outcome == nil && words == nil
    }

    /// Whether the sentence of an entry has what is looked for.
    func matches(_ entry: TrailEntry) -> Bool {
        guard let words else { return true }
        return PayeeName.folded(entry.summary).contains(PayeeName.folded(words))
    }
}

/// Where a list of the trail goes on.
enum TrailCursor {
    static func text(_ sequence: Int64) -> String {
        Base64URL.encode(Array(String(sequence).utf8))
    }

    static func read(_ text: String) -> Int64? {
        guard let bytes = Base64URL.decode(text),
            let sequence = Int64(String(decoding: bytes, as: UTF8.self)), sequence >= 0
        else { return nil }
        return sequence
    }
}

/// Which rows of an entry's change are asked for.
struct TrailChangesQuery: RequestFields {
    /// How many rows were read already.
    let position: Int
    let limit: Int

    init(_ fields: inout FieldReader) {
        position = fields.cursor(1...64, TrailCursor.read).map { Int(clamping: $0) } ?? 0
        limit = fields.optional("limit", .integer(1...TrailQuery.largestPage)) ?? 50
    }
}

/// The household's trail over HTTP.
package struct TrailRoutes: Sendable {
    private let imports: ImportService
    private let authenticator: Authenticator

    package init(_ imports: ImportService, _ authenticator: Authenticator) {
        self.imports = imports
        self.authenticator = authenticator
    }

    package var endpoints: [Endpoint] {
        [
            .read(
                "audit-logs",
                "What was done in the household, the newest first",
                answers: .list(TrailEntry.shape),
                handle: list
            ),
            .read(
                "audit-logs/{id}",
                "An entry of the trail with the rows that it changed",
                answers: .ok(TrailDetail.shape),
                handle: get
            ),
            .change(
                .post,
                "audit-logs/{id}/undo",
                "Take back what an entry did, as a new entry",
                answers: .ok(TrailEntry.shape),
                handle: undo
            ),
        ]
    }

    @Sendable private func list(_ call: MemberCall, _ query: TrailQuery) async throws -> Reply {
        let (member, keys) = (call.member, call.environment.keys)
        let (entries, pagination) = try await call.read { transaction in
            let page = try TrailReader(transaction, member, keys).page(query)
            let pagination = Pagination(
                page: query.before == nil ? 1 : nil,
                perPage: query.limit,
                total: page.total,
                nextCursor: page.next.map(TrailCursor.text)
            )
            return (page.entries, pagination)
        }
        return .list(TrailEntry.shape, entries, pagination)
    }

    @Sendable private func get(
        _ call: MemberCall,
        _ query: TrailChangesQuery
    ) async throws -> Reply {
        let sequence = try sequence(of: call)
        let (member, keys) = (call.member, call.environment.keys)
        let detail = try await call.read { transaction in
            let reader = try TrailReader(transaction, member, keys)
            let entry = try reader.entry(sequence)
            let (changes, next) = try reader.changes(
                of: sequence,
                from: query.position,
                limit: query.limit
            )
            return TrailDetail(
                entry: entry,
                changes: changes,
                nextCursor: next.map { TrailCursor.text(Int64($0)) }
            )
        }
        return .ok(TrailDetail.shape, detail)
    }

    @Sendable private func undo(
        _ call: MemberCall,
        _: NoFields,
        _: NoFields
    ) async throws -> Reply {
        let sequence = try sequence(of: call)
        let keys = call.environment.keys
        return try await call.write { write in
            let undo = TrailUndo(
                write: write,
                keys: keys,
                imports: imports,
                unproved: call.unproved,
                scopes: call.scopes
            )
            let entry = try undo.run(sequence)
            if entry.record.entity == "member", let person = entry.record.entityID {
                // What they may do is read again at their next call.
                write.transaction.afterCommit { authenticator.forget(person: PersonID(person)) }
            }
            if entry.record.action == "show" { authenticator.forgetMembers(after: write) }
            return .ok(TrailEntry.shape, entry)
        }
    }

    /// - Throws: 404, since what is no number is no entry.
    private func sequence(of call: MemberCall) throws -> Int64 {
        guard let text = call.word("id"), let sequence = Int64(text), sequence > 0,
            String(sequence) == text
        else { throw APIError.notFound("audit") }
        return sequence
    }
}
