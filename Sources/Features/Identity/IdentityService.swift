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
    }

    /// - Throws: 409 when the address has a person already.
    func register(
        _ request: RegisterRequest,
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
        let found = try await writeFounding(
            founding,
            session,
            on: client,
            requestID: requestID
        )
        return try await signedIn(found, session.id, session.token)
    }

    private struct NewSession: Sendable {
        let id: SessionID
        let token: RefreshToken
    }

    private func writeFounding(
        _ founding: HouseholdFounding,
        _ session: NewSession,
        on client: ClientDevice,
        requestID: String
    ) async throws -> Found {
        let environment = environment
        do {
            return try await environment.database.write(.household(founding.household)) {
                transaction in
                try founding.write(transaction, environment, requestID: requestID)
                try SessionStore(transaction).start(
                    session.id,
                    of: founding.person,
                    on: client,
                    with: session.token,
                    at: environment.clock.now()
                )
                return try Self.find(founding.person, transaction)
            }
        } catch StorageError.uniqueViolation {
            throw APIError.conflict(
                "auth.email_taken",
                "Someone has signed up with this address already."
            )
        }
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
        if passwords.isOutdated(known.passwordHash) { newHash = try await passwords.hash(password) }
        let session = NewSession(id: environment.ids.next(), token: RefreshToken())
        let now = environment.clock.now()
        let found = try await environment.database.write(.shared) { [newHash] transaction in
            if let newHash {
                try PersonStore(transaction).savePasswordHash(
                    newHash,
                    of: known.person.id,
                    replacing: known.passwordHash
                )
            }
            try SessionStore(transaction).start(
                session.id,
                of: known.person.id,
                on: client,
                with: session.token,
                at: now
            )
            return try Self.find(known.person.id, transaction)
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
        let now = environment.clock.now()
        try await environment.database.write(.shared) { transaction in
            try SessionStore(transaction).end(person.session, at: now)
        }
        authenticator.forget(person.session)
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
