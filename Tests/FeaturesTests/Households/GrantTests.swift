@testable import Features
import HTTPTypes
import Ledger
import Storage
import Testing

@Suite struct GrantTests {
    private static func give(
        _ owner: Caller,
        to email: String,
        hours: Int = 2
    ) async throws -> Answer {
        try await owner.call(
            .post,
            "household/grants",
            ["email": .string(email), "hours": .number(String(hours)), "reason": "A wrong sum"]
        )
    }

    @Test(arguments: Engine.present)
    func `an administrator sees nothing of a household without a grant, and with it until it ends`(
        engine: Engine
    ) async throws {
        try await Staff.with(engine) { staff in
            let ann = try await staff.join("Ann")
            let household = try await staff.household(of: ann)
            let looking = staff.admin.with(.household, household)
            #expect(try await looking.get("accounts").status == 404)

            let grant = try await Self.give(ann, to: "ada@example.org")
            #expect(grant.status == 201, "\(grant)")
            staff.server.clock.advance(seconds: 1)

            #expect(try await looking.get("accounts").status == 200)
            #expect(try await looking.get("transactions").status == 200)
            #expect(try await looking.call(.post, "accounts", [:]).status == 403)
            // Their own household is still where they are without being asked.
            #expect(try await staff.household(of: staff.admin) != household)
            let list = try await ann.get("household/grants")
            #expect(list.data[0]["person"]?["name"] == "Ada")
            #expect(list.data[0]["reason"] == "A wrong sum")

            staff.server.clock.advance(seconds: 2 * 3_600)
            let again = try await staff.signIn("Ada").with(.household, household)
            #expect(try await again.get("accounts").status == 404)
            let owner = try await staff.signIn("Ann")
            #expect(try await owner.get("household/grants").data.elements.isEmpty)
            try await staff.expectWholeTrails()
        }
    }

    @Test(arguments: Engine.present)
    func `each hour's first look is in the household's trail`(engine: Engine) async throws {
        try await Staff.with(engine) { staff in
            let ann = try await staff.join("Ann")
            let household = try await staff.household(of: ann)
            _ = try await Self.give(ann, to: "ada@example.org", hours: 3)
            staff.server.clock.advance(seconds: 1)
            let looking = staff.admin.with(.household, household)
            for _ in 0..<3 { _ = try await looking.get("accounts") }
            let soon = try await ann.get("audit-logs?entity=grant")
            staff.server.clock.advance(seconds: GrantTrail.pauseSeconds)
            let again = try await staff.signIn("Ada").with(.household, household)
            _ = try await again.get("transactions")
            let owner = try await staff.signIn("Ann")
            let later = try await owner.get("audit-logs?entity=grant")

            #expect(soon.data.elements.map { $0["action"] } == ["look", "create"])
            #expect(soon.data[0]["actor_name"] == "Ada")
            #expect(soon.data[0]["after"]?["route"] == "GET accounts")
            #expect(later.data.elements.map { $0["action"] } == ["look", "look", "create"])
            #expect(later.data[0]["after"]?["route"] == "GET transactions")
        }
    }

    @Test(arguments: Engine.present)
    func `whoever was let in is told where, and until when`(engine: Engine) async throws {
        try await Staff.with(engine) { staff in
            let ann = try await staff.join("Ann")
            let none = try await staff.admin.get("auth/me").data["grants"]
            let until = staff.server.clock.now.adding(seconds: 2 * 3_600)
            _ = try await Self.give(ann, to: "ada@example.org")

            let told = try await staff.admin.get("auth/me").data["grants"]
            let hers = try await ann.get("auth/me").data["grants"]
            staff.server.clock.advance(seconds: 2 * 3_600)
            let after = try await staff.signIn("Ada").get("auth/me").data["grants"]

            #expect(none == [])
            let household = told?[0]["household"]
            let annsOwn = try await staff.household(of: staff.signIn("Ann"))
            #expect(told?.elements.count == 1)
            #expect(household?["id"]?.text == annsOwn)
            #expect(household?["name"] == "Ann’s household" && household?["role"] == "viewer")
            #expect(told?[0]["expires_at"]?.text == until.rfc3339)
            #expect(hers == [])
            #expect(after == [])
        }
    }

    @Test(arguments: Engine.present)
    func `the owner ends it, and within a second it has ended`(engine: Engine) async throws {
        try await Staff.with(engine) { staff in
            let ann = try await staff.join("Ann")
            let looking = staff.admin.with(.household, try await staff.household(of: ann))
            let grant = try await Self.give(ann, to: "ada@example.org")
            let id = try #require(grant.data["id"]?.text)
            staff.server.clock.advance(seconds: 1)
            #expect(try await looking.get("accounts").status == 200)

            #expect(try await ann.call(.delete, "household/grants/\(id)").status == 204)
            staff.server.clock.advance(seconds: 1)

            #expect(try await looking.get("accounts").status == 404)
            #expect(try await ann.call(.delete, "household/grants/\(id)").status == 404)
        }
    }

    @Test(arguments: Engine.present)
    func `who no longer works on the server looks no longer`(engine: Engine) async throws {
        try await Staff.with(engine) { staff in
            let ann = try await staff.join("Ann")
            let household = try await staff.household(of: ann)
            let sue = try await staff.join("Sue", as: .support)
            _ = try await Self.give(ann, to: "sue@example.org")
            staff.server.clock.advance(seconds: 1)
            #expect(try await sue.with(.household, household).get("accounts").status == 200)

            let id = try await staff.id(of: sue)
            try await staff.admin.call(.patch, "admin/users/\(id)", ["system_role": "user"])

            let again = try await staff.signIn("Sue").with(.household, household)
            #expect(try await again.get("accounts").status == 404)
        }
    }

    @Test(arguments: Engine.present)
    func `only who works on the server is given one, by an owner who has just shown who they are`(
        engine: Engine
    ) async throws {
        try await Staff.with(engine) { staff in
            let ann = try await staff.join("Ann")
            _ = try await staff.join("Bob")
            _ = try await staff.join("Sue", as: .support)
            let nobody = try await Self.give(ann, to: "nobody@example.org")
            let user = try await Self.give(ann, to: "bob@example.org")

            #expect(nobody.status == 422 && nobody.error == user.error)
            #expect(try await Self.give(ann, to: "sue@example.org", hours: 73).status == 422)
            #expect(try await Self.give(ann, to: "sue@example.org", hours: 0).status == 422)
            #expect(try await Self.give(ann, to: "sue@example.org", hours: 72).status == 201)
            #expect(try await Self.give(ann, to: "ann@example.org").status == 422)
            staff.server.clock.advance(seconds: IncomingCall.proofSeconds + 1)
            let stale = try await Self.give(ann, to: "sue@example.org")
            #expect(stale.status == 403 && stale.code == "auth.proof_required")
        }
    }
}
