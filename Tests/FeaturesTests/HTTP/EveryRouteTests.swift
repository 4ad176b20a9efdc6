@testable import Features
import HTTPTypes
import Storage
import Testing

/// What holds for each route there is, because it is asked of each.
@Suite struct EveryRouteTests {
    private static let missing = "01a1fdf1-682d-7001-9709-01a2a002ee10"

    private func address(of endpoint: Endpoint) -> String {
        endpoint.path.split(separator: "/")
            .map { $0.hasPrefix("{") ? Self.missing : String($0) }.joined(separator: "/")
    }

    private func ask(_ endpoint: Endpoint, by caller: Caller) async throws -> Answer {
        switch endpoint.body {
        case .none: try await caller.call(endpoint.method, address(of: endpoint))
        case .json: try await caller.call(endpoint.method, address(of: endpoint), [:])
        case .upload:
            try await caller.with(.contentType, "multipart/form-data; boundary=x")
                .send(endpoint.method, address(of: endpoint), Array("--x--\r\n".utf8))
        }
    }

    @Test(arguments: Engine.present)
    func `nobody gets 401 from each route that needs a person`(engine: Engine) async throws {
        try await withServer(engine) { server in
            let guarded = server.endpoints.filter { $0.needs != .nothing }
            #expect(guarded.count > 20)
            for endpoint in guarded {
                let answer = try await ask(endpoint, by: server.nobody)
                #expect(answer.status == 401, "\(endpoint.method) \(endpoint.path)")
                #expect(answer.headers[.wwwAuthenticate] == "Bearer")
            }
        }
    }

    /// Security bar H3: whoever has not signed in fills nobody's memory.
    @Test func `a stranger's body is not read, and where it is, it is short`() async throws {
        try await withServer { server in
            let nobody = server.nobody.with(.contentType, "application/json")
            func space(_ count: Int) -> [UInt8] { [UInt8](repeating: 32, count: count) }
            for endpoint in server.endpoints where endpoint.method == .post {
                let path = address(of: endpoint)
                guard endpoint.needs == .nothing else {
                    let answer = try await nobody.send(.post, path, space(2 << 20))
                    #expect(answer.status == 401, "\(path)")
                    continue
                }
                let limit = IncomingCall.strangersLimit
                let fits = try await nobody.send(.post, path, space(limit))
                let over = try await nobody.send(.post, path, space(limit + 1))
                #expect(fits.status == 400 && over.status == 413, "\(path)")
            }
        }
    }

    @Test func `only the known few routes are open to anyone`() async throws {
        try await withServer { server in
            let open = server.endpoints.filter { $0.needs == .nothing }.map(\.path)

            #expect(
                Set(open) == [
                    "auth/methods", "auth/register", "auth/login", "auth/refresh", "auth/logout",
                    "auth/verify-email", "auth/request-password-reset", "auth/reset-password",
                    "auth/second-factor", "auth/second-factor/passkey", "auth/passkey",
                    "auth/passkey/options", "auth/oidc/{provider}/start", "auth/oidc/finish",
                    "currencies", "feeds/{file}", "invitations/look", "pages/{kind}",
                ]
            )
        }
    }

    @Test(arguments: Engine.present)
    func `another household is not there`(engine: Engine) async throws {
        try await withServer(engine) { server in
            let ann = try await server.nobody.register("Ann")
            let eve = try await server.nobody.register("Eve")
            let household = try #require(
                try await ann.get("auth/me").data["household"]?["id"]?.text
            )
            let header = HTTPField.Name("Martlet-Household")!
            let guarded = server.endpoints.filter { $0.needs.isOfHousehold }

            for endpoint in guarded {
                let foreign = try await ask(endpoint, by: eve.with(header, household))
                let absent = try await ask(endpoint, by: eve.with(header, Self.missing))
                #expect(foreign.status == 404, "\(endpoint.method) \(endpoint.path)")
                #expect(foreign.error == absent.error)
            }
        }
    }

    @Test(arguments: Engine.present)
    func `who may only look can change nothing`(engine: Engine) async throws {
        try await withServer(engine) { server in
            let ann = try await server.nobody.register("Ann")
            try await server.environment.database.write(.shared) {
                try $0.execute("UPDATE member SET role = 'viewer'")
            }

            for endpoint in server.endpoints where endpoint.needs == .editor {
                let answer = try await ask(endpoint, by: ann)
                #expect(answer.status == 403, "\(endpoint.method) \(endpoint.path)")
            }
        }
    }

    /// Security bar X47.
    @Test(arguments: Engine.present)
    func `who is no longer a member finds nothing after a second, and changes nothing at once`(
        engine: Engine
    ) async throws {
        try await withServer(engine) { server in
            let ann = try await server.nobody.register("Ann")
            #expect(try await ann.get("accounts").status == 200)
            try await server.environment.database.write(.shared) {
                try $0.execute("DELETE FROM member")
            }

            let change = try await ann.call(
                .post,
                "accounts",
                ["name": "A", "kind": "cash", "currency": "EUR"]
            )
            server.clock.advance(seconds: 1)

            #expect(change.status == 404)
            for endpoint in server.endpoints
            where endpoint.needs.isOfHousehold {
                let answer = try await ask(endpoint, by: ann)
                #expect(answer.status == 404, "\(endpoint.method) \(endpoint.path)")
            }
        }
    }

    @Test func `every answer carries the headers that tell a browser to trust nothing`()
        async throws
    {
        try await withServer { server in
            let ann = try await server.nobody.register("Ann")
            var answers: [Answer] = []
            for endpoint in server.endpoints { answers.append(try await ask(endpoint, by: ann)) }
            for path in [
                "/", "/health", "/metrics", "/nothing", "/api/v1/nothing", "/api/v1/accounts?a=%",
            ] {
                answers.append(try await ann.get(path))
            }
            answers.append(try await ann.with(.origin, "null").call(.post, "accounts", [:]))
            answers.append(try await ann.call(.delete, "/api/v1/auth/me"))
            answers.append(try await ann.call(.options, "/api/v1/accounts"))
            answers.append(
                try await ann.send(.post, "accounts", [UInt8](repeating: 32, count: 2 << 20))
            )
            answers.append(
                try await ann.with(.contentType, "text/plain").send(.post, "accounts", [1])
            )

            #expect(answers.allSatisfy { $0.headers[.cacheControl] == "no-store" })
            for path in ["/docs", "/openapi.json", "/docs/docs.js"] {
                answers.append(try await ann.get(path))
            }
            for answer in answers {
                let policy = answer.headers[.contentSecurityPolicy] ?? ""
                #expect(policy.contains("default-src 'none'") && !policy.contains("unsafe"))
                #expect(answer.headers[.xContentTypeOptions] == "nosniff")
                #expect(answer.headers[.init("Referrer-Policy")!] == "no-referrer")
                #expect(answer.headers[.init("X-Frame-Options")!] == "DENY")
                #expect(answer.headers[.init("X-Request-Id")!] != nil)
                #expect(answer.headers[.strictTransportSecurity] == nil)
            }
        }
    }

    @Test func `a field that is not known and a parameter twice are refused everywhere`()
        async throws
    {
        try await withServer { server in
            let ann = try await server.nobody.register("Ann")
            for endpoint in server.endpoints {
                guard case .none = endpoint.body else { continue }
                let path = address(of: endpoint)
                let unknown = try await ann.call(endpoint.method, path + "?no_such=1")
                let twice = try await ann.call(endpoint.method, path + "?a=1&a=2")
                #expect(unknown.status == 422, "\(endpoint.method) \(endpoint.path)")
                #expect(twice.status == 400, "\(endpoint.method) \(endpoint.path)")
            }
        }
    }

    @Test func `an address says which methods it knows`() async throws {
        try await withServer { server in
            let wrong = try await server.nobody.call(.delete, "/api/v1/auth/me")
            let options = try await server.nobody.call(.options, "/api/v1/accounts/\(Self.missing)")
            let nothing = try await server.nobody.call(.options, "/api/v1/nothing")

            #expect(wrong.status == 405)
            #expect(wrong.headers[.allow] == "GET, HEAD, PATCH, OPTIONS")
            #expect(options.status == 204)
            #expect(options.headers[.allow]?.contains("PATCH") == true)
            #expect(nothing.status == 404)
        }
    }

    @Test func `a HEAD has the headers of the GET and no body`() async throws {
        try await withServer { server in
            for path in ["/health", "/api/v1/currencies", "/api/v1/nothing"] {
                let answer = try await server.nobody.call(.head, path)
                #expect(answer.bytes.isEmpty)
                #expect(answer.headers[.contentLength] != "0")
            }
        }
    }

    @Test func `the description is the same each time and names each route`() async throws {
        try await withServer { server in
            let first = OpenAPIDocument(server.endpoints, version: "1").bytes
            let second = OpenAPIDocument(server.endpoints, version: "1").bytes

            let read = try JSONReader.read(first, keyLimit: .max)
            #expect(first == second)
            for endpoint in server.endpoints {
                let path = read["paths"]?["/api/v1/" + endpoint.path]
                #expect(path?[endpoint.method.rawValue.lowercased()] != nil, "\(endpoint.path)")
            }
        }
    }

    @Test(arguments: Engine.present)
    func `a cursor that a list did not give is refused alike everywhere`(
        engine: Engine
    ) async throws {
        try await withServer(engine) { server in
            let ann = try await server.nobody.register()
            let lists = server.endpoints.filter { endpoint in
                if case .system = endpoint.needs { return false }
                return endpoint.query.contains { $0.name == "cursor" }
            }
            #expect(lists.count > 7)
            for list in lists {
                for cursor in ["x", "", String(repeating: "y", count: 999)] {
                    let answer = try await ann.get("\(address(of: list))?cursor=\(cursor)")
                    let isRefused = answer.status == 400 && answer.code == "request.cursor"
                    #expect(isRefused, "\(list.path) \(answer)")
                }
            }
        }
    }

    @Test func `what stands in an address is described as what it is`() async throws {
        try await withServer { server in
            let names = Set(server.endpoints.flatMap { PathParameter.names(in: $0.path) })
            let ids = PathParameter.schemas.filter {
                if case .text("uuid", _, _) = $0.value { true } else { false }
            }

            #expect(names == Set(PathParameter.schemas.keys))
            #expect(Set(ids.keys) == ["id", "contribution_id", "person_id", "category"])
        }
    }

    @Test func `the pattern of an address fits what the route reads`() throws {
        let words = [
            ("month", "2026-11", true), ("month", "2026-11-30", true), ("month", "2026-W47", true),
            ("month", "2026-Q4", true), ("month", "2026", true), ("month", "x", false),
            ("file", "secret.ics", true), ("file", "secret", false),
            ("key", "0123456789abcdef0123456789abcdef-123400", true), ("key", "0123", false),
        ]
        for (name, word, fits) in words {
            guard case .text(_, _, let pattern?) = PathParameter.schema(name) else {
                Issue.record("\(name) has no pattern")
                continue
            }
            let match = try Regex(pattern).firstMatch(in: word)
            #expect((match != nil) == fits, "\(name) \(word)")
        }
    }
}
