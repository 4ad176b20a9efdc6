@testable import Features
import HTTPTypes
import Ledger
import Storage
import Testing

/// What somebody did not see stays unseen when they go and come back.
@Suite struct RejoinTests {
    enum Way: CaseIterable, Sendable { case leaving, removed }

    private func go(_ way: Way, _ shared: SharedHome) async throws {
        let bob = "household/members/\(shared.bobID)"
        let caller = way == .leaving ? shared.bob : shared.ann
        let gone = try await caller.call(.delete, bob)
        #expect(gone.status == 204, "\(gone)")
        shared.settle()
    }

    private func comeBack(_ shared: SharedHome) async throws {
        let link = try await shared.ann.call(.post, "household/invitations", ["role": "editor"])
        let joined = try await shared.bob.call(.post, "invitations/accept", link.token)
        #expect(joined.status == 200, "\(joined)")
        shared.settle()
    }

    private func seen(_ shared: SharedHome) async throws -> [String?] {
        try await shared.bob.get("accounts").data.elements.map { $0["name"]?.text }
    }

    private func show(
        _ account: AccountID,
        _ shared: SharedHome,
        _ body: JSONValue
    ) async throws {
        let shown = try await shared.ann.call(.put, "accounts/\(account)/visibility", body)
        #expect(shown.status == 200, "\(shown)")
        shared.settle()
    }

    @Test(arguments: Engine.present, Way.allCases)
    func `what was hidden from somebody stays hidden when they come back`(
        engine: Engine,
        way: Way
    ) async throws {
        try await SharedHome.with(engine) { shared in
            _ = try await shared.makeAccount("Joint")
            let presents = try await shared.makeAccount("Presents")
            try await shared.hide(presents)

            // Twice: what was remembered once is remembered again.
            for _ in 0..<2 {
                try await go(way, shared)
                try await comeBack(shared)

                #expect(try await seen(shared) == ["Joint"])
                #expect(try await shared.bob.get("accounts/\(presents)").status == 404)
            }
            let told = try await shared.ann.get("accounts/\(presents)/visibility").data
            #expect(told["visibility"]?.text == "except")
            #expect(told["members"]?.elements.map(\.text) == [shared.bobID.description])
        }
    }

    @Test(arguments: Engine.present)
    func `what is said of an account meanwhile does not show it to who is away`(
        engine: Engine
    ) async throws {
        try await SharedHome.with(engine) { shared in
            let presents = try await shared.makeAccount("Presents")
            let only = try await shared.makeAccount("Only")
            let ann = JSONValue.string(shared.home.member.person.description)
            let link = try await shared.ann.call(.post, "household/invitations", ["role": "viewer"])
            let eve = try await shared.server.nobody.signUp("Eve", link)
            let eveID = try await eve.get("auth/me").data["user"]?["id"] ?? .null
            try await shared.hide(presents)
            try await show(only, shared, ["visibility": "only", "members": [ann]])
            try await go(.leaving, shared)

            // He cannot be named any more.
            try await show(presents, shared, ["visibility": "except", "members": [eveID]])
            try await show(only, shared, ["visibility": "except", "members": [eveID]])
            try await comeBack(shared)

            #expect(try await seen(shared) == [])
            let told = try await shared.ann.get("accounts/\(presents)/visibility").data
            #expect(told["members"]?.elements.count == 2)
        }
    }

    @Test(arguments: Engine.present)
    func `what is shown to everyone meanwhile is shown to who comes back`(
        engine: Engine
    ) async throws {
        try await SharedHome.with(engine) { shared in
            let presents = try await shared.makeAccount("Presents")
            try await shared.hide(presents)
            try await go(.leaving, shared)

            try await show(presents, shared, ["visibility": "all"])
            try await comeBack(shared)

            #expect(try await seen(shared) == ["Presents"])
        }
    }

    @Test(arguments: Engine.present)
    func `whoever is handed the household sees no more of it than before`(
        engine: Engine
    ) async throws {
        try await SharedHome.with(engine) { shared in
            let presents = try await shared.makeAccount("Presents")
            try await shared.hide(presents)

            let handed = try await shared.ann.call(
                .post,
                "household/ownership",
                ["person_id": .string(shared.bobID.description)]
            )
            shared.settle()

            #expect(handed.status == 204, "\(handed)")
            #expect(try await seen(shared) == [])
            // She may not go with it, and he cannot open it.
            let ann = "household/members/\(shared.home.member.person)"
            let leaving = try await shared.ann.call(.delete, ann)
            #expect(leaving.code == "household.private_accounts")
            let path = "accounts/\(presents)/visibility"
            let opened = try await shared.bob.call(.put, path, ["visibility": "all"])
            #expect(opened.status == 404)
        }
    }
}
