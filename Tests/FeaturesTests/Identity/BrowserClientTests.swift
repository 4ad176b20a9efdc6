import Features
import Foundation
import HTTPTypes
import Testing

@Suite struct BrowserClientTests {
    private static let client = HTTPField.Name("Martlet-Client")!
    private static let site = HTTPField.Name("Sec-Fetch-Site")!
    private static let own = "http://localhost:8080"

    private func register(_ caller: Caller) async throws -> Answer {
        try await caller.call(
            .post,
            "auth/register",
            ["email": "ann@example.org", "password": .string(Caller.password), "name": "Ann"]
        )
    }

    private func browser(_ server: TestServer) -> Caller {
        server.nobody.with(Self.client, "browser").with(.origin, Self.own)
    }

    private func cookie(of answer: Answer) throws -> String {
        let header = try #require(answer.headers[.setCookie])
        return String(header.prefix { $0 != ";" })
    }

    @Test func `a browser gets the refresh token as a cookie and never in the body`() async throws {
        try await withServer { server in
            let answer = try await register(browser(server))

            let header = try #require(answer.headers[.setCookie])
            #expect(answer.data["refresh_token"] == .null)
            #expect(header.hasPrefix("martlet_refresh="))
            for part in ["Path=/api/v1/auth", "HttpOnly", "SameSite=Strict", "Max-Age=2592000"] {
                #expect(header.contains("; \(part)"))
            }
            #expect(!header.contains("Secure"))
        }
    }

    @Test func `behind https the cookie is Secure by its name and its flag`() async throws {
        var options = TestServerOptions()
        options.settings = ServerSettings(
            publicURL: URL(string: "https://money.example.org")!,
            version: "test"
        )
        try await withServer(.sqlite, options) { server in
            let caller = server.nobody.with(Self.client, "browser")
                .with(.origin, "https://money.example.org")

            let header = try #require(try await register(caller).headers[.setCookie])

            #expect(header.hasPrefix("__Secure-martlet_refresh="))
            #expect(header.hasSuffix("; Secure"))
        }
    }

    @Test(arguments: Engine.present)
    func `the cookie refreshes and signs out`(engine: Engine) async throws {
        try await withServer(engine) { server in
            let first = try cookie(of: try await register(browser(server)))

            let answer = try await browser(server).with(.cookie, first)
                .call(.post, "auth/refresh", [:])
            let second = try cookie(of: answer)
            let out = try await browser(server).with(.cookie, "a=b; \(second)")
                .call(.post, "auth/logout", [:])

            #expect(answer.status == 200)
            #expect(second != first)
            #expect(out.status == 204)
            #expect(out.headers[.setCookie]?.contains("Max-Age=0") == true)
        }
    }

    @Test(
        arguments: [
            (origin: nil, site: nil, client: "browser", type: "application/json"),
            ("null", nil, "browser", "application/json"),
            ("https://evil.example", nil, "browser", "application/json"),
            ("http://localhost:8080.evil.example", nil, "browser", "application/json"),
            (nil, "cross-site", "browser", "application/json"),
            ("http://localhost:8080", nil, nil, "application/json"),
            ("http://localhost:8080", nil, "browser", nil),
        ] as [(String?, String?, String?, String?)]
    )
    func `the cookie counts for nothing from another page or without the header`(
        origin: String?,
        site: String?,
        client: String?,
        type: String?
    ) async throws {
        try await withServer { server in
            let first = try cookie(of: try await register(browser(server)))

            let caller = server.nobody.with(.cookie, first).with(.origin, origin)
                .with(Self.site, site).with(Self.client, client).with(.contentType, type)
            let refused = try await caller.send(
                .post,
                "auth/refresh",
                type == nil ? nil : [123, 125]
            )
            let kept = try await browser(server).with(.cookie, first)
                .call(.post, "auth/refresh", [:])

            #expect(refused.status == 403)
            #expect(refused.headers[.setCookie] == nil)
            #expect(kept.status == 200)
        }
    }

    @Test(arguments: ["application/x-www-form-urlencoded", "text/plain", "multipart/form-data"])
    func `a form cannot use the cookie`(type: String) async throws {
        try await withServer { server in
            let first = try cookie(of: try await register(browser(server)))

            let form = browser(server).with(.cookie, first).with(.contentType, type)
            let answer = try await form.send(.post, "auth/refresh", Array("{}".utf8))

            #expect(answer.status == 415)
        }
    }
}
