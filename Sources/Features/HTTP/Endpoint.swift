package import HTTPTypes
package import Hummingbird

/// One route: what it needs, what it reads, what it answers, and the code that does it.
///
/// The router, `/openapi.json` and the tests that walk all routes are made from the same list of these, so that none
/// of them can drift from what is served.
package struct Endpoint: Sendable {
    package let method: HTTPRequest.Method
    /// Below `/api/v1`, for example `accounts/{id}`.
    package let path: String
    package let summary: String
    package let needs: Need
    package let limit: LimitClass
    package let query: [SchemaField]
    package let body: Body
    package let answers: [Answer]
    let respond: @Sendable (IncomingCall) async throws -> Outcome

    /// What a caller must have proved.
    package enum Need: Sendable, Equatable {
        /// Anyone at all.
        case nothing
        /// A person who is signed in.
        case person
        /// A person who has just shown again who they are.
        case freshPerson
        /// A member of the household.
        case member
        /// The same, who has just shown again who they are.
        case freshMember
        /// A member who may change the household.
        case editor
        /// The member whose household it is.
        case owner
        /// The same, who has just shown again who they are.
        case freshOwner
        /// A person whom the server lets do this, whoever's household it is about.
        case system(SystemPermission)

        /// Whether the route is about one household.
        package var isOfHousehold: Bool { leastRole != nil }

        /// The least that a member must be; nil where no household is concerned.
        var leastRole: HouseholdRole? {
            switch self {
            case .member, .freshMember: .viewer
            case .editor: .editor
            case .owner, .freshOwner: .owner
            case .nothing, .person, .freshPerson, .system: nil
            }
        }

        /// Whether whoever calls must have just shown again who they are.
        var isFresh: Bool {
            switch self {
            case .freshPerson, .freshMember, .freshOwner: true
            case .system(let permission): permission == .usersWrite || permission == .settingsWrite
            case .nothing, .person, .member, .editor, .owner: false
            }
        }
    }

    package enum Body: Sendable {
        case none
        case json([SchemaField])
        /// A file, as `multipart/form-data`.
        case upload
    }

    /// A status and the shape that comes with it.
    package struct Answer: Sendable {
        let status: HTTPResponse.Status
        let schema: Schema?
        let isList: Bool
        var contentType = "application/json"

        package static func ok<Value>(_ shape: Shape<Value>) -> Answer {
            Answer(status: .ok, schema: shape.schema, isList: false)
        }

        package static func created<Value>(_ shape: Shape<Value>) -> Answer {
            Answer(status: .created, schema: shape.schema, isList: false)
        }

        package static func accepted<Value>(_ shape: Shape<Value>) -> Answer {
            Answer(status: .accepted, schema: shape.schema, isList: false)
        }

        package static func list<Value>(_ shape: Shape<Value>) -> Answer {
            Answer(status: .ok, schema: .list(shape.schema), isList: true)
        }

        /// Will be done, and there is nothing to say of it now.
        package static let acceptedSilently = Answer(
            status: .accepted,
            schema: nil,
            isList: false
        )

        package static let noContent = Answer(status: .noContent, schema: nil, isList: false)

        /// It is still as it was when it was last asked for.
        package static let notModified = Answer(status: .notModified, schema: nil, isList: false)

        package static func file(_ contentType: String) -> Answer {
            Answer(status: .ok, schema: .text(), isList: false, contentType: contentType)
        }
    }

    package enum Outcome: Sendable {
        case reply(Reply)
        /// A body that is written as it is made.
        case stream(Response)
    }
}

/// Which of the rate limits a route falls under.
package enum LimitClass: String, CaseIterable, Sendable {
    case auth, signIn = "sign_in", register, reset, transactions, reports, imports, exports,
        assistant, modelTraining = "model_training", general, exempt
}

// MARK: Making one

extension Endpoint {
    /// A route for anyone.
    package static func open<Query: RequestFields, Body: RequestFields>(
        _ method: HTTPRequest.Method,
        _ path: String,
        _ summary: String,
        limit: LimitClass = .general,
        answers: Answer...,
        handle: @escaping @Sendable (OpenCall, Query, Body) async throws -> Reply
    ) -> Endpoint {
        Endpoint(method, path, summary, .nothing, limit, Query.self, Body.self, answers) {
            incoming in
            let (query, body, _): (Query, Body, [UInt8]) = try await incoming.fields(
                upTo: IncomingCall.strangersLimit
            )
            return .reply(try await handle(OpenCall(incoming), query, body))
        }
    }

    /// A route for a person who is signed in, whatever their households.
    ///
    /// - Parameters:
    ///   - needs: `person`, `freshPerson` or `system`.
    ///   - isOpenWithoutFactor: whether someone may come here who has yet to set up the second
    ///     factor that this server demands.
    package static func person<Query: RequestFields, Body: RequestFields>(
        _ method: HTTPRequest.Method,
        _ path: String,
        _ summary: String,
        needs: Need = .person,
        isOpenWithoutFactor: Bool = false,
        limit: LimitClass = .general,
        answers: Answer...,
        handle: @escaping @Sendable (PersonCall, Query, Body) async throws -> Reply
    ) -> Endpoint {
        Endpoint(method, path, summary, needs, limit, Query.self, Body.self, answers) {
            incoming in
            let call = try await incoming.personCall(needs, isOpenWithoutFactor)
            let (query, body, _): (Query, Body, [UInt8]) = try await incoming.fields()
            return .reply(try await handle(call, query, body))
        }
    }

    /// A route that looks into a household.
    ///
    /// - Parameter needs: what the caller must be in the household.
    package static func read<Query: RequestFields>(
        _ path: String,
        _ summary: String,
        needs: Need = .member,
        limit: LimitClass = .general,
        answers: Answer...,
        handle: @escaping @Sendable (MemberCall, Query) async throws -> Reply
    ) -> Endpoint {
        Endpoint(.get, path, summary, needs, limit, Query.self, NoFields.self, answers) {
            incoming in
            let call = try await incoming.memberCall(needs, Scope(.get, path))
            let (query, _, _): (Query, NoFields, [UInt8]) = try await incoming.fields()
            return .reply(try await handle(call, query))
        }
    }

    /// A route that answers with a file, written as it is read.
    package static func stream<Query: RequestFields>(
        _ path: String,
        _ summary: String,
        contentType: String,
        limit: LimitClass = .exports,
        handle: @escaping @Sendable (MemberCall, Query) async throws -> Response
    ) -> Endpoint {
        Endpoint(
            .get,
            path,
            summary,
            .member,
            limit,
            Query.self,
            NoFields.self,
            [.file(contentType)]
        ) { incoming in
            let call = try await incoming.memberCall(.member, Scope(.get, path))
            let (query, _, _): (Query, NoFields, [UInt8]) = try await incoming.fields()
            return .stream(try await handle(call, query))
        }
    }

    /// A route that answers a person with a file of theirs, written as it is read.
    package static func download(
        _ path: String,
        _ summary: String,
        contentType: String,
        needs: Need,
        handle: @escaping @Sendable (PersonCall) async throws -> Response
    ) -> Endpoint {
        Endpoint(
            .get,
            path,
            summary,
            needs,
            .exports,
            NoFields.self,
            NoFields.self,
            [.file(contentType)]
        ) { incoming in
            let call = try await incoming.personCall(needs)
            let _: (NoFields, NoFields, [UInt8]) = try await incoming.fields()
            return .stream(try await handle(call))
        }
    }

    /// A file for whoever knows its address.
    package static func openFile(
        _ path: String,
        _ summary: String,
        contentType: String,
        handle: @escaping @Sendable (OpenCall) async throws -> Response
    ) -> Endpoint {
        let answers = [Answer.file(contentType), .notModified]
        return Endpoint(
            .get,
            path,
            summary,
            .nothing,
            .general,
            NoFields.self,
            NoFields.self,
            answers
        ) { incoming in
            let _: (NoFields, NoFields, [UInt8]) = try await incoming.fields(
                upTo: IncomingCall.strangersLimit
            )
            return .stream(try await handle(OpenCall(incoming)))
        }
    }

    /// A route that goes on telling a person what happens, until either side has enough.
    package static func events(
        _ path: String,
        _ summary: String,
        handle: @escaping @Sendable (PersonCall) async throws -> Response
    ) -> Endpoint {
        Endpoint(
            .get,
            path,
            summary,
            .person,
            .general,
            NoFields.self,
            NoFields.self,
            [.file("text/event-stream")]
        ) { incoming in
            let call = try await incoming.personCall(.person)
            let _: (NoFields, NoFields, [UInt8]) = try await incoming.fields()
            return .stream(try await handle(call))
        }
    }

    /// A route that changes a household.
    ///
    /// - Parameter needs: what the caller must be in the household.
    package static func change<Query: RequestFields, Body: RequestFields>(
        _ method: HTTPRequest.Method,
        _ path: String,
        _ summary: String,
        needs: Need = .editor,
        limit: LimitClass = .general,
        answers: Answer...,
        handle: @escaping @Sendable (MemberCall, Query, Body) async throws -> Reply
    ) -> Endpoint {
        Endpoint(method, path, summary, needs, limit, Query.self, Body.self, answers) {
            incoming in
            var call = try await incoming.memberCall(needs, Scope(method, path))
            let (query, body, bytes): (Query, Body, [UInt8]) = try await incoming.fields()
            call.claim = try incoming.idempotencyClaim(method, body: bytes)
            return .reply(try await handle(call, query, body))
        }
    }

    /// A route that takes a file.
    package static func upload<Query: RequestFields>(
        _ path: String,
        _ summary: String,
        answers: Answer...,
        handle: @escaping @Sendable (MemberCall, Query, RequestBody) async throws -> Reply
    ) -> Endpoint {
        Endpoint(
            .post,
            path,
            summary,
            .editor,
            .imports,
            Query.self,
            NoFields.self,
            answers,
            body: .upload
        ) { incoming in
            let call = try await incoming.memberCall(.editor, Scope(.post, path))
            let query: Query = try incoming.query()
            return .reply(try await handle(call, query, incoming.request.body))
        }
    }

    private init<Query: RequestFields, Body: RequestFields>(
        _ method: HTTPRequest.Method,
        _ path: String,
        _ summary: String,
        _ needs: Need,
        _ limit: LimitClass,
        _: Query.Type,
        _: Body.Type,
        _ answers: [Answer],
        body: Endpoint.Body? = nil,
        respond: @escaping @Sendable (IncomingCall) async throws -> Outcome
    ) {
        self.method = method
        self.path = path
        self.summary = summary
        self.needs = needs
        self.limit = limit
        query = FieldReader.describe(Query.self)
        let fields = FieldReader.describe(Body.self)
        self.body = body ?? (fields.isEmpty ? .none : .json(fields))
        self.answers = answers
        self.respond = respond
    }
}
