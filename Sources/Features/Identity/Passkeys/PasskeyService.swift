import Credentials
import Foundation
import HTTPTypes
import Ledger
import Logging
import Storage

/// What a challenge is made for. An answer counts for nothing else.
enum PasskeyPurpose: Sendable {
    case register
    case signIn
    /// - Parameter: the hash of the half-login token.
    case secondFactor([UInt8])
    case proof(SessionID)

    fileprivate var payload: String {
        switch self {
        case .register: "register"
        case .signIn: "sign_in"
        case .secondFactor(let hash): "second_factor \(Base64URL.encode(hash))"
        case .proof(let session): "proof \(session)"
        }
    }

    /// A passkey that is all that was shown must have verified its user; one that comes after a
    /// password need not.
    fileprivate var mustVerifyUser: Bool {
        switch self {
        case .signIn, .proof: true
        case .register, .secondFactor: false
        }
    }
}

/// Making, using and removing passkeys.
struct PasskeyService: Sendable {
    private let context: IdentityContext
    private let party: RelyingParty
    private var environment: ServerEnvironment { context.environment }

    init(_ context: IdentityContext) {
        self.context = context
        party = RelyingParty(publicURL: context.environment.publicURL)
    }

    // MARK: Challenges

    /// A question for the passkeys of a person, or for whatever passkey there is.
    func challenge(
        _ purpose: PasskeyPurpose,
        for person: PersonID?
    ) async throws -> PasskeyChallenge {
        let token = OpaqueToken()
        let now = environment.clock.now()
        let ids = try await environment.database.write(.shared) { transaction in
            try OneTimeTokenStore(transaction)
                .issue(token, .challenge, for: person, payload: purpose.payload, at: now)
            return try person.map { try PasskeyStore(transaction).credentialIDs(of: $0) } ?? []
        }
        return PasskeyChallenge(
            token: token,
            party: party,
            mustVerifyUser: purpose.mustVerifyUser,
            credentialIDs: ids
        )
    }

    func newPasskeyChallenge(for person: PersonID) async throws -> NewPasskeyChallenge {
        let challenge = try await challenge(.register, for: person)
        let owner = try await environment.database.read(.shared) { transaction in
            try PersonStore(transaction).loadPerson(person)
        }
        return NewPasskeyChallenge(
            challenge: challenge,
            person: person,
            email: owner.email,
            name: owner.name
        )
    }

    /// Uses a challenge up, whatever comes of the answer.
    private func redeem(
        _ challenge: OpaqueToken,
        for purpose: PasskeyPurpose,
        of person: PersonID?
    ) async throws -> Bool {
        let now = environment.clock.now()
        let ticket = try await environment.database.write(.shared) { transaction in
            try OneTimeTokenStore(transaction).redeem(challenge, .challenge, at: now)
        }
        guard let ticket else { return false }
        return ticket.payload == purpose.payload && ticket.person == person
    }

    // MARK: Making and removing

    /// - Throws: 409 when the passkey is somebody's or there are too many, 422 when it does not fit.
    func add(_ request: NewPasskeyRequest, _ change: FactorChange) async throws -> PasskeyRecord {
        guard let credential = request.credential,
            try await redeem(request.challenge, for: .register, of: change.person)
        else { throw APIError.challengeOver }
        let made: RelyingParty.Registration
        do throws(PasskeyError) {
            made = try party.register(
                credential.attestation,
                credential.clientData,
                rawID: credential.rawID,
                challenge: request.challenge.bytes,
                mustVerifyUser: PasskeyPurpose.register.mustVerifyUser
            )
        } catch {
            throw APIError.invalid("credential", "not_acceptable", error.words)
        }
        let id = environment.ids.next(Entity.Passkey.self)
        let now = environment.clock.now()
        do {
            try await environment.database.write(.shared) { transaction in
                let passkeys = PasskeyStore(transaction)
                guard try passkeys.list(of: change.person).count < PasskeyStore.limit else {
                    throw APIError.tooManyPasskeys
                }
                try passkeys.insert(id, made, named: request.name, of: change.person, at: now)
                try change.record(.passkeyAdded(request.name), entityID: id.value, transaction)
            }
        } catch StorageError.uniqueViolation {
            throw APIError.passkeyTaken
        }
        context.authenticator.forget(person: change.person)
        return PasskeyRecord(
            id: id,
            name: request.name,
            createdAt: now,
            usedAt: nil,
            isBackedUp: made.isBackedUp
        )
    }

    func rename(
        _ id: PasskeyID,
        to name: String,
        of person: PersonID,
        _ visit: Visit
    ) async throws -> PasskeyRecord {
        try await environment.database.write(.shared) { [environment] transaction in
            let passkeys = PasskeyStore(transaction)
            guard try passkeys.rename(id, to: name, of: person),
                let renamed = try passkeys.list(of: person).first(where: { $0.id == id })
            else { throw APIError.notFound("passkey") }
            try SecurityTrail(transaction, environment).add(
                SecurityEvent(
                    "passkey_renamed",
                    of: person,
                    entity: "factor",
                    entityID: id.value,
                    visit,
                    details: JSONWriter.object(["name": name])
                )
            )
            return renamed
        }
    }

    /// - Throws: 409 for the last way in.
    func remove(_ id: PasskeyID, _ change: FactorChange) async throws {
        try await environment.database.write(.shared) { transaction in
            let ways = WaysIn(transaction: transaction, person: change.person)
            try ways.lock()
            guard try PasskeyStore(transaction).remove(id, of: change.person) else {
                throw APIError.notFound("passkey")
            }
            try ways.demandOne()
            try change.record(.passkeyRemoved, entityID: id.value, transaction)
        }
        context.authenticator.forget(person: change.person)
    }

    // MARK: Using

    /// Lets in whoever a passkey names.
    ///
    /// - Throws: 401, the same whatever is wrong.
    func signIn(_ proof: PasskeyProof, _ visit: Visit) async throws -> SignInOutcome {
        guard try await redeem(proof.challenge, for: .signIn, of: nil) else {
            throw APIError.challengeOver
        }
        guard let (owned, use) = try await check(proof, of: nil, for: .signIn, visit) else {
            throw APIError.wrongCode
        }
        let now = environment.clock.now()
        return try await SignInService(context).admit(owned.person, by: .passkey, visit) {
            transaction in
            guard try PasskeyStore(transaction).note(use, of: owned, at: now) else {
                throw APIError.wrongCode
            }
        }
    }

    /// Whether a passkey of this person answered a challenge that was made for this.
    func verify(
        _ proof: PasskeyProof,
        of person: PersonID,
        for purpose: PasskeyPurpose,
        _ visit: Visit
    ) async throws -> Bool {
        guard try await redeem(proof.challenge, for: purpose, of: person),
            let (owned, use) = try await check(proof, of: person, for: purpose, visit)
        else { return false }
        let now = environment.clock.now()
        return try await environment.database.write(.shared) { transaction in
            try PasskeyStore(transaction).note(use, of: owned, at: now)
        }
    }

    /// - Parameter person: whose it must be; nil lets the passkey say.
    private func check(
        _ proof: PasskeyProof,
        of person: PersonID?,
        for purpose: PasskeyPurpose,
        _ visit: Visit
    ) async throws -> (OwnedPasskey, RelyingParty.Use)? {
        let rawID = proof.answer.answer.rawID
        let owned = try await environment.database.read(.shared) { transaction in
            try PasskeyStore(transaction).find(credentialID: rawID)
        }
        guard let owned, person == nil || owned.person == person else {
            if person == nil { try await noteFailure("unknown_passkey", of: nil, visit) }
            return nil
        }
        do throws(PasskeyError) {
            let use = try party.verify(
                proof.answer.answer,
                proof.answer.clientData,
                of: owned.passkey,
                challenge: proof.challenge.bytes,
                mustVerifyUser: purpose.mustVerifyUser,
                mustNameUser: person == nil
            )
            return (owned, use)
        } catch {
            try await noteFailure(error.word, of: owned.person, visit)
            return nil
        }
    }

    private func noteFailure(_ why: String, of person: PersonID?, _ visit: Visit) async throws {
        environment.logger.notice(
            "a passkey was refused",
            metadata: ["why": "\(why)", "request": "\(visit.requestID)"]
        )
        try await environment.database.write(.shared) { [environment] transaction in
            try SecurityTrail(transaction, environment).add(
                SecurityEvent(
                    "passkey",
                    .failure,
                    about: person.map { .person($0) } ?? .server,
                    by: .nobody,
                    entity: "factor",
                    on: visit.client,
                    requestID: visit.requestID,
                    details: JSONWriter.object(["why": why])
                )
            )
        }
    }
}

extension RelyingParty {
    init(publicURL: URL) {
        let scheme = publicURL.scheme?.lowercased() ?? "http"
        let host = publicURL.host()?.lowercased() ?? "localhost"
        let isUsual = publicURL.port == nil || publicURL.port == (scheme == "https" ? 443 : 80)
        let port = isUsual ? "" : ":\(publicURL.port ?? 0)"
        self.init(id: host, origin: "\(scheme)://\(host)\(port)")
    }
}

extension APIError {
    static let challengeOver = APIError(
        .unauthorized,
        "auth.challenge_over",
        "This took too long, or was answered before: begin again."
    )

    static let passkeyTaken = APIError.conflict(
        "passkey.taken",
        "This passkey is set up already."
    )

    static let tooManyPasskeys = APIError.conflict(
        "passkey.too_many",
        "You have \(PasskeyStore.limit) passkeys: remove one first."
    )
}
