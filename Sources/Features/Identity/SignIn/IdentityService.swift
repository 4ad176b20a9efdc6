import HTTPTypes
import Ledger
import Logging
import Storage

/// Signing up, in and out.
package struct IdentityService: Sendable {
    private let environment: ServerEnvironment
    private let passwords: PasswordHasher
    private let tokens: AccessTokens
    private let authenticator: Authenticator

    package init(
        _ environment: ServerEnvironment,
        passwords: PasswordHasher,
        tokens: AccessTokens,
        authenticator: Authenticator
    ) {
        self.environment = environment
        self.passwords = passwords
        self.tokens = tokens
        self.authenticator = authenticator
    }

    /// What signing in gives.
    package struct SignedIn: Sendable {
        let person: Person
        let household: HouseholdCard
        let accessToken: String
        let refreshToken: RefreshToken
        /// Whether it is a sign-up that was done before under the same key.
        var isRepeated = false
    }

    /// Signs up. A sign-up repeated under its key signs the same person in again: the tokens of the
    /// first answer are kept nowhere that they could be read from.
    ///
    /// - Throws: 409 when the address has a person already, 422 when the key was used for another
    ///   sign-up.
    func register(
        _ request: RegisterRequest,
        claim: IdempotencyClaim?,
        on client: ClientDevice,
        requestID: String
    ) async throws -> SignedIn {
        let passwordHash = try await passwords.hash(request.password)
        let household: HouseholdID = environment.ids.next()
        let founding = HouseholdFounding(
            person: environment.ids.next(),
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
        let session = NewSession(id: environment.ids.next(), token: RefreshToken())
        do {
            let found = try await writeFounding(founding, claim, session, client, requestID)
            return try await signedIn(found, session.id, session.token)
        } catch StorageError.uniqueViolation {
            return try await repeatSignUp(request, claim, on: client)
        }
    }

    private struct NewSession: Sendable {
        let id: SessionID
        let token: RefreshToken
    }

    private func writeFounding(
        _ founding: HouseholdFounding,
        _ claim: IdempotencyClaim?,
        _ session: NewSession,
        _ client: ClientDevice,
        _ requestID: String
    ) async throws -> Found {
        let environment = environment
        return try await environment.database.write(.household(founding.household)) { transaction in
            try founding.write(transaction, environment, requestID: requestID)
            let now = environment.clock.now()
            if let claim {
                let keys = IdempotencyStore(
                    transaction: transaction,
                    household: founding.household,
                    person: founding.person
                )
                try keys.save(Reply(.created), for: claim, at: now)
            }
            try SessionStore(transaction).start(
                session.id,
                of: founding.person,
                on: client,
                with: session.token,
                at: now
            )
            return try Self.find(founding.person, transaction)
        }
    }

    /// Signs in whoever signed up with this very request before.
    private func repeatSignUp(
        _ request: RegisterRequest,
        _ claim: IdempotencyClaim?,
        on client: ClientDevice
    ) async throws -> SignedIn {
        guard let claim, let known = try await findSignUp(claim, by: request.email) else {
            throw APIError.emailTaken
        }
        let isRight = try await passwords.verify(request.password, against: known.passwordHash)
        guard isRight else { throw APIError.idempotencyMismatch }
        var signedIn = try await startSession(of: known.person.id, on: client)
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

    /// - Throws: 401, the same for an unknown address as for a wrong password.
    func login(
        email: EmailAddress,
        password: String,
        on client: ClientDevice
    ) async throws -> SignedIn {
        let known = try await environment.database.read(.shared) { transaction in
            try PersonStore(transaction).findCredential(email: email.folded)
        }
        let isRight = try await passwords.verify(password, against: known?.passwordHash)
        guard isRight, let known, !known.person.isDisabled else { throw APIError.wrongCredentials }
        var newHash: String?
        if let old = known.passwordHash, passwords.isOutdated(old) {
            newHash = try await passwords.hash(password)
        }
        return try await startSession(of: known.person.id, on: client) { [newHash] transaction in
            guard let newHash, let old = known.passwordHash else { return }
            try PersonStore(transaction).savePasswordHash(
                newHash,
                of: known.person.id,
                replacing: old
            )
        }
    }

    /// - Parameter also: what is written with it.
    private func startSession(
        of person: PersonID,
        on client: ClientDevice,
        also: @escaping @Sendable (any SQLTransaction) throws -> Void = { _ in }
    ) async throws -> SignedIn {
        let session = NewSession(id: environment.ids.next(), token: RefreshToken())
        let now = environment.clock.now()
        let found = try await environment.database.write(.shared) { transaction in
            try also(transaction)
            try SessionStore(transaction).start(
                session.id,
                of: person,
                on: client,
                with: session.token,
                at: now
            )
            return try Self.find(person, transaction)
        }
        return try await signedIn(found, session.id, session.token)
    }

    /// - Throws: 401 when the token is not good any more.
    func refresh(_ token: RefreshToken, on client: ClientDevice) async throws -> SignedIn {
        let successor = RefreshToken()
        let now = environment.clock.now()
        let rotation = try await environment.database.write(.shared) { transaction in
            try SessionStore(transaction).rotate(token, to: successor, on: client, at: now)
        }
        switch rotation {
        case .live(let live, let session, let person):
            let found = try await environment.database.read(.shared) { try Self.find(person, $0) }
            guard !found.person.isDisabled else { throw APIError.sessionEnded }
            return try await signedIn(found, session, live)
        case .reused(let session):
            authenticator.forget(session)
            environment.logger.warning(
                "a used refresh token was presented again; its session is ended",
                metadata: ["session": "\(session)", "address": "\(client.address)"]
            )
            throw APIError.sessionEnded
        case .refused:
            throw APIError.sessionEnded
        }
    }

    /// Ends the session of a refresh token, if there is one.
    func logout(_ token: RefreshToken) async throws {
        let now = environment.clock.now()
        let ended = try await environment.database.write(.shared) { transaction in
            let sessions = SessionStore(transaction)
            guard let session = try sessions.findSession(of: token) else {
                return nil as SessionID?
            }
            try sessions.end(session, at: now)
            return session
        }
        if let ended { authenticator.forget(ended) }
    }

    /// Ends the session of an access token.
    ///
    /// - Throws: 401
    func logout(accessToken: String) async throws {
        let person = try await authenticator.authenticate(accessToken)
        guard case .session(let session) = person.credential else { throw APIError.notSignedIn }
        let now = environment.clock.now()
        try await environment.database.write(.shared) { transaction in
            try SessionStore(transaction).end(session, at: now)
        }
        authenticator.forget(session)
    }

    func me(_ person: PersonID) async throws -> (person: Person, household: HouseholdCard) {
        let found = try await environment.database.read(.shared) { try Self.find(person, $0) }
        return (found.person, found.household)
    }

    private struct Found: Sendable {
        let person: Person
        let household: HouseholdCard
    }

    private static func find(_ person: PersonID, _ transaction: any SQLTransaction) throws -> Found
    {
        let people = PersonStore(transaction)
        let found = try people.loadPerson(person)
        guard let household = try people.households(of: person).first else {
            throw APIError.notFound("household")
        }
        return Found(person: found, household: household)
    }

    private func signedIn(
        _ found: Found,
        _ session: SessionID,
        _ token: RefreshToken
    ) async throws -> SignedIn {
        let accessToken = try await tokens.issue(
            to: found.person.id,
            session: session,
            epoch: found.person.epoch,
            id: environment.ids.next(Entity.Session.self).value,
            at: environment.clock.now()
        )
        return SignedIn(
            person: found.person,
            household: found.household,
            accessToken: accessToken,
            refreshToken: token
        )
    }
}

extension APIError {
    static let emailTaken = APIError(
        .conflict,
        "auth.email_taken",
        "Someone has signed up with this address already."
    )

    static let wrongCredentials = APIError(
        .unauthorized,
        "auth.invalid_credentials",
        "The address or the password is wrong."
    )

    static let sessionEnded = APIError(
        .unauthorized,
        "auth.session_ended",
        "This session has ended: sign in again."
    )
}
