@testable import Features
import HTTPTypes
import Ledger
import Storage
import Testing

/// Taking back what was changed of who may do and see what.
@Suite struct UndoSharingTests {
    private func lastEntry(_ caller: Caller, _ query: String = "") async throws -> JSONValue {
        try await caller.get("audit-logs?limit=1\(query)").data[0]
    }

    private func undo(_ entry: JSONValue, by caller: Caller) async throws -> Answer {
        try await caller.call(.post, "audit-logs/\(entry["id"]?.text ?? "-")/undo")
    }

    private func setRole(_ role: String, _ shared: SharedHome) async throws {
        let path = "household/members/\(shared.bobID)"
        let answer = try await shared.ann.call(.patch, path, ["role": .string(role)])
        #expect(answer.status == 200, "\(answer)")
        shared.settle()
    }

    private func roles(_ shared: SharedHome) async throws -> [String?] {
        try await shared.ann.get("household/members").data.elements.map { $0["role"]?.text }
    }

    @Test(arguments: Engine.present)
    func `a role goes back, by the owner alone and with a fresh proof`(
        engine: Engine
    ) async throws {
        try await SharedHome.with(engine) { shared in
            try await setRole("viewer", shared)
            let entry = try await lastEntry(shared.ann)
            #expect(entry["can_undo"] == true && entry["entity"] == "member")
            #expect(try await lastEntry(shared.bob)["can_undo"] == false)

            let byViewer = try await undo(entry, by: shared.bob)
            let undone = try await undo(entry, by: shared.ann)
            shared.settle()
            let byEditor = try await undo(try await lastEntry(shared.ann), by: shared.bob)
            let twice = try await undo(entry, by: shared.ann)

            #expect(byViewer.status == 403 && byEditor.code == "household.owner_only")
            #expect(undone.status == 200 && undone.data["undoes"] == entry["id"], "\(undone)")
            #expect(try await roles(shared) == ["owner", "editor"])
            #expect(twice.code == "audit.cannot_undo")
            #expect(try await shared.bob.call(.post, "accounts", [:]).status == 422)

            try await setRole("viewer", shared)
            shared.server.clock.advance(seconds: 301)
            let late = try await undo(try await lastEntry(shared.ann), by: shared.ann)
            #expect(late.code == "auth.proof_required")
            #expect(try await roles(shared) == ["owner", "viewer"])
        }
    }

    @Test(arguments: Engine.present)
    func `a role that was changed since, or whose member went or owns, does not go back`(
        engine: Engine
    ) async throws {
        try await SharedHome.with(engine) { shared in
            try await setRole("viewer", shared)
            let first = try await lastEntry(shared.ann)
            try await setRole("editor", shared)
            let second = try await lastEntry(shared.ann)

            let changed = try await undo(first, by: shared.ann)
            let handed = try await shared.ann.call(
                .post,
                "household/ownership",
                ["person_id": .string(shared.bobID.description)]
            )
            shared.settle()
            let former = try await undo(second, by: shared.ann)
            let owner = try await undo(second, by: shared.bob)
            let handOver = try await lastEntry(shared.bob, "&action=hand_over")

            #expect(changed.code == "audit.cannot_undo")
            #expect(handed.status == 204, "\(handed)")
            #expect(former.code == "household.owner_only")
            #expect(owner.code == "audit.cannot_undo")
            #expect(handOver["action"] == "hand_over" && handOver["can_undo"] == false)
            #expect(try await roles(shared) == ["editor", "owner"])
        }
    }

    @Test(arguments: Engine.present)
    func `a household's name and week go back, by the owner alone`(engine: Engine) async throws {
        try await SharedHome.with(engine) { shared in
            func home() async throws -> [String?] {
                let card = try await shared.ann.get("auth/me").data["household"]
                return [card?["name"]?.text, card?["week_start"]?.text]
            }
            let before = try await home()
            let change: JSONValue = ["name": "Ours", "week_start": "saturday"]
            #expect(try await shared.ann.call(.patch, "household", change).status == 200)
            let entry = try await lastEntry(shared.ann)
            #expect(entry["can_undo"] == true && entry["entity"] == "household")
            #expect(try await lastEntry(shared.bob)["can_undo"] == false)

            let byEditor = try await undo(entry, by: shared.bob)
            let undone = try await undo(entry, by: shared.ann)
            let back = try await home()
            let redone = try await undo(undone.data, by: shared.ann)

            #expect(byEditor.code == "household.owner_only")
            #expect(undone.status == 200 && undone.data["undoes"] == entry["id"], "\(undone)")
            #expect(back == before)
            #expect(redone.status == 200, "\(redone)")
            #expect(try await home() == ["Ours", "saturday"])
            // What was changed again since stays.
            let other = try await shared.ann.call(.patch, "household", ["week_start": "sunday"])
            #expect(other.status == 200)
            #expect(try await undo(redone.data, by: shared.ann).code == "audit.cannot_undo")
            #expect(try await home() == ["Ours", "sunday"])
        }
    }

    @Test(arguments: Engine.present)
    func `who sees an account goes back`(engine: Engine) async throws {
        try await SharedHome.with(engine) { shared in
            let presents = try await shared.makeAccount("Presents")
            let his = try await shared.makeAccount("His", by: shared.bob)
            try await shared.hide(presents)
            let hidden = try await lastEntry(shared.ann)
            let path = "accounts/\(his)/visibility"
            let only: JSONValue = [
                "visibility": "only", "members": [.string(shared.bobID.description)],
            ]
            #expect(try await shared.bob.call(.put, path, only).status == 200)
            shared.settle()
            let kept = try await lastEntry(shared.bob)

            #expect(hidden["can_undo"] == true && kept["can_undo"] == true)
            // He does not see the account, so there is no such entry.
            #expect(try await undo(hidden, by: shared.bob).status == 404)
            #expect(try await undo(kept, by: shared.ann).status == 404)
            let back = try await undo(hidden, by: shared.ann)
            let own = try await undo(kept, by: shared.bob)
            shared.settle()

            #expect(back.status == 200 && own.status == 200, "\(back) \(own)")
            #expect(try await shared.bob.get("accounts").data.elements.count == 2)
            #expect(try await shared.ann.get("accounts").data.elements.count == 2)
            // It is an entry like any other, and goes forth again.
            let forth = try await undo(back.data, by: shared.ann)
            shared.settle()
            #expect(forth.status == 200, "\(forth)")
            #expect(try await shared.bob.get("accounts").data.elements.count == 1)
        }
    }

    @Test(arguments: Engine.present)
    func `whoever could not say who sees an account cannot take it back`(
        engine: Engine
    ) async throws {
        try await SharedHome.with(engine) { shared in
            let joint = try await shared.makeAccount("Joint")
            let link = try await shared.ann.call(.post, "household/invitations", ["role": "viewer"])
            let eve = try await shared.server.nobody.signUp("Eve", link)
            let eveID = try await eve.get("auth/me").data["user"]?["id"] ?? .null
            let path = "accounts/\(joint)/visibility"
            let except: JSONValue = ["visibility": "except", "members": [eveID]]
            #expect(try await shared.ann.call(.put, path, except).status == 200)
            shared.settle()
            let entry = try await lastEntry(shared.bob)

            let refused = try await undo(entry, by: shared.bob)
            _ = try await shared.ann.call(.put, path, ["visibility": "all"])
            shared.settle()
            let late = try await undo(entry, by: shared.ann)

            #expect(entry["action"] == "show" && entry["can_undo"] == false)
            #expect(refused.code == "audit.cannot_undo", "\(refused)")
            #expect(late.code == "audit.cannot_undo", "\(late)")
        }
    }

    @Test(arguments: Engine.present)
    func `an invitation that is taken back opens nothing`(engine: Engine) async throws {
        try await SharedHome.with(engine) { shared in
            let link = try await shared.ann.call(.post, "household/invitations", ["role": "viewer"])
            let entry = try await lastEntry(shared.ann)

            let byEditor = try await undo(entry, by: shared.bob)
            let undone = try await undo(entry, by: shared.ann)
            let eve = try await shared.server.nobody.register("Eve")
            let joined = try await eve.call(.post, "invitations/accept", link.token)
            let withdrawn = try await lastEntry(shared.ann)

            #expect(byEditor.code == "household.owner_only")
            #expect(undone.status == 200 && undone.data["action"] == "withdraw", "\(undone)")
            #expect(joined.status == 404)
            #expect(withdrawn["undoes"] == entry["id"] && withdrawn["can_undo"] == false)
            #expect(try await undo(withdrawn, by: shared.ann).code == "audit.cannot_undo")

            let used = try await shared.ann.call(.post, "household/invitations", ["role": "viewer"])
            let second = try await lastEntry(shared.ann)
            #expect(try await eve.call(.post, "invitations/accept", used.token).status == 200)
            #expect(try await undo(second, by: shared.ann).code == "audit.cannot_undo")
        }
    }

    @Test(arguments: Engine.present)
    func `a grant that is taken back lets nobody look`(engine: Engine) async throws {
        try await SharedHome.with(engine) { shared in
            let eve = try await shared.server.nobody.register("Eve")
            try await shared.server.environment.database.write(.shared) {
                try $0.execute(
                    "UPDATE person SET system_role = 'support' WHERE email_folded = 'eve@example.org'"
                )
            }
            let made = try await shared.ann.call(
                .post,
                "household/grants",
                ["email": "eve@example.org", "hours": 2, "reason": "A wrong sum"]
            )
            #expect(made.status == 201, "\(made)")
            let entry = try await lastEntry(shared.ann)
            shared.settle()
            let looking = eve.with(.household, shared.household.description)
            #expect(try await looking.get("accounts").status == 200)

            let byEditor = try await undo(entry, by: shared.bob)
            let undone = try await undo(entry, by: shared.ann)
            shared.settle()

            #expect(byEditor.code == "household.owner_only")
            #expect(undone.status == 200, "\(undone)")
            #expect(try await looking.get("accounts").status == 404)
            #expect(try await undo(undone.data, by: shared.ann).code == "audit.cannot_undo")
        }
    }

    @Test(arguments: Engine.present)
    func `who went is not brought back, and a token of a program takes nothing of this back`(
        engine: Engine
    ) async throws {
        try await SharedHome.with(engine) { shared in
            try await setRole("viewer", shared)
            let role = try await lastEntry(shared.ann)
            let made = try await shared.ann.call(
                .post,
                "tokens",
                ["name": "Script", "scopes": ["audit:write", "audit:read"]]
            )
            let bob = "household/members/\(shared.bobID)"
            #expect(try await shared.ann.call(.delete, bob).status == 204)
            let gone = try await lastEntry(shared.ann)
            let undone = try await undo(gone, by: shared.ann)
            let stale = try await undo(role, by: shared.ann)

            #expect(gone["can_undo"] == false)
            #expect(undone.code == "audit.cannot_undo")
            #expect(undone.error["message"]?.text == "Invite them again instead.")
            #expect(stale.code == "audit.cannot_undo")
            guard let token = made.data["token"]?.text else { return }
            let byToken = try await undo(role, by: shared.server.nobody.with(token: token))
            #expect(byToken.status == 403, "\(byToken)")
        }
    }
}
