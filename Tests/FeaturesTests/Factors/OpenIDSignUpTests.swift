@testable import Features
import HTTPTypes
import Storage
import Testing

/// Somebody new who comes from a provider: with an invitation, or with an address that the provider
/// tells only when it is asked again.
@Suite struct OpenIDSignUpTests {
    // MARK: Invitations

    /// Bob, who has a household, and an invitation of his to it.
    private func invite(
        _ server: TestServer,
        _ email: JSONValue
    ) async throws -> (bob: Caller, household: JSONValue?, token: JSONValue) {
        let bob = try await bobOf(server)
        let made = try await bob.call(
            .post,
            "household/invitations",
            ["email": email, "role": "viewer"]
        )
        #expect(made.status == 201, "\(made)")
        let household = try await bob.get("auth/me").data["household"]?["id"]
        return (bob, household, made.token["token"] ?? .null)
    }

    /// The first, who may come in whatever the mode.
    private func bobOf(_ server: TestServer) async throws -> Caller {
        try await server.nobody.register("Bob")
    }

    private func arrive(
        _ server: TestServer,
        _ provider: TestProvider,
        with invitation: JSONValue
    ) async throws -> Answer {
        var journey = try await TestProvider.leave(server.nobody, provider)
        journey.invitation = invitation
        return try await journey.finish()
    }

    @Test(arguments: Engine.present, ["Ann@Example.org", nil])
    func `who is invited joins by a provider that vouches for the address`(
        engine: Engine,
        email: String?
    ) async throws {
        try await TestProvider.serve(engine, { $0.registration = .invitation }) {
            server,
            provider in
            let (bob, household, token) = try await invite(
                server,
                email.map { .string($0) } ?? .null
            )

            let joined = try await arrive(server, provider, with: token)
            let again = try await arrive(server, provider, with: token)

            #expect(joined.status == 200, "\(joined)")
            #expect(joined.data["user"]?["email"] == "ann@example.org")
            #expect(joined.data["household"]?["id"] == household)
            #expect(joined.data["household"]?["role"] == "viewer")
            let me = server.nobody.with(token: joined.data["access_token"]?.text ?? "")
            let homes = try await me.get("households").data.elements
            #expect(homes.count == 1 && homes[0]["is_default"] == true)
            #expect(try await me.get("auth/me").data["user"]?["email_verified"] == true)
            #expect(try await me.get("auth/me").data["user"]?["system_role"] == "user")
            #expect(try await bob.get("household/members").data.elements.count == 2)
            #expect(again.data["user"]?["id"] == joined.data["user"]?["id"], "known by now")
            #expect(try await server.trail(of: "ann@example.org").contains("sign_up success"))
        }
    }

    @Test(arguments: Engine.present)
    func `an invitation lets in nobody but whom it is for, and once`(
        engine: Engine
    ) async throws {
        try await TestProvider.serve(engine, { $0.registration = .invitation }) {
            server,
            provider in
            let (bob, _, token) = try await invite(server, "eve@example.org")

            let other = try await arrive(server, provider, with: token)
            provider.change { $0.claims["email"] = "eve@example.org" }
            provider.change { $0.claims["email_verified"] = false }
            let unproved = try await arrive(server, provider, with: token)
            let invented = try await arrive(server, provider, with: .string(OpaqueToken().text))
            let none = try await arrive(server, provider, with: .null)
            provider.change { $0.claims["email_verified"] = true }
            let joined = try await arrive(server, provider, with: token)
            provider.change { $0.subject = "somebody else" }
            let late = try await arrive(server, provider, with: token)

            #expect(other.status == 403 && other.code == "invitation.for_another")
            #expect(unproved.code == "auth.address_not_vouched")
            #expect(invented.code == "invitation.not_found")
            #expect(none.code == "auth.registration_closed")
            #expect(joined.status == 200)
            #expect(late.code == "invitation.not_found")
            #expect(try await bob.get("household/members").data.elements.count == 2)
        }
    }

    @Test func `an address that is somebody's joins nothing by an invitation`() async throws {
        try await TestProvider.serve(.sqlite) { server, provider in
            let (bob, _, token) = try await invite(server, "ann@example.org")
            _ = try await server.nobody.register("Ann")

            let taken = try await arrive(server, provider, with: token)

            #expect(taken.status == 409 && taken.code == "auth.link_first")
            #expect(try await bob.get("household/members").data.elements.count == 1)
            let look = try await server.nobody.call(.post, "invitations/look", ["token": token])
            #expect(look.status == 200, "it was not used up by that")
        }
    }

    @Test func `closed is closed, whoever was invited`() async throws {
        try await TestProvider.serve(.sqlite, { $0.registration = .closed }) { server, provider in
            let (_, _, token) = try await invite(server, "ann@example.org")

            let answer = try await arrive(server, provider, with: token)

            #expect(answer.status == 403 && answer.code == "auth.registration_closed")
        }
    }

    // MARK: Userinfo

    private static let vouched: [String: JSONValue] = [
        "sub": "ann-at-home", "email": "ann@example.org", "email_verified": true,
        "name": "Ann Told",
    ]

    /// - Parameter told: nil for a provider that has no such endpoint.
    private func signUp(
        _ engine: Engine = .sqlite,
        told: (status: Int, members: [String: JSONValue])?,
        _ test: @Sendable (TestServer, TestProvider, Answer) async throws -> Void
    ) async throws {
        try await TestProvider.serve(engine) { server, provider in
            provider.change {
                $0.claims = [:]
                $0.told = told
            }
            let answer = try await TestProvider.leave(server.nobody, provider).finish()
            try await test(server, provider, answer)
        }
    }

    @Test(arguments: Engine.present)
    func `an address that the token lacks is asked for, of somebody new only`(
        engine: Engine
    ) async throws {
        try await signUp(engine, told: (200, Self.vouched)) { server, provider, answer in
            #expect(answer.status == 200, "\(answer)")
            #expect(answer.data["user"]?["email"] == "ann@example.org")
            #expect(answer.data["user"]?["name"] == "Ann Told")

            let again = try await TestProvider.leave(server.nobody, provider).finish()

            #expect(again.data["user"]?["id"] == answer.data["user"]?["id"])
            #expect(provider.asked.filter { $0 == "GET /userinfo" }.count == 1)
            let me = server.nobody.with(token: again.data["access_token"]?.text ?? "")
            #expect(try await me.get("identities").data[0]["email"] == "ann@example.org")
        }
    }

    @Test(
        arguments: [
            ["sub": "somebody-else"], ["sub": .null], ["sub": 7], ["sub": "ANN-AT-HOME"],
        ] as [[String: JSONValue]]
    )
    func `what a provider tells of another subject is not believed`(
        lie: [String: JSONValue]
    ) async throws {
        let members = Self.vouched.merging(lie) { $1 }
        try await signUp(told: (200, members)) { server, _, answer in
            #expect(answer.status == 401 && answer.code == "auth.provider_refused")
            let trail = try await server.trail(of: nil)
            #expect(trail.contains("sign_in failure"))
        }
    }

    @Test(
        arguments: [
            ["email_verified": false], ["email_verified": "true"], ["email_verified": .null],
            ["email": .null], ["email": "no address"],
        ] as [[String: JSONValue]]
    )
    func `an address that is told and not vouched for signs nobody up`(
        lie: [String: JSONValue]
    ) async throws {
        let members = Self.vouched.merging(lie) { $1 }
        try await signUp(told: (200, members)) { _, _, answer in
            #expect(answer.status == 403 && answer.code == "auth.address_not_vouched")
        }
    }

    /// What the token says is about the address in the token, of which there is none.
    @Test func `a token vouches for no address that is told elsewhere`() async throws {
        try await TestProvider.serve(.sqlite) { server, provider in
            provider.change {
                $0.claims = ["email_verified": true]
                $0.told = (200, Self.vouched.filter { $0.key != "email_verified" })
            }

            let answer = try await TestProvider.leave(server.nobody, provider).finish()

            #expect(answer.code == "auth.address_not_vouched")
        }
    }

    @Test func `a provider that tells nothing, or refuses, signs nobody up`() async throws {
        try await signUp(told: nil) { _, provider, answer in
            #expect(answer.code == "auth.address_not_vouched")
            #expect(!provider.asked.contains("GET /userinfo"))
        }
        try await signUp(told: (403, Self.vouched)) { _, _, answer in
            #expect(answer.status == 401 && answer.code == "auth.provider_refused")
        }
    }

    @Test func `where it is told lies where it may be asked`() async throws {
        try await TestProvider.serve(.sqlite) { server, provider in
            provider.change {
                $0.claims = [:]
                $0.told = (200, Self.vouched)
                $0.metadata = ["userinfo_endpoint": "http://id.example/userinfo"]
            }

            let answer = try await TestProvider.leave(server.nobody, provider).finish()

            #expect(answer.code == "auth.address_not_vouched")
            #expect(!provider.asked.contains("GET /userinfo"))
        }
    }

    @Test(arguments: Engine.present)
    func `who signs up by a provider agrees to what they were shown`(engine: Engine) async throws {
        try await TestProvider.serve(engine) { server, provider in
            var journey = try await TestProvider.leave(server.nobody, provider)
            journey.termsVersion = 1

            let joined = try await journey.finish()

            let token = try #require(joined.data["access_token"]?.text, "\(joined)")
            let list = try await server.nobody.with(token: token).get("me/consents")
            #expect(list.data.elements.count == 1 && list.data[0]["kind"] == "terms")
        }
    }
}
