import HTTPTypes
import Hummingbird
import Ledger
import Storage

/// A person's households over HTTP, and the members of each.
package struct HouseholdRoutes: Sendable {
    private let environment: ServerEnvironment
    private let authenticator: Authenticator
    private let members = MemberService()

    package init(_ environment: ServerEnvironment, _ authenticator: Authenticator) {
        self.environment = environment
        self.authenticator = authenticator
    }

    private var households: HouseholdService { HouseholdService(environment: environment) }

    package var endpoints: [Endpoint] {
        ownHouseholds + membership
            + InvitationRoutes(InvitationService(environment), authenticator).endpoints
    }

    private var ownHouseholds: [Endpoint] {
        let shape = IdentityShapes.household
        return [
            .person(
                .get,
                "households",
                "List your households, the default one first",
                answers: .list(shape),
                handle: list
            ),
            .person(
                .post,
                "households",
                "Add a household",
                answers: .created(shape),
                handle: create
            ),
            .person(
                .post,
                "households/{id}/default",
                "Make a household the default one",
                answers: .noContent,
                handle: makeDefault
            ),
            .change(
                .patch,
                "household",
                "Change a household's settings",
                needs: .owner,
                answers: .ok(shape),
                handle: update
            ),
        ]
    }

    private var membership: [Endpoint] {
        [
            .read(
                "household/members",
                "List the members",
                answers: .list(MemberView.shape),
                handle: listMembers
            ),
            .change(
                .patch,
                "household/members/{person_id}",
                "Give a member another role",
                needs: .freshOwner,
                answers: .ok(MemberView.shape),
                handle: setRole
            ),
            .change(
                .delete,
                "household/members/{person_id}",
                "Remove a member, or leave",
                needs: .member,
                answers: .noContent,
                handle: remove
            ),
            .change(
                .post,
                "household/ownership",
                "Hand the household over to another member",
                needs: .freshOwner,
                answers: .noContent,
                handle: handOver
            ),
        ]
    }

    // MARK: Households

    @Sendable private func list(_ call: PersonCall, _: NoFields, _: NoFields) async throws -> Reply
    {
        .list(IdentityShapes.household, try await households.list(of: call.person))
    }

    @Sendable private func create(
        _ call: PersonCall,
        _: NoFields,
        _ input: HouseholdInput
    ) async throws -> Reply {
        let card = try await households.found(
            named: input.name,
            input.currency,
            input.weekStart,
            for: call.person,
            requestID: call.requestID,
            on: call.client
        )
        authenticator.forget(person: call.person)
        return .created(IdentityShapes.household, card)
    }

    @Sendable private func makeDefault(
        _ call: PersonCall,
        _: NoFields,
        _: NoFields
    ) async throws -> Reply {
        try await households.makeDefault(
            try call.id("household"),
            of: call.person,
            requestID: call.requestID,
            on: call.client
        )
        authenticator.forget(person: call.person)
        return .noContent
    }

    @Sendable private func update(
        _ call: MemberCall,
        _: NoFields,
        _ patch: HouseholdPatch
    ) async throws -> Reply {
        try await call.write { write in
            let card = try HouseholdService.update(
                name: patch.name,
                weekStart: patch.weekStart,
                in: write
            )
            return .ok(IdentityShapes.household, card)
        }
    }

    // MARK: Members

    @Sendable private func listMembers(_ call: MemberCall, _: NoFields) async throws -> Reply {
        let (household, person) = (call.household, call.member.person)
        let members = try await call.read { transaction in
            try MemberStore(transaction: transaction, household: household).all()
        }
        return .list(
            MemberView.shape,
            members.map { MemberView(record: $0, isYou: $0.person == person) }
        )
    }

    @Sendable private func setRole(
        _ call: MemberCall,
        _: NoFields,
        _ input: MemberRoleInput
    ) async throws -> Reply {
        let person: PersonID = try call.id("member", "person_id")
        let members = members
        let reply = try await call.write { write in
            let record = try members.setRole(of: person, to: input.role, in: write)
            return .ok(
                MemberView.shape,
                MemberView(record: record, isYou: person == write.member.person)
            )
        }
        authenticator.forget(person: person)
        return reply
    }

    @Sendable private func remove(
        _ call: MemberCall,
        _ query: MemberRemovalQuery,
        _: NoFields
    ) async throws -> Reply {
        let person: PersonID = try call.id("member", "person_id")
        let members = members
        let household = call.household
        let leaving = try await call.read { transaction in
            try MemberStore(transaction: transaction, household: household).load(person)
        }
        if person != call.member.person { try call.member.role.demand(.owner) }
        if leaving.role != .owner {
            try await households.keepAtHome(
                person,
                leaving: household,
                requestID: call.requestID,
                on: call.client
            )
        }
        let reply = try await call.write { write in
            try members.remove(person, takesOver: query.takesOver, in: write)
            return .noContent
        }
        authenticator.forget(person: person)
        return reply
    }

    @Sendable private func handOver(
        _ call: MemberCall,
        _: NoFields,
        _ input: HandOverInput
    ) async throws -> Reply {
        let members = members
        let reply = try await call.write { write in
            try members.handOver(to: input.person, in: write)
            return .noContent
        }
        authenticator.forget(person: input.person)
        authenticator.forget(person: call.member.person)
        return reply
    }
}
