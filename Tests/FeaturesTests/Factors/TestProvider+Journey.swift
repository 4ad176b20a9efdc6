@testable import Features
import HTTPTypes
import Storage
import Testing

/// A server that knows the provider, and browsers that go there.
extension TestProvider {
    static func serve(
        _ engine: Engine,
        _ change: (inout TestServerOptions) -> Void = { _ in },
        _ test: @Sendable (TestServer, TestProvider) async throws -> Void
    ) async throws {
        let provider = TestProvider()
        var options = TestServerOptions()
        options.providers = [provider.configuration]
        options.outside = provider.client
        change(&options)
        let seconds = options.clock.now.microseconds / 1_000_000
        provider.change { $0.clock = seconds }
        try await withServer(engine, options) { try await test($0, provider) }
    }

    /// A browser at the door of a provider, and what it brought back.
    struct Journey: Sendable {
        var browser: Caller
        var state: String
        var code: String
        var issuer: JSONValue = .null
        var invitation: JSONValue = .null
        var termsVersion: JSONValue = .null

        func finish() async throws -> Answer {
            try await browser.call(
                .post,
                "auth/oidc/finish",
                [
                    "state": .string(state), "code": .string(code), "iss": issuer,
                    "invitation": invitation, "terms_version": termsVersion,
                ]
            )
        }
    }

    static func leave(
        _ caller: Caller,
        _ provider: TestProvider,
        linking: Bool = false
    ) async throws -> Journey {
        let start = try await caller.call(
            .post,
            "auth/oidc/home/start",
            linking ? ["link": true] : [:]
        )
        #expect(start.status == 200, "\(start)")
        let url = try #require(start.data["authorization_url"]?.text)
        let cookie = try #require(start.headers[.setCookie])
        #expect(cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax"))
        let back = try provider.signIn(at: url)
        let pair = String(cookie.prefix { $0 != ";" })
        return Journey(browser: caller.with(.cookie, pair), state: back.state, code: back.code)
    }
}
