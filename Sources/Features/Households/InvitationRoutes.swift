import HTTPTypes
import Hummingbird
import Ledger
import Storage

/// Invitations over HTTP.
struct InvitationRoutes: Sendable {
    private let service: InvitationService
    private let authenticator: Authenticator

    init(_ service: InvitationService, _ authenticator: Authenticator) {
        self.service = service
        self.authenticator = authenticator
    }

    var endpoints: [Endpoint] {
        [
            .read(
                "household/invitations",
                "List the open invitations",
                needs: .owner,
                answers: .list(Invitation.shape),
                handle: list
            ),
            .change(
                .post,
                "household/invitations",
                "Invite someone by e-mail or by a link",
                needs: .freshOwner,
                limit: .auth,
                answers: .created(Invitation.made),
                handle: invite
            ),
            .change(
                .delete,
                "household/invitations/{id}",
                "Withdraw an invitation",
                needs: .owner,
                answers: .noContent,
                handle: withdraw
            ),
            .open(
                .post,
                "invitations/look",
                "What an invitation is to",
                limit: .auth,
                answers: .ok(Invitation.pending),
                handle: look
            ),
            .person(
                .post,
                "invitations/accept",
                "Accept an invitation",
                limit: .auth,
                answers: .ok(IdentityShapes.household),
                handle: accept
            ),
        ]
    }

    @Sendable private func list(_ call: MemberCall, _: NoFields) async throws -> Reply {
        let (household, now) = (call.household, call.environment.clock.now())
        let open = try await call.read {
            try InvitationStore(transaction: $0).open(of: household, at: now)
        }
        return .list(Invitation.shape, open)
    }

    /// Not under an Idempotency-Key: its answer holds the link, which is kept nowhere.
    @Sendable private func invite(
        _ call: MemberCall,
        _: NoFields,
        _ input: InvitationInput
    ) async throws -> Reply {
        let token = OpaqueToken()
        return try await call.environment.write(
            as: call.member,
            least: .owner,
            requestID: call.requestID,
            on: call.client
        ) { write in
            .created(
                Invitation.made,
                try service.invite(input.email, as: input.role, token, in: write)
            )
        }
    }

    @Sendable private func withdraw(
        _ call: MemberCall,
        _: NoFields,
        _: NoFields
    ) async throws -> Reply {
        let id: InvitationID = try call.id("invitation")
        return try await call.write { write in
            try InvitationService.withdraw(id, in: write)
            return .noContent
        }
    }

    @Sendable private func look(
        _: OpenCall,
        _: NoFields,
        _ input: InvitationTokenInput
    ) async throws -> Reply {
        .ok(Invitation.pending, try await service.look(at: input.token))
    }

    @Sendable private func accept(
        _ call: PersonCall,
        _: NoFields,
        _ input: InvitationTokenInput
    ) async throws -> Reply {
        let household = try await service.accept(
            input.token,
            by: call.person,
            requestID: call.requestID,
            on: call.client
        )
        authenticator.forget(person: call.person)
        let card = try await HouseholdService(environment: call.environment)
            .card(of: household, for: call.person)
        return .ok(IdentityShapes.household, card)
    }
}
