@testable import Features
import HTTPTypes
import Ledger
import Storage
import TestSupport
import Testing

/// Security bar A6: what ends which credential, on a node that had no part in it, within a second.
@Suite struct RevocationTests {
    enum Event: String, CaseIterable, Sendable {
        case signOut, signOutElsewhere, signOutOthers, signOutEverywhere, passwordChange,
            passwordReset, passwordByCommand, roleChange, disabled, deleted,
            sessionsEnded, tokenRemoved
    }

    /// What somebody holds.
    enum Credential: String, CaseIterable, Sendable {
        /// The session in which they act.
        case session
        case otherSession
        case personalToken
    }

    private static let ends: [Event: Set<Credential>] = [
        .signOut: [.session],
        .signOutElsewhere: [.otherSession],
        .signOutOthers: [.otherSession],
        .signOutEverywhere: [.session, .otherSession],
        .passwordChange: [.otherSession],
        .passwordReset: [.session, .otherSession, .personalToken],
        .passwordByCommand: [.session, .otherSession, .personalToken],
        .roleChange: [.session, .otherSession],
        .disabled: [.session, .otherSession, .personalToken],
        .deleted: [.session, .otherSession, .personalToken],
        .sessionsEnded: [.session, .otherSession],
        .tokenRemoved: [.personalToken],
    ]

    /// Bob and what he holds.
    private struct Bench: Sendable {
        let staff: Staff
        let bob: Caller
        let id: String
        let held: [Credential: String]
        let tokenID: String

        static func open(_ staff: Staff) async throws -> Bench {
            let bob = try await staff.join("Bob")
            let made = try await bob.call(
                .post,
                "tokens",
                ["name": "Script", "scopes": ["accounts:read"]]
            )
            let other = try await staff.signIn("Bob")
            return Bench(
                staff: staff,
                bob: bob,
                id: try await staff.id(of: bob),
                held: [
                    .session: try #require(bob.headers.bearerToken),
                    .otherSession: try #require(other.headers.bearerToken),
                    .personalToken: try #require(made.data["token"]?.text, "\(made)"),
                ],
                tokenID: made.data["id"]?.text ?? ""
            )
        }

        func happen(_ event: Event) async throws -> Int {
            let server = staff.server
            let (nobody, admin) = (server.nobody, staff.admin)
            switch event {
            case .signOut: return try await bob.call(.post, "auth/logout").status
            case .signOutElsewhere:
                let open = try await bob.get("sessions").data.elements
                let other = open.first { $0["is_current"] == false }?["id"]?.text ?? ""
                return try await bob.call(.delete, "sessions/\(other)").status
            case .signOutOthers: return try await bob.call(.delete, "sessions").status
            case .signOutEverywhere: return try await bob.call(.post, "auth/logout-all").status
            case .passwordChange:
                let body: JSONValue = [
                    "current_password": .string(Caller.password),
                    "new_password": "another long phrase 8",
                ]
                return try await bob.call(.post, "auth/change-password", body).status
            case .passwordReset:
                try await nobody.call(
                    .post,
                    "auth/request-password-reset",
                    ["email": "bob@example.org"]
                )
                let link = try await server.mailbox.token(to: "bob@example.org")
                let body: JSONValue = [
                    "token": .string(link), "new_password": "another long phrase 8",
                ]
                return try await nobody.call(.post, "auth/reset-password", body).status
            case .passwordByCommand:
                let local = LocalPerson(server.environment, passwords: server.options.passwords)
                let email = try #require(EmailAddress("bob@example.org"))
                try await local.resetPassword(of: email, to: "another long phrase 8")
                return 204
            case .roleChange:
                return try await admin.call(
                    .patch,
                    "admin/users/\(id)",
                    ["system_role": "support"]
                ).status
            case .disabled:
                return try await admin.call(.patch, "admin/users/\(id)", ["is_disabled": true])
                    .status
            case .deleted: return try await admin.call(.delete, "admin/users/\(id)").status
            case .sessionsEnded:
                return try await admin.call(.post, "admin/users/\(id)/end-sessions").status
            case .tokenRemoved: return try await bob.call(.delete, "tokens/\(tokenID)").status
            }
        }
    }

    private func good(_ held: [Credential: String], at node: Authenticator) async -> Set<Credential>
    {
        var good: Set<Credential> = []
        for (credential, token) in held {
            // A refusal is what is asked for here.
            if (try? await node.authenticate(token)) != nil { good.insert(credential) }
        }
        return good
    }

    @Test(arguments: Engine.present, Event.allCases)
    func `what an event ends is refused on another node within a second, and nothing else is`(
        engine: Engine,
        event: Event
    ) async throws {
        try await Staff.with(engine) { staff in
            let server = staff.server
            let bench = try await Bench.open(staff)
            let other = Authenticator(
                database: server.environment.database,
                clock: server.clock.wall,
                tokens: await AccessTokens(key: server.options.accessTokenKey)
            )
            #expect(await good(bench.held, at: other) == Set(Credential.allCases))

            let status = try await bench.happen(event)
            let here = await good(bench.held, at: server.authenticator)
            server.clock.advance(seconds: 1)
            let there = await good(bench.held, at: other)

            let left = Set(Credential.allCases).subtracting(Self.ends[event] ?? [])
            #expect((200..<300).contains(status))
            #expect(there == left)
            // The command line is another process.
            #expect(event == .passwordByCommand || here == left)
        }
    }

    @Test(arguments: Engine.present)
    func `whoever is let in again has no tokens from before`(engine: Engine) async throws {
        try await Staff.with(engine) { staff in
            let bench = try await Bench.open(staff)
            let path = "admin/users/\(bench.id)"
            #expect(
                try await staff.admin.call(.patch, path, ["is_disabled": true]).status == 200
            )
            #expect(
                try await staff.admin.call(.patch, path, ["is_disabled": false]).status == 200
            )

            let again = try await staff.signIn("Bob")
            let script = staff.server.nobody.with(token: bench.held[.personalToken] ?? "")

            #expect(try await again.get("tokens").data.elements.isEmpty)
            #expect(try await script.get("accounts").status == 401)
        }
    }
}
