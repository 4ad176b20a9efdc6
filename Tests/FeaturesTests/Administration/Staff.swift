import HTTPTypes
import Ledger
import Storage
import Testing

@testable import Features

/// People with roles on one server.
struct Staff: Sendable {
    let server: TestServer
    /// The first to sign up.
    let admin: Caller

    static func with(
        _ engine: Engine,
        _ body: @escaping @Sendable (Staff) async throws -> Void
    ) async throws {
        try await withServer(engine) { server in
            try await body(
                Staff(server: server, admin: try await server.nobody.register("Ada"))
            )
        }
    }

    func join(_ name: String, as role: SystemRole = .user) async throws -> Caller {
        let caller = try await server.nobody.register(name)
        guard role != .user else { return caller }
        let id = try await id(of: caller)
        let answer = try await admin.call(
            .patch,
            "admin/users/\(id)",
            ["system_role": .string(role.rawValue)]
        )
        #expect(answer.status == 200, "\(answer)")
        // A change of role ends what was open.
        return try await signIn(name)
    }

    func signIn(_ name: String) async throws -> Caller {
        let answer = try await server.nobody.call(
            .post,
            "auth/login",
            [
                "email": .string("\(name.lowercased())@example.org"),
                "password": .string(Caller.password),
            ]
        )
        let token = try #require(answer.data["access_token"]?.text, "\(answer)")
        return server.nobody.with(token: token)
    }

    func id(of caller: Caller) async throws -> String {
        try #require(try await caller.get("auth/me").data["user"]?["id"]?.text)
    }

    func household(of caller: Caller) async throws -> String {
        try #require(try await caller.get("auth/me").data["household"]?["id"]?.text)
    }

    func setRole(_ role: SystemRole, of id: String) async throws {
        let id = try #require(PersonID(id))
        try await server.environment.database.write(.shared) {
            try $0.execute("UPDATE person SET system_role = \(role.rawValue) WHERE id = \(id)")
        }
        server.authenticator.forget(person: id)
    }

    func expectWholeTrails() async throws {
        let environment = server.environment
        let report = try await Doctor(environment.database, keys: environment.keys)
            .examine(at: environment.clock.now())
        #expect(report.findings.map(\.line) == [])
    }
}
