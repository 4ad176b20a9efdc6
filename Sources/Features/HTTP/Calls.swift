package import HTTPTypes
import Hummingbird
package import Ledger
package import Storage

/// A request of anyone.
package struct OpenCall: Sendable {
    private let incoming: IncomingCall

    init(_ incoming: IncomingCall) {
        self.incoming = incoming
    }

    package var requestID: String { incoming.requestID }
    package var headers: HTTPFields { incoming.request.headers }
    /// The network address that the request came from.
    package var address: String { incoming.address }
    package var client: ClientDevice { incoming.client }
    package var now: Instant { incoming.environment.clock.now() }
    package var environment: ServerEnvironment { incoming.environment }

    /// A word in the path, for example the name of a provider.
    package func word(_ name: String) -> String? { incoming.parameters.get(name) }
}

/// A request of a person who is signed in.
package struct PersonCall: Sendable {
    private let incoming: IncomingCall
    package let signedIn: SignedInPerson
    package let session: SessionID

    init(_ incoming: IncomingCall, _ signedIn: SignedInPerson, _ session: SessionID) {
        self.incoming = incoming
        self.signedIn = signedIn
        self.session = session
    }

    package var person: PersonID { signedIn.person }
    package var client: ClientDevice { incoming.client }
    package var now: Instant { incoming.environment.clock.now() }

    /// An id in the path.
    ///
    /// - Throws: 404, since what is no id is nobody's.
    package func id<Entity>(_ what: String, _ name: String = "id") throws -> Identifier<Entity> {
        try incoming.id(what, name)
    }

    /// A word in the path, for example the name of a page.
    package func word(_ name: String) -> String? { incoming.parameters.get(name) }

    package var requestID: String { incoming.requestID }
    package var headers: HTTPFields { incoming.request.headers }
    package var address: String { incoming.address }
    package var environment: ServerEnvironment { incoming.environment }

    /// The version that the client saw, from `If-Match`; nil when it does not say.
    package func expectedVersion() throws(APIError) -> Int64? { try incoming.expectedVersion() }

    /// Who calls, as of a second ago at most.
    ///
    /// - Throws: 401 once they are not signed in any more.
    func signedInStill() async throws -> SignedInPerson { try await incoming.signedIn() }
}

/// A request of a member about their household.
package struct MemberCall: Sendable {
    private let incoming: IncomingCall
    package let member: Member
    /// The least that the route demands of a member.
    private let least: HouseholdRole
    /// What is answered where a fresh proof is wanted; nil when who calls has just shown who they are.
    package let unproved: APIError?
    /// What the token of who calls is good for; nil for a session.
    package let scopes: Set<Scope>?
    /// Set on a change that the client may repeat.
    var claim: IdempotencyClaim?

    init(
        _ incoming: IncomingCall,
        _ member: Member,
        _ least: HouseholdRole,
        unproved: APIError?,
        scopes: Set<Scope>?
    ) {
        self.incoming = incoming
        self.scopes = scopes
        self.unproved = unproved
        self.member = member
        self.least = least
    }

    package var client: ClientDevice { incoming.client }

    package var requestID: String { incoming.requestID }
    package var headers: HTTPFields { incoming.request.headers }
    package var environment: ServerEnvironment { incoming.environment }
    package var household: HouseholdID { member.household }
    package var today: LocalDate { environment.clock.today(in: member.timeZone) }

    /// The same call, repeatable under its key, once its uploaded body is known.
    func claiming(_ body: [UInt8]) throws -> MemberCall {
        var call = self
        call.claim = try incoming.idempotencyClaim(.post, body: body)
        return call
    }

    /// An id in the path.
    ///
    /// - Throws: 404, since what is no id is nobody's.
    package func id<Entity>(_ what: String, _ name: String = "id") throws -> Identifier<Entity> {
        try incoming.id(what, name)
    }

    /// A word in the path.
    package func word(_ name: String) -> String? { incoming.parameters.get(name) }

    /// The version that the client saw, from `If-Match`; nil when it does not say.
    package func expectedVersion() throws(APIError) -> Int64? { try incoming.expectedVersion() }

    /// What another route would answer who calls; nil where they may go there.
    func refusal(of scope: Scope, least: HouseholdRole) -> APIError? {
        if let scopes, !scopes.contains(where: { $0.allows(scope) }) { return .tokenNotEnough }
        do throws(APIError) { try member.role.demand(least) } catch { return error }
        return nil
    }

    /// Reads on one snapshot what the member sees.
    package func read<Value: Sendable>(
        _ body: @escaping @Sendable (any SQLTransaction) throws -> Value
    ) async throws -> Value {
        try await environment.read(as: member, body)
    }

    /// Runs one use case. A repeated request with the same key gets the first answer again.
    package func write(
        _ body: @escaping @Sendable (HouseholdWrite) throws -> Reply
    ) async throws -> Reply {
        guard let claim else {
            return try await environment.write(
                as: member,
                least: least,
                requestID: requestID,
                on: client,
                body
            )
        }
        return try await environment.write(
            as: member,
            least: least,
            requestID: requestID,
            on: client
        ) { write in
            let store = IdempotencyStore(
                transaction: write.transaction,
                household: write.household,
                person: write.member.person
            )
            if let first = try store.reply(to: claim) { return first }
            let reply = try body(write)
            try store.save(reply, for: claim, at: write.now)
            return reply
        }
    }

    /// Adds to the trail what changes nothing, an export for example.
    package func note(_ note: AuditNote) async throws {
        try await environment.note(note, as: member, requestID: requestID, on: client)
    }

    /// A derived answer, from the cache where nothing has changed since it was made.
    ///
    /// - Parameter question: everything that the answer depends on besides the household's state.
    package func cached(
        _ question: String,
        _ make: @escaping @Sendable (Snapshot) throws -> DerivedAnswer
    ) async throws -> Reply {
        guard let version = try await environment.database.version(of: household) else {
            throw APIError.notFound("household")
        }
        if let known = environment.answers.answer(to: key(question, at: version)) {
            return Reply(known)
        }
        let answer = try await read { transaction in
            try Snapshot(self, transaction).answer(question, make)
        }
        return Reply(answer)
    }

    fileprivate func key(_ question: String, at version: Int64) -> AnswerCache.Key {
        AnswerCache.Key(
            household: household,
            version: version,
            person: member.person,
            sees: member.sees,
            today: today,
            question: question
        )
    }
}

/// A household as it was at one version.
package struct Snapshot {
    package let transaction: any SQLTransaction
    package let household: HouseholdID
    private let version: Int64
    private let call: MemberCall

    fileprivate init(_ call: MemberCall, _ transaction: any SQLTransaction) throws {
        self.transaction = transaction
        self.call = call
        household = call.household
        let version = try transaction.first(
            "SELECT version FROM household WHERE id = \(call.household)"
        ) { try $0.integer() }
        guard let version else { throw APIError.notFound("household") }
        self.version = version
    }

    /// What is known of this version, or what is made now and kept for it.
    package func answer(
        _ question: String,
        _ make: (Snapshot) throws -> DerivedAnswer
    ) throws -> DerivedAnswer {
        let key = call.key(question, at: version)
        if let known = call.environment.answers.answer(to: key) { return known }
        let answer = try make(self)
        call.environment.answers.keep(answer, for: key)
        return answer
    }
}
