import HTTPTypes
import Ledger
import Storage

/// What is changed of a person by an administrator.
struct UserPatch: RequestFields {
    let role: SystemRole?
    let isDisabled: Bool?

    init(_ fields: inout FieldReader) {
        role = fields.ifPresent("system_role", .choice())
        isDisabled = fields.ifPresent("is_disabled", .boolean)
    }
}

/// The people of this server over HTTP, for those who look after them.
struct UserRoutes: Sendable {
    private let service: UserService

    init(_ service: UserService) {
        self.service = service
    }

    var endpoints: [Endpoint] {
        let shape = UserCard.shape
        return [
            .person(
                .get,
                "admin/users",
                "The people of this server",
                needs: .system(.usersRead),
                answers: .list(shape),
                handle: list
            ),
            .person(
                .get,
                "admin/users/{id}",
                "One of the people of this server",
                needs: .system(.usersRead),
                answers: .ok(shape),
                handle: get
            ),
            .person(
                .patch,
                "admin/users/{id}",
                "Change what someone may do here, or shut them out",
                needs: .system(.usersWrite),
                answers: .ok(shape),
                handle: change
            ),
            .person(
                .delete,
                "admin/users/{id}",
                "Delete someone; it can be taken back",
                needs: .system(.usersWrite),
                answers: .noContent,
                handle: delete
            ),
            .person(
                .post,
                "admin/users/{id}/restore",
                "Bring back someone who was deleted",
                needs: .system(.usersWrite),
                answers: .ok(shape),
                handle: restore
            ),
            .person(
                .post,
                "admin/users/{id}/end-sessions",
                "Sign someone out everywhere",
                needs: .system(.usersSessions),
                answers: .noContent,
                handle: endSessions
            ),
        ]
    }

    @Sendable private func list(
        _ call: PersonCall,
        _ query: UserQuery,
        _: NoFields
    ) async throws -> Reply {
        let now = call.now
        let (cards, count) = try await call.environment.database.read(.shared) { transaction in
            let store = UserStore(transaction: transaction, now: now)
            return (try store.cards(query), try store.count(query))
        }
        let pagination = Pagination(
            page: query.page,
            perPage: query.perPage,
            total: count,
            nextCursor: nil
        )
        return .list(UserCard.shape, cards, pagination)
    }

    @Sendable private func get(
        _ call: PersonCall,
        _: NoFields,
        _: NoFields
    ) async throws -> Reply {
        let id: PersonID = try call.id("user")
        let now = call.now
        let card = try await call.environment.database.read(.shared) {
            try UserStore(transaction: $0, now: now).card(id)
        }
        return .ok(UserCard.shape, card)
    }

    @Sendable private func change(
        _ call: PersonCall,
        _: NoFields,
        _ patch: UserPatch
    ) async throws -> Reply {
        var acts: [UserService.Act] = []
        if let role = patch.role { acts.append(.setRole(role)) }
        if let isDisabled = patch.isDisabled { acts.append(isDisabled ? .disable : .enable) }
        let card = try await service.perform(acts, on: call.id("user"), by: call)
        return .ok(UserCard.shape, card)
    }

    @Sendable private func delete(
        _ call: PersonCall,
        _: NoFields,
        _: NoFields
    ) async throws -> Reply {
        _ = try await service.perform([.delete], on: call.id("user"), by: call)
        return .noContent
    }

    @Sendable private func restore(
        _ call: PersonCall,
        _: NoFields,
        _: NoFields
    ) async throws -> Reply {
        let card = try await service.perform([.restore], on: call.id("user"), by: call)
        return .ok(UserCard.shape, card)
    }

    @Sendable private func endSessions(
        _ call: PersonCall,
        _: NoFields,
        _: NoFields
    ) async throws -> Reply {
        _ = try await service.perform([.endSessions], on: call.id("user"), by: call)
        return .noContent
    }
}
