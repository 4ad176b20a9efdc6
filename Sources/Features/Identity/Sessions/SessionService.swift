import HTTPTypes
import Ledger
import Logging
import Storage

/// Keeping a session, looking at one's sessions, and ending them.
struct SessionService: Sendable {
    let context: IdentityContext
    private var environment: ServerEnvironment { context.environment }

    init(_ context: IdentityContext) {
        self.context = context
    }

    /// - Throws: 401 when the token is not good any more.
    func refresh(_ token: RefreshToken, _ visit: Visit) async throws -> SignedIn {
        let successor = RefreshToken()
        let now = environment.clock.now()
        let rotation = try await environment.database.write(.shared) { [environment] transaction in
            let rotation = try SessionStore(transaction).rotate(
                token,
                to: successor,
                on: visit.client,
                at: now
            )
            if case .reused(let session, let person) = rotation {
                try Self.tell(person, of: session, visit, transaction, environment)
            }
            return rotation
        }
        switch rotation {
        case .live(let live, let session, let person):
            let found = try await environment.database.read(.shared) {
                try FoundPerson.load(person, $0)
            }
            guard !found.person.isDisabled else { throw APIError.sessionEnded }
            return try await SignInService(context).signedIn(found, session, live, visit)
        case .reused(let session, _):
            context.authenticator.forget(session)
            environment.logger.warning(
                "a used refresh token was presented again; its session is ended",
                metadata: ["session": "\(session)", "address": "\(visit.client.address)"]
            )
            throw APIError.sessionEnded
        case .refused:
            throw APIError.sessionEnded
        }
    }

    /// Someone else may hold a session: its owner is told, and the trail remembers.
    private static func tell(
        _ person: PersonID,
        of session: SessionID,
        _ visit: Visit,
        _ transaction: any SQLTransaction,
        _ environment: ServerEnvironment
    ) throws {
        let owner = try PersonStore(transaction).loadPerson(person)
        try SecurityTrail(transaction, environment).add(
            SecurityEvent(
                "token_reuse",
                .refused,
                about: .person(person),
                by: .nobody,
                entity: "session",
                entityID: session.value,
                on: visit.client,
                requestID: visit.requestID
            )
        )
        try MailQueue(transaction, environment).add(
            .sessionStolen(
                name: owner.name,
                device: visit.client.device,
                address: visit.client.address
            ),
            to: owner.email,
            locale: owner.locale
        )
    }

    /// Ends the session of a refresh token, if there is one.
    func logout(_ token: RefreshToken, _ visit: Visit) async throws {
        let found = try await environment.database.read(.shared) { transaction in
            try SessionStore(transaction).findSession(of: token)
        }
        if let found { try await end(found.session, of: found.person, "sign_out", visit) }
    }

    /// Ends the session of an access token.
    ///
    /// - Throws: 401
    func logout(accessToken: String, _ visit: Visit) async throws {
        let person = try await context.authenticator.authenticate(accessToken)
        guard case .session(let session) = person.credential else { throw APIError.notSignedIn }
        try await end(session, of: person.person, "sign_out", visit)
    }

    /// - Throws: 404 for a session that is not open, or not theirs.
    func end(_ session: SessionID, of person: PersonID, _ visit: Visit) async throws {
        guard try await end(session, of: person, "session_end", visit) else {
            throw APIError.notFound("session")
        }
    }

    @discardableResult
    private func end(
        _ session: SessionID,
        of person: PersonID,
        _ action: String,
        _ visit: Visit
    ) async throws -> Bool {
        let now = environment.clock.now()
        let isEnded = try await environment.database.write(.shared) { [environment] transaction in
            guard try SessionStore(transaction).end(session, of: person, at: now) else {
                return false
            }
            try SecurityTrail(transaction, environment).add(
                SecurityEvent(
                    action,
                    of: person,
                    entity: "session",
                    entityID: session.value,
                    visit
                )
            )
            return true
        }
        context.authenticator.forget(session)
        return isEnded
    }

    /// Ends all that a person has open, but for one.
    func endAll(
        of person: PersonID,
        except kept: SessionID?,
        _ visit: Visit
    ) async throws {
        let now = environment.clock.now()
        try await environment.database.write(.shared) { [environment] transaction in
            let count = try SessionStore(transaction).endAll(of: person, except: kept, at: now)
            // No device is known any more either; a session that is kept keeps its access token.
            if kept == nil { try PersonStore(transaction).raiseEpoch(of: person) }
            // What a thief of a session may have begun.
            try OneTimeTokenStore(transaction).endAll(
                [.changeEmail, .halfLogin],
                of: person,
                at: now
            )
            try SecurityTrail(transaction, environment).add(
                SecurityEvent(
                    "sign_out_all",
                    of: person,
                    entity: "session",
                    visit,
                    details: JSONWriter.object(["ended": String(count)])
                )
            )
        }
        context.authenticator.forget(person: person)
    }
}

extension APIError {
    static let sessionEnded = APIError(
        .unauthorized,
        "auth.session_ended",
        "This session has ended: sign in again."
    )
}
