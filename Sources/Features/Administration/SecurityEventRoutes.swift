import HTTPTypes
import Ledger
import Storage

/// Which events of people's trails are asked for.
struct SecurityEventQuery: RequestFields {
    let from: LocalDate?
    let to: LocalDate?
    let action: String?
    let entity: String?
    let entityID: AuditEntryID?
    let actorID: PersonID?
    let person: PersonID?
    let outcome: SecurityEvent.Outcome?
    let cursor: Place?
    let limit: Int

    /// Where a list goes on: the last event of the page before.
    struct Place: Equatable {
        let at: Instant
        let trail: UniqueID
        let sequence: Int64

        var text: String {
            Base64URL.encode(Array("\(at.microseconds)|\(trail)|\(sequence)".utf8))
        }

        init(_ event: SecurityEventView) {
            (at, trail, sequence) = (event.at, event.trail, event.sequence)
        }

        init?(_ text: String) {
            guard let bytes = Base64URL.decode(text) else { return nil }
            let parts = String(decoding: bytes, as: UTF8.self).split(separator: "|")
            guard parts.count == 3, let at = Int64(parts[0]), let trail = UniqueID(parts[1]),
                let sequence = Int64(parts[2])
            else { return nil }
            (self.at, self.trail, self.sequence) = (Instant(microseconds: at), trail, sequence)
        }
    }

    init(_ fields: inout FieldReader) {
        from = fields.optional("from", .date)
        to = fields.optional("to", .date)
        action = fields.optional("action", .text(1...64))
        entity = fields.optional("entity", .text(1...64))
        entityID = fields.optional("entity_id", .id())
        actorID = fields.optional("actor_id", .id())
        person = fields.optional("person", .id())
        outcome = fields.optional("outcome", .choice())
        cursor = fields.cursor(1...128) { Place($0) }
        limit = fields.optional("limit", .integer(1...200)) ?? 50
        if let from, let to, to < from {
            fields.fault("to", "before_from", "must not be before from")
        }
    }

    /// Days are those of UTC: whoever looks after a server looks at its log beside it.
    var filter: SQLText {
        var conditions: [SQLText] = ["1 = 1"]
        if let from { conditions.append("e.at >= \(WallClock.start(of: from, in: "UTC"))") }
        if let to {
            conditions.append("e.at < \(WallClock.start(of: to.adding(days: 1), in: "UTC"))")
        }
        if let action { conditions.append("e.action = \(action)") }
        if let entity { conditions.append("e.entity = \(entity)") }
        if let entityID { conditions.append("e.entity_id = \(entityID)") }
        if let actorID { conditions.append("e.actor_id = \(actorID)") }
        if let person { conditions.append("e.trail_id = \(person)") }
        if let outcome { conditions.append("e.outcome = \(outcome.rawValue)") }
        return conditions.joined(by: " AND ")
    }

    var page: SQLText {
        guard let cursor else { return filter }
        let trail = SQLValue.uuid(cursor.trail)
        return """
            \(filter) AND (e.at, e.trail_id, e.sequence) < (\(cursor.at), \(trail), \(cursor.sequence))
            """
    }
}

/// Which of one's own events are asked for.
struct ActivityQuery: RequestFields {
    let cursor: Int64?
    let limit: Int

    init(_ fields: inout FieldReader) {
        cursor = fields.cursor(1...64, TrailCursor.read)
        limit = fields.optional("limit", .integer(1...200)) ?? 50
    }
}

/// Sign-ins, refusals and acts of administrators over HTTP: one's own, and everyone's for an auditor.
struct SecurityEventRoutes: Sendable {
    /// How many are counted at most.
    private static let countLimit = 10_000

    var endpoints: [Endpoint] {
        [
            .person(
                .get,
                "activity",
                "What happened to one's own account, the newest first",
                answers: .list(SecurityEventView.own),
                handle: own
            ),
            .person(
                .get,
                "admin/audit-logs",
                "What happened to people's accounts and to the server, the newest first",
                needs: .system(.auditRead),
                answers: .list(SecurityEventView.any),
                handle: all
            ),
        ]
    }

    @Sendable private func own(
        _ call: PersonCall,
        _ query: ActivityQuery,
        _: NoFields
    ) async throws -> Reply {
        let mine: SQLText = "e.trail_id = \(call.person)"
        let before = query.cursor ?? .max
        let (events, total) = try await read(
            mine,
            "\(mine) AND e.sequence < \(before)",
            query.limit + 1,
            call
        )
        let page = events.prefix(query.limit)
        let next =
            events.count > query.limit ? page.last.map { TrailCursor.text($0.sequence) } : nil
        return .list(
            SecurityEventView.own,
            Array(page),
            Pagination(
                page: query.cursor == nil ? 1 : nil,
                perPage: query.limit,
                total: total,
                nextCursor: next
            )
        )
    }

    @Sendable private func all(
        _ call: PersonCall,
        _ query: SecurityEventQuery,
        _: NoFields
    ) async throws -> Reply {
        let (events, total) = try await read(query.filter, query.page, query.limit + 1, call)
        let page = events.prefix(query.limit)
        let hasMore = events.count > query.limit
        let next = hasMore ? page.last.map { SecurityEventQuery.Place($0).text } : nil
        return .list(
            SecurityEventView.any,
            Array(page),
            Pagination(
                page: query.cursor == nil ? 1 : nil,
                perPage: query.limit,
                total: total,
                nextCursor: next
            )
        )
    }

    private func read(
        _ filter: SQLText,
        _ page: SQLText,
        _ limit: Int,
        _ call: PersonCall
    ) async throws -> ([SecurityEventView], Int) {
        let keys = call.environment.personKeys
        return try await call.environment.database.read(.shared) { transaction in
            let store = SecurityEventStore(transaction: transaction, keys: keys)
            let events = try store.events(page, limit: limit)
            return (events, try store.count(filter, limit: Self.countLimit))
        }
    }
}
