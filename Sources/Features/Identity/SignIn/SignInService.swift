package import Ledger
import Logging
package import Storage

/// How someone has shown who they are.
package enum FirstProof: String, Sendable {
    case password, passkey, oidc
    /// They have just signed up.
    case signUp = "sign_up"

    /// Whether a second factor is asked for after it. A passkey that verified its user is two
    /// factors by itself.
    var wantsSecond: Bool { self == .password || self == .oidc }
}

/// What signing in gives.
package enum SignInOutcome: Sendable {
    case session(SignedIn)
    /// A second factor is still to be proved. The token opens nothing else.
    case secondFactor(HalfLogin)
}

package struct HalfLogin: Sendable {
    package let token: OpaqueToken
    package let methods: [SecondFactorMethod]
}

/// A session that has just begun or been renewed.
package struct SignedIn: Sendable {
    let person: Person
    let household: HouseholdCard
    let accessToken: String
    let refreshToken: RefreshToken
    /// What the browser is to keep of it; nil where nothing changes.
    var badge: DeviceBadge?
    /// Whether it is a sign-up that was done before under the same key.
    var isRepeated = false
}

/// Signing in, whatever the door.
package struct SignInService: Sendable {
    let context: IdentityContext
    private var environment: ServerEnvironment { context.environment }

    package init(_ context: IdentityContext) {
        self.context = context
    }

    /// - Throws: 401, the same for an unknown address as for a wrong password; 423 after too many
    ///   wrong tries.
    func login(email: EmailAddress, password: String, _ visit: Visit) async throws -> SignInOutcome
    {
        try await PasswordDoor(context).check(
            password,
            email: email.folded,
            "sign_in",
            visit
        ) { checked in
            let old = checked.credential.passwordHash
            let isOld = old.map(context.passwords.isOutdated) ?? false
            let newHash = isOld ? try await context.passwords.hash(password) : nil
            let person = checked.credential.person.id
            defer { if isOld { context.storedCosts.forget() } }
            return try await admit(person, by: .password, visit) { transaction in
                try checked.forgive(transaction)
                try PersonStore(transaction).hold(checked.credential.person, passwordHash: old)
                guard let newHash, let old else { return }
                try PersonStore(transaction).savePasswordHash(newHash, of: person, replacing: old)
            }
        }
    }

    /// Lets someone in who has shown who they are, or asks for their second factor. Every door ends
    /// here.
    ///
    /// - Parameter also: what is written with it.
    /// - Throws: 401 for someone who was shut out meanwhile.
    package func admit(
        _ person: PersonID,
        by proof: FirstProof,
        _ visit: Visit,
        also: @escaping @Sendable (any SQLTransaction) throws -> Void = { _ in }
    ) async throws -> SignInOutcome {
        let half = OpaqueToken()
        let (id, token): (SessionID, _) = (environment.ids.next(), RefreshToken())
        let (found, methods) = try await environment.database.write(.shared) {
            [self] transaction -> (FoundPerson?, [SecondFactorMethod]) in
            try also(transaction)
            let methods =
                proof.wantsSecond
                ? try SecondFactorStore(transaction).methods(of: person) : []
            guard methods.isEmpty else {
                try OneTimeTokenStore(transaction).issue(
                    half,
                    .halfLogin,
                    for: person,
                    payload: proof.rawValue,
                    at: environment.clock.now()
                )
                return (nil, methods)
            }
            let found = try begin(id, token, of: person, by: proof.rawValue, visit, transaction)
            return (found, [])
        }
        guard let found else {
            return .secondFactor(HalfLogin(token: half, methods: methods))
        }
        return .session(try await signedIn(found, id, token, visit))
    }

    /// Begins a session: the last step of every door.
    ///
    /// - Parameters:
    ///   - proofs: how they showed who they are, for the trail.
    ///   - also: what is written with it.
    package func startSession(
        of person: PersonID,
        by proofs: String,
        _ visit: Visit,
        also: @escaping @Sendable (any SQLTransaction) throws -> Void = { _ in }
    ) async throws -> SignedIn {
        let id: SessionID = environment.ids.next()
        let token = RefreshToken()
        let found = try await environment.database.write(.shared) { [self] transaction in
            try also(transaction)
            return try begin(id, token, of: person, by: proofs, visit, transaction)
        }
        return try await signedIn(found, id, token, visit)
    }

    /// Writes the session, its line in the trail, and the notice of a new device.
    func begin(
        _ id: SessionID,
        _ token: RefreshToken,
        of person: PersonID,
        by proofs: String,
        _ visit: Visit,
        _ transaction: any SQLTransaction
    ) throws -> FoundPerson {
        let found = try FoundPerson.load(person, transaction)
        guard !found.person.isDisabled else { throw APIError.wrongCredentials }
        let now = environment.clock.now()
        let sessions = SessionStore(transaction)
        let isFirst = proofs == FirstProof.signUp.rawValue
        let isKnown =
            try isFirst || visit.badge?.isKnown(to: found.person) == true
            || sessions.knows(visit.client, of: person)
        try sessions.start(id, of: person, on: visit.client, with: token, at: now)
        try SecurityTrail(transaction, environment).add(
            SecurityEvent(
                isFirst ? "sign_up" : "sign_in",
                of: person,
                entity: "session",
                entityID: id.value,
                visit,
                details: JSONWriter.object(["by": proofs, "new_device": isKnown ? "no" : "yes"])
            )
        )
        if !isKnown {
            try MailQueue(transaction, environment).add(
                .newDevice(
                    name: found.person.name,
                    device: visit.client.device,
                    address: visit.client.address,
                    at: now.rfc3339
                ),
                to: found.person.email,
                locale: found.person.locale
            )
            let reader = try NoticeReaders(transaction: transaction).person(person)
            try Notices(transaction, environment)
                .tell(.newDevice(id, visit.client), reader.map { [$0] } ?? [])
        }
        return found
    }

    func signedIn(
        _ found: FoundPerson,
        _ session: SessionID,
        _ token: RefreshToken,
        _ visit: Visit
    ) async throws -> SignedIn {
        let accessToken = try await context.tokens.issue(
            to: found.person.id,
            session: session,
            epoch: found.person.epoch,
            id: environment.ids.next(Entity.Session.self).value,
            at: environment.clock.now()
        )
        let badge = context.devices.badge(visit.badge, adding: found.person) {
            environment.ids.next(Entity.Session.self).value
        }
        return SignedIn(
            person: found.person,
            household: found.household,
            accessToken: accessToken,
            refreshToken: token,
            badge: badge == visit.badge ? nil : badge
        )
    }
}

/// Someone and the household that they begin in.
package struct FoundPerson: Sendable {
    package let person: Person
    package let household: HouseholdCard
    package let households: [HouseholdCard]
    /// Households that let them look for a while; only where it is asked for.
    var looks: [GrantStore.Look] = []

    /// - Throws: 404 for someone without any household.
    static func load(_ person: PersonID, _ transaction: any SQLTransaction) throws -> FoundPerson {
        let people = PersonStore(transaction)
        let found = try people.loadPerson(person)
        let households = try people.households(of: person)
        guard let household = households.first else { throw APIError.notFound("household") }
        return FoundPerson(person: found, household: household, households: households)
    }

    /// With the households that let them look now.
    static func load(
        _ person: PersonID,
        lookingAt now: Instant,
        _ transaction: any SQLTransaction
    ) throws -> FoundPerson {
        var found = try load(person, transaction)
        found.looks = try GrantStore(transaction).looks(of: found.person, at: now)
        return found
    }
}

extension JSONWriter {
    /// One object of texts, in the order of their names.
    static func object(_ members: [String: String]) -> [UInt8] {
        var writer = JSONWriter()
        writer.object { writer in
            for (name, value) in members.sorted(by: { $0.key < $1.key }) {
                writer.name(name)
                writer.string(value)
            }
        }
        return writer.bytes
    }
}
