import HTTPTypes
import Ledger
import Storage

/// Signing up.
struct RegistrationService: Sendable {
    let context: IdentityContext
    private var environment: ServerEnvironment { context.environment }
    private var doors: SignInService { SignInService(context) }

    init(_ context: IdentityContext) {
        self.context = context
    }

    /// Signs up. A sign-up repeated under its key signs the same person in again: the tokens of the
    /// first answer are kept nowhere that they could be read from.
    ///
    /// - Throws: 403 when nobody may sign up so, 409 when the address has a person already, 422 when
    ///   the key was used for another sign-up.
    func register(
        _ request: RegisterRequest,
        claim: IdempotencyClaim?,
        _ visit: Visit
    ) async throws -> SignedIn {
        try await demandOpen(request)
        let invitation: PendingInvitation?
        do {
            invitation = try await self.invitation(request)
        } catch let error as APIError {
            // The first request has used it up.
            guard let claim, try await findSignUp(claim, by: request.email) != nil else {
                throw error
            }
            return try await repeatSignUp(request, claim, visit)
        }
        let joining = try await joining(request, invitation, visit)
        let session: SessionID = environment.ids.next()
        let token = RefreshToken()
        do {
            let found = try await write(joining, claim, session, token, visit)
            return try await doors.signedIn(found, session, token, visit)
        } catch StorageError.uniqueViolation {
            return try await repeatSignUp(request, claim, visit)
        }
    }

    /// The invitation that somebody comes with.
    ///
    /// - Throws: 403 when it is for another address, 404
    private func invitation(_ request: RegisterRequest) async throws -> PendingInvitation? {
        guard let text = request.invitation else { return nil }
        let pending = try await InvitationService(environment).look(at: text)
        guard pending.isFor(request.email) else { throw APIError.invitationForAnother }
        return pending
    }

    private func joining(
        _ request: RegisterRequest,
        _ invitation: PendingInvitation?,
        _ visit: Visit
    ) async throws -> Joining {
        let person: PersonID = environment.ids.next()
        try await context.breached?.demandUnknown(request.password, field: "password")
        let passwordHash = try await context.passwords.hash(request.password)
        if let invitation {
            let new = NewPerson(
                id: person,
                email: request.email,
                name: request.name,
                passwordHash: passwordHash,
                timeZone: request.timeZone,
                locale: request.locale
            )
            return Joining(
                new,
                by: invitation,
                agreeingTo: request.consents,
                visit,
                environment
            )
        }
        let household: HouseholdID = environment.ids.next()
        let founding = HouseholdFounding(
            person: person,
            household: household,
            email: request.email,
            personName: request.name,
            passwordHash: passwordHash,
            timeZone: request.timeZone,
            locale: request.locale,
            householdName: request.householdName,
            currency: request.currency,
            weekStart: request.weekStart,
            sealedKey: try environment.keys.makeWrapped(for: household)
        )
        return Joining(founding: founding, agreeingTo: request.consents, visit, environment)
    }

    private func demandOpen(_ request: RegisterRequest) async throws {
        switch context.registration {
        case .open: return
        case .invitation where request.invitation != nil: return
        case .invitation, .closed: break
        }
        let isEmpty = try await environment.database.read(.shared) { transaction in
            try PersonStore(transaction).isEmpty()
        }
        guard !isEmpty else { return }
        throw APIError.registrationClosed
    }

    private func write(
        _ joining: Joining,
        _ claim: IdempotencyClaim?,
        _ session: SessionID,
        _ token: RefreshToken,
        _ visit: Visit
    ) async throws -> FoundPerson {
        let (environment, doors) = (environment, doors)
        let isOpen = context.registration == .open
        return try await environment.database.write(.household(joining.household)) { transaction in
            try joining.write(transaction)
            let isFirst = try PersonStore(transaction).promoteFirst(joining.person, environment)
            // Several may have found the server empty at once: one of them was first.
            guard isFirst || joining.isInvited || isOpen else {
                throw APIError.registrationClosed
            }
            if let claim {
                let keys = IdempotencyStore(
                    transaction: transaction,
                    household: joining.household,
                    person: joining.person
                )
                try keys.save(Reply(.created), for: claim, at: environment.clock.now())
            }
            try EmailService.sendVerification(to: joining.person, transaction, environment)
            return try doors.begin(
                session,
                token,
                of: joining.person,
                by: FirstProof.signUp.rawValue,
                visit,
                transaction
            )
        }
    }

    /// Signs in whoever signed up with this very request before.
    private func repeatSignUp(
        _ request: RegisterRequest,
        _ claim: IdempotencyClaim?,
        _ visit: Visit
    ) async throws -> SignedIn {
        guard let claim, let known = try await findSignUp(claim, by: request.email) else {
            throw APIError.emailTaken
        }
        let outcome: SignInOutcome
        do {
            outcome = try await PasswordDoor(context).check(
                request.password,
                email: request.email.folded,
                "sign_up",
                visit
            ) { checked in
                try await doors.admit(known.person.id, by: .password, visit) {
                    try checked.forgive($0)
                }
            }
        } catch let error as APIError where error.code == APIError.wrongCredentials.code {
            throw APIError.idempotencyMismatch
        }
        guard case .session(var signedIn) = outcome else { throw APIError.emailTaken }
        signedIn.isRepeated = true
        return signedIn
    }

    private func findSignUp(
        _ claim: IdempotencyClaim,
        by email: EmailAddress
    ) async throws -> Credential? {
        let (known, household) = try await environment.database.read(.shared) { transaction in
            let people = PersonStore(transaction)
            let known = try people.findCredential(email: email.folded)
            return (known, try known.flatMap { try people.households(of: $0.person.id).first })
        }
        guard let known, let household, !known.person.isDisabled else { return nil }
        let first = try await environment.database.read(.household(household.id)) { transaction in
            try IdempotencyStore(
                transaction: transaction,
                household: household.id,
                person: known.person.id
            ).reply(to: claim)
        }
        return first == nil ? nil : known
    }
}

extension APIError {
    static let emailTaken = APIError(
        .conflict,
        "auth.email_taken",
        "Someone has signed up with this address already."
    )

    static let registrationClosed = APIError(
        .forbidden,
        "auth.registration_closed",
        "Nobody can sign up here without an invitation."
    )
}
