import Ledger
import Storage
import Synchronization

/// Tells who a personal access token belongs to, without asking the database each time.
///
/// Like a session, it is read again when it is older than a second: a token that was removed is good
/// nowhere after that, and here at once.
final class TokenBearers: Sendable {
    private static let limit = 20_000

    private let database: any SQLDatabase
    private let clock: WallClock
    private let demandsFactor: Bool

    private struct Known: Sendable {
        let person: SignedInPerson
        let expiresAt: Instant?
        let readAt: Instant
    }

    private struct State {
        var known: [[UInt8]: Known] = [:]
        /// Raised by `forget`, so that a read that was under way does not bring back what it ended.
        var generation = 0
    }

    private let state = Mutex(State())

    init(database: any SQLDatabase, clock: WallClock, demandsFactor: Bool) {
        self.database = database
        self.clock = clock
        self.demandsFactor = demandsFactor
    }

    /// - Throws: 401
    func authenticate(_ text: String) async throws -> SignedInPerson {
        guard let token = PersonalToken(text) else { throw APIError.notSignedIn }
        let now = clock.now()
        let hash = token.hash
        let (known, generation) = state.withLock { ($0.known[hash], $0.generation) }
        if let known, now >= known.readAt,
            now.microseconds - known.readAt.microseconds < Authenticator.freshFor,
            known.expiresAt.map({ $0 > now }) ?? true
        {
            return known.person
        }
        let read = try await read(hash, at: now)
        state.withLock { state in
            guard state.generation == generation, let read else {
                state.known[hash] = nil
                return
            }
            if state.known.count >= Self.limit { state.known.removeAll() }
            state.known[hash] = read
        }
        guard let read else { throw APIError.notSignedIn }
        return read.person
    }

    func forget(person: PersonID) {
        state.withLock { state in
            state.known = state.known.filter { $0.value.person.person != person }
            state.generation += 1
        }
    }

    func forget(membersOf household: HouseholdID) {
        state.withLock { state in
            state.known = state.known.filter { !$0.value.person.belongs(to: household) }
            state.generation += 1
        }
    }

    private func read(_ hash: [UInt8], at now: Instant) async throws -> Known? {
        let demandsFactor = demandsFactor
        let found = try await database.read(.shared) {
            transaction -> (Known, PersonalTokenRecord)? in
            guard let (token, owner) = try PersonalTokenStore(transaction).find(hash: hash, at: now)
            else { return nil }
            let people = PersonStore(transaction)
            let person = try people.loadPerson(owner)
            guard !person.isDisabled else { return nil }
            let signedIn = SignedInPerson(
                person: owner,
                credential: .token(token.id.value, Set(token.scopes)),
                provedAt: Instant(microseconds: 0),
                memberships: try people.memberships(of: person),
                lacksFactor: try demandsFactor
                    && !SecondFactorStore(transaction).isSetUp(by: owner)
            )
            return (Known(person: signedIn, expiresAt: token.expiresAt, readAt: now), token)
        }
        guard let (known, token) = found else { return nil }
        let oldest = now.adding(seconds: -PersonalTokenStore.noteSeconds)
        if token.usedAt.map({ $0 <= oldest }) ?? true {
            try await database.write(.shared) { transaction in
                try PersonalTokenStore(transaction).noteUse(of: token.id, at: now)
            }
        }
        return known
    }
}
