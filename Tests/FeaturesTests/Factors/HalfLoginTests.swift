import Credentials
@testable import Features
import HTTPTypes
import Storage
import TestSupport
import Testing

/// Security bars A11 and X18: a sign-in that is half done opens the second half, and nothing else.
@Suite struct HalfLoginTests {
    private static let missing = "01a1fdf1-682d-7001-9709-01a2a002ee10"

    @Test(arguments: Engine.present)
    func `the token of a half sign-in is nobody on each route`(engine: Engine) async throws {
        try await withServer(engine) { server in
            _ = try await server.nobody.register("Ann").setUpTimeCode(server)
            let token = try await server.halfLogIn()
            let half = server.nobody.with(token: token)

            for endpoint in server.endpoints where endpoint.needs != .nothing {
                let path = endpoint.path.split(separator: "/")
                    .map { $0.hasPrefix("{") ? Self.missing : String($0) }.joined(separator: "/")
                let answer = try await half.call(endpoint.method, path)
                #expect(answer.status == 401, "\(endpoint.method) \(endpoint.path)")
            }
            for path in ["auth/refresh", "auth/logout"] {
                let answer = try await server.nobody.call(
                    .post,
                    path,
                    ["refresh_token": .string(token)]
                )
                #expect(answer.status == 401 || path == "auth/logout")
            }
            for path in ["auth/verify-email", "auth/reset-password"] {
                let answer = try await server.nobody.call(
                    .post,
                    path,
                    ["token": .string(token), "new_password": .string(Caller.password)]
                )
                #expect(answer.status >= 400, "\(path)")
            }
            #expect(try await server.logIn().status == 202)
        }
    }

    @Test(arguments: Engine.present)
    func `it is good once, for five minutes, and only as what it is`(engine: Engine) async throws {
        try await withServer(engine) { server in
            let (secret, _) = try await server.nobody.register("Ann").setUpTimeCode(server)
            let token = try await server.halfLogIn()
            let first = try await server.finish(token, ("code", .string(server.code(secret))))
            server.clock.advance(seconds: 30)
            let again = try await server.finish(token, ("code", .string(server.code(secret))))
            let late = try await server.halfLogIn()
            server.clock.advance(seconds: 301)
            let over = try await server.finish(late, ("code", .string(server.code(secret))))
            let foreign = try await server.finish(
                OpaqueToken().text,
                ("code", .string(server.code(secret)))
            )

            #expect(first.status == 200)
            for answer in [again, over, foreign] {
                #expect(answer.status == 401 && answer.code == "auth.sign_in_over")
            }
        }
    }

    @Test func `one proof is given, no more and no less`() async throws {
        try await withServer { server in
            let none = try await server.nobody.call(.post, "auth/second-factor", ["token": "a"])
            let two = try await server.nobody.call(
                .post,
                "auth/second-factor",
                ["token": "a", "code": "123456", "backup_code": "ABCD"]
            )

            #expect(none.status == 422 && two.status == 422)
            #expect(none.fields == ["code"] && two.fields == ["code"])
        }
    }

    @Test(arguments: Engine.present)
    func `where everyone must have a second factor, one without may set it up and nothing else`(
        engine: Engine
    ) async throws {
        var options = TestServerOptions()
        options.demandsFactor = true
        try await withServer(engine, options) { server in
            let ann = try await server.nobody.register("Ann")
            let open: Set<String> = [
                "factors", "factors/totp", "factors/totp/confirm", "factors/passkeys",
                "factors/passkeys/options", "auth/prove", "auth/prove/passkey", "auth/me",
            ]

            for endpoint in server.endpoints where endpoint.needs != .nothing {
                let path = endpoint.path.split(separator: "/")
                    .map { $0.hasPrefix("{") ? Self.missing : String($0) }.joined(separator: "/")
                let answer = try await ann.call(endpoint.method, path)
                let isOpen =
                    open.contains(endpoint.path) && endpoint.method != .patch
                    && !(endpoint.path == "factors/totp" && endpoint.method == .delete)
                let isShut = answer.code == "auth.second_factor_required"
                #expect(isShut == !isOpen, "\(endpoint.method) \(endpoint.path): \(answer)")
            }
            _ = try await ann.setUpTimeCode(server)
            #expect(try await ann.get("accounts").status == 200)
            #expect(
                try await server.nobody.get("auth/methods").data["require_second_factor"] == true
            )
        }
    }
}
