@testable import Features
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Ledger
import Storage
import Testing

/// Each route asked by everyone that there can be. What comes back is told from what the route says that it needs.
@Suite struct PermissionMatrixTests {
    /// Somebody who asks.
    private struct Asker: Sendable {
        let name: String
        /// What they are on the server.
        var systemRole = SystemRole.user
        /// What they are in the household that is asked about; nil for another household's owner.
        var role: HouseholdRole?
        /// Nil for a session.
        var scopes: Set<Scope>?

        /// - Parameter endpoints: tokens are good for what there is.
        static func all(_ endpoints: [Endpoint]) -> [Asker] {
            let resources = Set(endpoints.map { Scope($0.method, $0.path).resource })
            let wide = Set(resources.compactMap { Scope("\($0):write") })
            let reading = Set(resources.compactMap { Scope("\($0):read") })
            return SystemRole.allCases.map { Asker(name: $0.rawValue, systemRole: $0) }
                + HouseholdRole.allCases.map { Asker(name: $0.rawValue, role: $0) } + [
                    Asker(name: "nothing-token", role: .owner, scopes: []),
                    Asker(
                        name: "narrow-token",
                        systemRole: .admin,
                        role: .owner,
                        scopes: [Scope("nothing:write")!]
                    ),
                    Asker(name: "wide-token", systemRole: .admin, role: .owner, scopes: wide),
                    Asker(name: "reading-token", role: .owner, scopes: reading),
                ]
        }
    }

    private enum Expected: Equatable {
        case refused, notThere, notSignedIn
        /// Anything but a refusal: the request itself may be wrong.
        case heard
    }

    private static func expected(_ endpoint: Endpoint, _ asker: Asker) -> Expected {
        if let scopes = asker.scopes {
            // A token is good for households, within its scopes, and for nothing else.
            guard endpoint.needs.isOfHousehold, !endpoint.needs.isFresh else { return .refused }
            let scope = Scope(endpoint.method, endpoint.path)
            guard scopes.contains(where: { $0.allows(scope) }) else { return .refused }
        }
        switch endpoint.needs {
        case .nothing, .person, .freshPerson: return .heard
        case .system(let permission):
            return asker.systemRole.permissions.contains(permission) ? .heard : .refused
        case .member, .freshMember, .editor, .owner, .freshOwner:
            // An administrator is nobody in a household that is not theirs.
            guard let role = asker.role else { return .notThere }
            switch endpoint.needs.leastRole {
            case .owner: return role == .owner ? .heard : .refused
            case .editor: return role.mayWrite ? .heard : .refused
            default: return .heard
            }
        }
    }

    private static func found(_ status: Int) -> Expected {
        switch status {
        case 401: .notSignedIn
        case 403: .refused
        default: .heard
        }
    }

    private static let missing = "01a1fdf1-682d-7001-9709-01a2a002ee10"

    private static func ask(_ endpoint: Endpoint, by caller: Caller) async throws -> Answer {
        let path = endpoint.path.split(separator: "/")
            .map { $0.hasPrefix("{") ? missing : String($0) }.joined(separator: "/")
        switch endpoint.body {
        case .none: return try await caller.call(endpoint.method, path)
        case .json: return try await caller.call(endpoint.method, path, [:])
        case .upload:
            return try await caller.with(.contentType, "multipart/form-data; boundary=x")
                .send(endpoint.method, path, Array("--x--\r\n".utf8))
        }
    }

    @Test(arguments: Engine.present)
    func `each route hears those whom it names, and refuses everyone else`(
        engine: Engine
    ) async throws {
        try await withServer(engine) { server in
            let people = try await Self.people(on: server)
            let router = ServerRouter(
                server.environment,
                server.options.settings,
                endpoints: server.endpoints
            ) { token in
                guard let person = people[token] else { throw APIError.notSignedIn }
                return person
            }
            let shared = try #require(people["owner"]?.memberships.first?.household)
            let application = Application(router: try router.build())
            try await application.test(.router) { client in
                let nobody = Caller(server: client, endpoints: server.endpoints)
                for endpoint in server.endpoints where endpoint.needs != .nothing {
                    let route = "\(endpoint.method) \(endpoint.path)"
                    #expect(try await Self.ask(endpoint, by: nobody).status == 401, "\(route)")
                    for asker in Asker.all(server.endpoints) {
                        let own = people[asker.name]?.memberships.first?.household
                        let household = asker.role == nil ? shared : own ?? shared
                        let caller = nobody.with(token: asker.name)
                            .with(.household, household.description)
                        let answer = try await Self.ask(endpoint, by: caller)
                        let expected = Self.expected(endpoint, asker)
                        let name = Comment(rawValue: "\(route) by \(asker.name): \(answer)")
                        #expect(answer.status < 500, name)
                        if expected == .notThere {
                            #expect(answer.status == 404, name)
                            #expect(answer.code == "household.not_found", name)
                        } else {
                            #expect(Self.found(answer.status) == expected, name)
                        }
                    }
                }
            }
        }
    }

    /// Someone for each asker, with a household of their own, and what they are in the first one.
    private static func people(on server: TestServer) async throws -> [String: SignedInPerson] {
        let founder = try await server.nobody.register("Founder")
        _ = try await ImportBench.add("Giro", "checking", by: founder)
        let text = try await founder.get("auth/me").data["household"]?["id"]?.text
        let household = try #require(HouseholdID(text ?? ""))
        var people: [String: SignedInPerson] = [:]
        for asker in Asker.all(server.endpoints) {
            let caller = try await server.nobody.register(asker.name)
            let me = try await caller.get("auth/me").data
            let id = try #require(PersonID(me["user"]?["id"]?.text ?? ""))
            let own = try #require(HouseholdID(me["household"]?["id"]?.text ?? ""))
            // Whoever shows a token is the owner of their own.
            if let role = asker.role, asker.scopes == nil {
                try await server.environment.database.write(.shared) { transaction in
                    if role == .owner {
                        try transaction.execute(
                            """
                            UPDATE member SET role = 'editor'
                            WHERE household_id = \(household) AND role = 'owner'
                            """
                        )
                    }
                    try transaction.execute(
                        """
                        INSERT INTO member (household_id, person_id, role, is_default, joined_at)
                        VALUES (\(household), \(id), \(role.rawValue), \(false), 0)
                        """
                    )
                }
            }
            people[asker.name] = SignedInPerson(
                person: id,
                credential: try credential(of: asker, server),
                systemRole: asker.systemRole,
                provedAt: server.clock.now,
                memberships: [
                    Member(
                        household: asker.role == nil || asker.scopes != nil ? own : household,
                        person: id,
                        role: asker.role ?? .owner,
                        currency: Currency(code: "EUR")!,
                        weekStart: .monday,
                        timeZone: "UTC"
                    )
                ]
            )
        }
        return people
    }

    private static func credential(
        of asker: Asker,
        _ server: TestServer
    ) throws -> SignedInPerson.Credential {
        let id = server.environment.ids.next(Entity.Session.self)
        guard let scopes = asker.scopes else { return .session(id) }
        return .token(id.value, scopes)
    }
}
