import HTTPTypes
import Ledger
import Storage

/// What somebody was told over HTTP, and how they want to be told.
package struct NoticeRoutes: Sendable {
    private let sendsMail: Bool

    /// - Parameter sendsMail: whether letters leave this server.
    package init(sendsMail: Bool) {
        self.sendsMail = sendsMail
    }

    package var endpoints: [Endpoint] {
        let shape = Notice.shape
        return [
            .person(
                .get,
                "notices",
                "What one was told, the newest first",
                answers: .list(shape),
                handle: list
            ),
            .person(
                .get,
                "notices/unread",
                "How many notices are unread",
                answers: .ok(Unread.shape),
                handle: unread
            ),
            .person(
                .post,
                "notices/read",
                "Note that all are read, or all up to one",
                answers: .ok(Unread.shape),
                handle: readAll
            ),
            .person(
                .get,
                "notices/preferences",
                "How one wants to be told",
                answers: .ok(NoticePreferencesView.shape),
                handle: preferences
            ),
            .person(
                .put,
                "notices/preferences",
                "Say how one wants to be told",
                answers: .ok(NoticePreferencesView.shape),
                handle: setPreferences
            ),
            .person(
                .post,
                "notices/{id}/read",
                "Note that a notice is read",
                answers: .ok(shape)
            ) { (call: PersonCall, _: NoFields, _: NoFields) in
                try await setRead(call.now, call)
            },
            .person(
                .post,
                "notices/{id}/unread",
                "Note that a notice is unread",
                answers: .ok(shape)
            ) { (call: PersonCall, _: NoFields, _: NoFields) in
                try await setRead(nil, call)
            },
            .person(
                .delete,
                "notices/{id}",
                "Delete a notice for good",
                answers: .noContent,
                handle: delete
            ),
        ]
    }

    private struct Unread: Sendable {
        let count: Int

        static let shape = Shape<Unread>("UnreadNotices") {
            $0.integer("unread") { Int64($0.count) }
        }
    }

    @Sendable private func list(
        _ call: PersonCall,
        _ query: NoticeQuery,
        _: NoFields
    ) async throws -> Reply {
        let (notices, total, next) = try await read(call) { try $0.page(query) }
        let pagination = Pagination(
            page: nil,
            perPage: query.limit,
            total: total,
            nextCursor: next
        )
        return .list(Notice.shape, notices, pagination)
    }

    @Sendable private func unread(
        _ call: PersonCall,
        _: NoFields,
        _: NoFields
    ) async throws -> Reply {
        .ok(Unread.shape, Unread(count: try await read(call) { try $0.unread() }))
    }

    @Sendable private func readAll(
        _ call: PersonCall,
        _: NoFields,
        _ input: ReadAllInput
    ) async throws -> Reply {
        let (person, now) = (call.person, call.now)
        let count = try await change(call) { list, store in
            try store.setAllRead(
                at: now,
                upTo: input.last,
                in: input.household,
                of: person
            )
            return try list.unread()
        }
        return .ok(Unread.shape, Unread(count: count))
    }

    private func setRead(_ moment: Instant?, _ call: PersonCall) async throws -> Reply {
        let id: NoticeID = try call.id("notice")
        let person = call.person
        let notice = try await change(call) { list, store in
            _ = try list.load(id)
            _ = try store.setRead(moment, id, of: person)
            return try list.load(id)
        }
        return .ok(Notice.shape, notice)
    }

    @Sendable private func delete(
        _ call: PersonCall,
        _: NoFields,
        _: NoFields
    ) async throws -> Reply {
        let id: NoticeID = try call.id("notice")
        let person = call.person
        try await change(call) { list, store in
            _ = try list.load(id)
            try store.forget(id, of: person)
        }
        return .noContent
    }

    private func read<Value: Sendable>(
        _ call: PersonCall,
        _ body: @escaping @Sendable (NoticeList) throws -> Value
    ) async throws -> Value {
        let (person, environment) = (call.person, call.environment)
        return try await environment.database.read(.shared) {
            try body(NoticeList(person, $0, environment))
        }
    }

    /// Changes some of a person's notices, and says so to whoever shows them.
    private func change<Value: Sendable>(
        _ call: PersonCall,
        _ body: @escaping @Sendable (NoticeList, NoticeStore) throws -> Value
    ) async throws -> Value {
        let (person, environment) = (call.person, call.environment)
        return try await environment.database.write(.shared) { transaction in
            let store = NoticeStore(transaction: transaction)
            let value = try body(NoticeList(person, transaction, environment), store)
            try store.noteChange(of: person)
            transaction.afterCommit { environment.events.raise(person) }
            return value
        }
    }

    // MARK: Preferences

    @Sendable private func preferences(
        _ call: PersonCall,
        _: NoFields,
        _: NoFields
    ) async throws -> Reply {
        let (person, sendsMail) = (call.person, sendsMail)
        let view = try await call.environment.database.read(.shared) {
            try Self.view(of: person, sendsMail, $0)
        }
        return .ok(NoticePreferencesView.shape, view).tagged(view.preferences.version)
    }

    @Sendable private func setPreferences(
        _ call: PersonCall,
        _: NoFields,
        _ input: NoticePreferencesInput
    ) async throws -> Reply {
        let (person, now, sendsMail) = (call.person, call.now, sendsMail)
        let version = try call.expectedVersion()
        let environment = call.environment
        let event = SecurityEvent(
            "notice_preferences_change",
            about: .person(person),
            by: .person(person),
            on: call.client,
            requestID: call.requestID
        )
        let view = try await environment.database.write(.shared) { transaction in
            let store = NoticePreferenceStore(transaction: transaction)
            let old = try store.load(person)
            guard version == nil || version == old.version else { throw APIError.stale }
            let households = try PersonStore(transaction).households(of: person)
            let new = try input.applied(to: old, among: households)
            guard try store.save(new, of: person, at: now) else { throw APIError.stale }
            try SecurityTrail(transaction, environment).add(event)
            return try Self.view(of: person, sendsMail, transaction)
        }
        return .ok(NoticePreferencesView.shape, view).tagged(view.preferences.version)
    }

    private static func view(
        of person: PersonID,
        _ sendsMail: Bool,
        _ transaction: any SQLTransaction
    ) throws -> NoticePreferencesView {
        let people = PersonStore(transaction)
        return NoticePreferencesView(
            preferences: try NoticePreferenceStore(transaction: transaction).load(person),
            person: try people.loadPerson(person),
            households: try people.households(of: person),
            sendsMail: sendsMail
        )
    }
}

struct ReadAllInput: RequestFields {
    let last: NoticeID?
    let household: HouseholdID?

    init(_ fields: inout FieldReader) {
        last = fields.optional("up_to", .id())
        household = fields.optional("household_id", .id())
    }
}
