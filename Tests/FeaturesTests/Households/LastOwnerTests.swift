@testable import Features
import HTTPTypes
import Ledger
import Storage
import Testing

/// A household has its owner and a server its administrator, however many act at once.
@Suite struct LastOwnerTests {
    private static let rounds = 8

    /// Two things at once: what they were answered, in no order.
    private func both(
        _ one: @escaping @Sendable () async throws -> Answer,
        _ other: @escaping @Sendable () async throws -> Answer
    ) async throws -> [Int] {
        async let first = one()
        async let second = other()
        return [try await first.status, try await second.status].sorted()
    }

    private func administrators(_ server: TestServer) async throws -> Int64? {
        try await server.environment.database.read(.shared) {
            try $0.first(
                """
                SELECT COUNT(*) FROM person WHERE system_role = 'admin' AND erase_at IS NULL
                    AND disabled_at IS NULL AND deleted_at IS NULL
                """
            ) { try $0.integer() }
        }
    }

    /// Makes Bob an administrator beside Ann, and both stay.
    private func promote(_ shared: SharedHome) async throws {
        let bob = shared.bobID
        try await shared.server.environment.database.write(.shared) {
            try $0.execute(
                "UPDATE person SET erase_at = NULL, disabled_at = NULL, deleted_at = NULL"
            )
            try $0.execute("UPDATE person SET system_role = 'admin' WHERE id = \(bob)")
            try $0.execute("DELETE FROM member WHERE person_id = \(bob) AND role <> 'owner'")
        }
        shared.settle()
    }

    @Test(arguments: Engine.present)
    func `of two administrators who want to be erased at once one stays`(
        engine: Engine
    ) async throws {
        try await SharedHome.with(engine) { shared in
            _ = try await shared.server.nobody.register("Eve")
            let bob = shared.bob.with(.household, nil)
            for _ in 0..<Self.rounds {
                try await promote(shared)

                let answers = try await both(
                    { try await shared.ann.call(.delete, "me") },
                    { try await bob.call(.delete, "me") }
                )

                #expect(answers == [200, 409])
                #expect(try await administrators(shared.server) == 1)
            }
        }
    }

    @Test(arguments: Engine.present)
    func `an administrator does not go while shutting out the other`(
        engine: Engine
    ) async throws {
        try await SharedHome.with(engine) { shared in
            _ = try await shared.server.nobody.register("Eve")
            let path = "admin/users/\(shared.bobID)"
            let changes: [(HTTPRequest.Method, JSONValue?)] = [
                (.patch, ["is_disabled": true]), (.patch, ["system_role": "user"]), (.delete, nil),
            ]
            for round in 0..<Self.rounds {
                try await promote(shared)
                let (method, body) = changes[round % changes.count]

                let answers = try await both(
                    { try await shared.ann.call(.delete, "me") },
                    { try await shared.ann.call(method, path, body) }
                )

                #expect(answers.contains(409), "\(answers)")
                #expect(try await administrators(shared.server) == 1)
            }
        }
    }

    @Test(arguments: Engine.present)
    func `a household that is handed over while its heir goes has one owner`(
        engine: Engine
    ) async throws {
        try await SharedHome.with(engine) { shared in
            let path = "household/members/\(shared.bobID)"
            let body: JSONValue = ["person_id": .string(shared.bobID.description)]

            _ = try await both(
                { try await shared.ann.call(.post, "household/ownership", body) },
                { try await shared.bob.call(.delete, path) }
            )

            let household = shared.household
            let owners = try await shared.home.number(
                "SELECT COUNT(*) FROM member WHERE household_id = \(household) AND role = 'owner'"
            )
            #expect(owners == 1)
        }
    }

    /// What is known of somebody may be older than the hand-over to them.
    @Test(arguments: Engine.present)
    func `whoever owns a household by the time they are erased leaves it an owner`(
        engine: Engine
    ) async throws {
        try await SharedHome.with(engine) { shared in
            let (bob, environment) = (shared.bobID, shared.server.environment)
            let before = try await environment.database.read(.shared) { transaction in
                let people = PersonStore(transaction)
                return try people.memberships(of: people.loadPerson(bob))
            }
            let known = try #require(before.first { $0.household == shared.household })
            let handed = try await shared.ann.call(
                .post,
                "household/ownership",
                ["person_id": .string(bob.description)]
            )
            #expect(handed.status == 204, "\(handed)")
            let now = shared.server.clock.now
            try await environment.database.write(.shared) {
                try $0.execute("UPDATE person SET erase_at = \(now) WHERE id = \(bob)")
            }

            try await Erasure(environment).leave(known)

            shared.settle()
            let members = try await shared.ann.get("household/members").data.elements
            #expect(members.map { $0["role"]?.text } == ["owner"])
        }
    }
}
