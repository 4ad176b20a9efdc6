import Crypto
package import Ledger
package import Storage
import Synchronization

/// Tells who a bearer token belongs to, without asking the database each time.
///
/// A token's signature is checked once and its hash remembered until it expires. The person's
/// epoch, the session and the memberships are read again when they are older than a second, and at
/// once after a change in this process: whatever is taken from someone is gone on every node within
/// a second, with Redis or without.
package final class Authenticator: Sendable {
    /// How old what is known of a session may be.
    ///
    /// - Units: microseconds
    static let freshFor: Int64 = 1_000_000
    /// From this age on the first caller reads again while the others go on.
    ///
    /// - Units: microseconds
    static let renewAfter: Int64 = 700_000

    private static let tokenLimit = 20_000
    private static let sessionLimit = 20_000

    private let database: any SQLDatabase
    private let clock: WallClock
    private let tokens: AccessTokens
    private let demandsFactor: Bool
    private let bearers: TokenBearers

    private struct Known: Sendable {
        let person: SignedInPerson
        let epoch: Int64
        let readAt: Instant
    }

    private struct State {
        var grants: [SHA256Digest: AccessGrant] = [:]
        var sessions: [SessionID: Known] = [:]
        var renewing: Set<SessionID> = []
        /// Raised by `forget`, so that a read that was under way does not bring back what it ended.
        var generation = 0
    }

    private let state = Mutex(State())

    /// - Parameter demandsFactor: whether everyone must have a second factor.
    package init(
        database: any SQLDatabase,
        clock: WallClock,
        tokens: AccessTokens,
        demandsFactor: Bool = false
    ) {
        self.database = database
        self.clock = clock
        self.tokens = tokens
        self.demandsFactor = demandsFactor
        bearers = TokenBearers(database: database, clock: clock, demandsFactor: demandsFactor)
    }

    /// - Throws: 401
    package func authenticate(_ token: String) async throws -> SignedInPerson {
        if token.hasPrefix(PersonalToken.mark) { return try await bearers.authenticate(token) }
        let now = clock.now()
        let grant = try await grant(of: token, at: now)
        let known = try await session(of: grant, at: now)
        guard known.epoch == grant.epoch, known.person.person == grant.person else {
            throw APIError.notSignedIn
        }
        return known.person
    }

    /// What is known of a session is read again at its next use.
    package func forget(_ session: SessionID) {
        state.withLock { state in
            state.sessions[session] = nil
            state.generation += 1
        }
    }

    /// What is known of a person's sessions is read again at their next use.
    package func forget(person: PersonID) {
        bearers.forget(person: person)
        state.withLock { state in
            state.sessions = state.sessions.filter { $0.value.person.person != person }
            state.generation += 1
        }
    }

    /// What the members of a household may and see is read again at their next call after a change.
    func forgetMembers(after write: HouseholdWrite) {
        let household = write.household
        write.transaction.afterCommit { self.forget(membersOf: household) }
    }

    private func forget(membersOf household: HouseholdID) {
        bearers.forget(membersOf: household)
        state.withLock { state in
            state.sessions = state.sessions.filter { !$0.value.person.belongs(to: household) }
            state.generation += 1
        }
    }

    private func grant(of token: String, at now: Instant) async throws -> AccessGrant {
        let digest = SHA256.hash(data: Array(token.utf8))
        let seconds = now.microseconds / 1_000_000
        if let known = state.withLock({ $0.grants[digest] }) {
            guard seconds < known.expiresAtSeconds else { throw APIError.notSignedIn }
            return known
        }
        let grant = try await tokens.verify(token, at: now)
        state.withLock { state in
            if state.grants.count >= Self.tokenLimit {
                state.grants = state.grants.filter { $0.value.expiresAtSeconds > seconds }
                if state.grants.count >= Self.tokenLimit { state.grants.removeAll() }
            }
            state.grants[digest] = grant
        }
        return grant
    }

    private func session(of grant: AccessGrant, at now: Instant) async throws -> Known {
        let (known, mustRead, generation) = state.withLock { state in
            let known = state.sessions[grant.session]
            // A clock that was set back makes nothing fresh.
            let age =
                known.map { now.microseconds - $0.readAt.microseconds }
                .flatMap { $0 < 0 ? nil : $0 } ?? .max
            var mustRead = age >= Self.freshFor
            if !mustRead, age >= Self.renewAfter {
                mustRead = state.renewing.insert(grant.session).inserted
            }
            return (known, mustRead, state.generation)
        }
        if let known, !mustRead { return known }
        defer { state.withLock { _ = $0.renewing.remove(grant.session) } }
        let read = try await read(grant, at: now)
        state.withLock { state in
            guard state.generation == generation, let read else {
                state.sessions[grant.session] = nil
                return
            }
            if state.sessions.count >= Self.sessionLimit { state.sessions.removeAll() }
            state.sessions[grant.session] = read
        }
        guard let read else { throw APIError.notSignedIn }
        return read
    }

    private func read(_ grant: AccessGrant, at now: Instant) async throws -> Known? {
        try await database.read(.shared) { [demandsFactor] transaction in
            guard let session = try SessionStore(transaction).find(grant.session, at: now),
                session.person == grant.person
            else { return nil }
            let people = PersonStore(transaction)
            let person = try people.loadPerson(grant.person)
            guard !person.isDisabled else { return nil }
            return Known(
                person: SignedInPerson(
                    person: person.id,
                    credential: .session(grant.session),
                    systemRole: person.systemRole,
                    provedAt: session.provedAt,
                    memberships: try people.memberships(of: person)
                        + GrantStore(transaction).memberships(of: person, at: now),
                    lacksFactor: try demandsFactor
                        && !SecondFactorStore(transaction).isSetUp(by: person.id)
                ),
                epoch: person.epoch,
                readAt: now
            )
        }
    }
}
