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
        /// A member of the household.
        case member
        /// A member who may change the household.
        case editor
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

        package static let noContent = Answer(status: .noContent, schema: nil, isList: false)

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
    case auth, signIn = "sign_in", register, transactions, reports, imports, exports, general,
        exempt
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
    package static func person<Query: RequestFields, Body: RequestFields>(
        _ method: HTTPRequest.Method,
        _ path: String,
        _ summary: String,
        limit: LimitClass = .general,
        answers: Answer...,
        handle: @escaping @Sendable (PersonCall, Query, Body) async throws -> Reply
    ) -> Endpoint {
        Endpoint(method, path, summary, .person, limit, Query.self, Body.self, answers) {
            incoming in
            let call = PersonCall(incoming, try await incoming.signedIn())
            let (query, body, _): (Query, Body, [UInt8]) = try await incoming.fields()
            return .reply(try await handle(call, query, body))
        }
    }

    /// A route that looks into a household.
    package static func read<Query: RequestFields>(
        _ path: String,
        _ summary: String,
        limit: LimitClass = .general,
        answers: Answer...,
        handle: @escaping @Sendable (MemberCall, Query) async throws -> Reply
    ) -> Endpoint {
        Endpoint(.get, path, summary, .member, limit, Query.self, NoFields.self, answers) {
            incoming in
            let call = try await incoming.memberCall(mustWrite: false)
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
            let call = try await incoming.memberCall(mustWrite: false)
            let (query, _, _): (Query, NoFields, [UInt8]) = try await incoming.fields()
            return .stream(try await handle(call, query))
        }
    }

    /// A route that changes a household.
    package static func change<Query: RequestFields, Body: RequestFields>(
        _ method: HTTPRequest.Method,
        _ path: String,
        _ summary: String,
        limit: LimitClass = .general,
        answers: Answer...,
        handle: @escaping @Sendable (MemberCall, Query, Body) async throws -> Reply
    ) -> Endpoint {
        Endpoint(method, path, summary, .editor, limit, Query.self, Body.self, answers) {
            incoming in
            var call = try await incoming.memberCall(mustWrite: true)
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
            let call = try await incoming.memberCall(mustWrite: true)
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
