@testable import Features
import Foundation
import HTTPTypes
import Testing

/// What every request passes first and every answer last.
@Suite struct DoorwayTests {
    @Test(
        arguments: [
            ("https://app.example", true), ("https://evil.example", false), ("null", false),
            ("https://app.example.evil.example", false), ("https://xapp.example", false),
            ("http://app.example", false), ("https://app.example:444", false),
            ("https://app.example/", false), ("https://APP.example", false),
        ])
    func `only listed origins may read answers`(origin: String, isAllowed: Bool) async throws {
        var options = TestServerOptions()
        options.settings.corsOrigins = ["https://app.example"]
        try await withServer(.sqlite, options) { server in
            let page = server.nobody.with(.origin, origin)

            let read = try await page.get("currencies")
            let asked = try await page.call(.options, "/api/v1/accounts")
            let change = try await page.call(.post, "auth/login", [:])

            #expect(read.headers[.accessControlAllowOrigin] == (isAllowed ? origin : nil))
            #expect((asked.headers[.accessControlAllowMethods] != nil) == isAllowed)
            #expect(change.status == (isAllowed ? 422 : 403))
            #expect(change.headers[.accessControlAllowOrigin] == (isAllowed ? origin : nil))
        }
    }

    /// Security bar X36: what a form of another page can send.
    @Test(
        arguments: [
            (origin: "null", site: nil, type: "application/x-www-form-urlencoded", status: 403),
            ("null", nil, "text/plain", 403), ("https://evil.example", nil, "text/plain", 403),
            (nil, "cross-site", "multipart/form-data", 403),
            (nil, nil, "application/x-www-form-urlencoded", 415), (nil, nil, "text/plain", 415),
            (nil, nil, nil, 415), ("http://localhost:8080", "cross-site", "text/plain", 415),
        ] as [(String?, String?, String?, Int)]
    )
    func `a form of another page changes nothing`(
        origin: String?,
        site: String?,
        type: String?,
        status: Int
    ) async throws {
        try await withServer { server in
            let ann = try await server.nobody.register("Ann")
            let form = ann.with(.origin, origin).with(.init("Sec-Fetch-Site")!, site)
                .with(.contentType, type)
            let account = Array(
                #"{"name": "A", "kind": "cash", "currency": "EUR"}"#.utf8
            )

            #expect(try await form.send(.post, "accounts", account).status == status)
            #expect(try await form.send(.post, "auth/login", account).status == status)
            #expect(try await ann.get("accounts").data.elements.isEmpty)
        }
    }

    @Test func `a parameter does not stand in for a field of the body`() async throws {
        try await withServer { server in
            _ = try await server.nobody.register("Ann")
            let answer = try await server.nobody.call(
                .post,
                "auth/login?email=ann@example.org",
                ["email": "eve@example.org", "password": .string(Caller.password)]
            )

            #expect(answer.status == 422)
            #expect(answer.fields == ["email"])
        }
    }

    @Test func `an address that is too long is refused`() async throws {
        try await withServer { server in
            let query = String(repeating: "a", count: Doorway.addressLimit)

            let answer = try await server.nobody.get("/api/v1/accounts?q=\(query)")

            #expect(answer.status == 414)
        }
    }

    @Test func `behind https browsers are told to stay there, errors too`() async throws {
        var options = TestServerOptions()
        options.settings = ServerSettings(
            publicURL: URL(string: "https://money.example.org")!,
            version: "test"
        )
        try await withServer(.sqlite, options) { server in
            for path in ["/health", "/nothing", "/api/v1/auth/me", "/docs"] {
                let header = try await server.nobody.get(path).headers[.strictTransportSecurity]
                #expect(header == "max-age=63072000; includeSubDomains")
            }
        }
    }

    @Test func `the metrics count by route and never by id`() async throws {
        try await withServer { server in
            let ann = try await server.nobody.register("Ann")
            let id = "01a1fdf1-682d-7001-9709-01a2a002ee10"
            _ = try await ann.get("accounts/\(id)")

            let text = try await ann.get("/metrics").text

            let line = "route=\"/api/v1/accounts/{id}\",method=\"GET\",status=\"404\"} 1"
            #expect(text.contains("martlet_http_requests_total{\(line)"))
            #expect(!text.contains(id))
        }
    }
}
