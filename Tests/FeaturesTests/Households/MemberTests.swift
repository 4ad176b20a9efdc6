@testable import Features
import HTTPTypes
import Ledger
import Storage
import Testing

/// Who belongs to a household, and as what.
@Suite struct MemberTests {
    @Test(arguments: Engine.present)
    func `members are seen by each other`(engine: Engine) async throws {
        try await SharedHome.with(engine, role: .viewer) { shared in
            let seen = try await shared.bob.get("household/members").data.elements

            #expect(seen.map { $0["name"]?.text } == ["Ann", "Bob"])
            #expect(seen.map { $0["role"]?.text } == ["owner", "viewer"])
            #expect(seen.map { $0["is_you"] } == [.boolean(false), .boolean(true)])
            let stranger = try await server(shared).register("Eve")
            let theirs = try await stranger.with(.household, shared.household.description)
                .get("household/members")
            #expect(theirs.status == 404)
        }
    }

    private func server(_ shared: SharedHome) -> Caller { shared.server.nobody }

    /// Who may do what: each operation by each role.
    @Test(arguments: Engine.present, [HouseholdRole.editor, .viewer])
    func `only the owner decides who belongs`(engine: Engine, role: HouseholdRole) async throws {
        try await SharedHome.with(engine, role: role) { shared in
            let ann = shared.home.member.person.description
            let bob = shared.bobID.description
            let invitation = try await shared.ann.call(
                .post,
                "household/invitations",
                ["role": "viewer"]
            )
            let id = try #require(invitation.data["id"]?.text, "\(invitation)")
            let calls: [(HTTPRequest.Method, String, JSONValue?)] = [
                (.patch, "household", ["name": "Bob's now"]),
                (.patch, "household/members/\(ann)", ["role": "viewer"]),
                (.patch, "household/members/\(bob)", ["role": "editor"]),
                (.delete, "household/members/\(ann)", nil),
                (.post, "household/ownership", ["person_id": .string(bob)]),
                (.get, "household/invitations", nil),
                (.post, "household/invitations", ["role": "editor"]),
                (.delete, "household/invitations/\(id)", nil),
            ]
            let before = try await shared.ann.get("household/members").data

            for (method, path, body) in calls {
                let answer = try await shared.bob.call(method, path, body)
                #expect(answer.status == 403, "\(method) \(path): \(answer)")
                #expect(answer.code == "household.owner_only", "\(method) \(path)")
            }
            let after = try await shared.ann.get("household/members").data
            #expect(after == before)
            #expect(try await shared.ann.get("household/invitations").data.elements.count == 1)
        }
    }

    @Test(arguments: Engine.present)
    func `the owner gives roles and takes them`(engine: Engine) async throws {
        try await SharedHome.with(engine, role: .viewer) { shared in
            let bob = "household/members/\(shared.bobID)"
            let ann = "household/members/\(shared.home.member.person)"

            let raised = try await shared.ann.call(.patch, bob, ["role": "editor"])
            let wrote = try await shared.bob.call(
                .post,
                "accounts",
                ["name": "Bob's", "kind": "cash", "currency": "EUR"]
            )
            let lowered = try await shared.ann.call(.patch, bob, ["role": "viewer"])
            let refused = try await shared.bob.call(
                .post,
                "accounts",
                ["name": "More", "kind": "cash", "currency": "EUR"]
            )

            #expect(raised.data["role"]?.text == "editor" && wrote.status == 201)
            #expect(lowered.status == 200 && refused.status == 403)
            let own = try await shared.ann.call(.patch, ann, ["role": "viewer"])
            #expect(own.code == "household.owner_stays")
            let owner = try await shared.ann.call(.patch, bob, ["role": "owner"])
            #expect(owner.fields == ["role"])
            let nobody = try await shared.ann.call(
                .patch,
                "household/members/\(shared.household)",
                ["role": "viewer"]
            )
            #expect(nobody.status == 404)
        }
    }

    @Test(arguments: Engine.present)
    func `who is removed is out at once`(engine: Engine) async throws {
        try await SharedHome.with(engine) { shared in
            #expect(try await shared.bob.get("accounts").status == 200)

            let gone = try await shared.ann.call(.delete, "household/members/\(shared.bobID)")

            #expect(gone.status == 204)
            #expect(try await shared.bob.get("accounts").status == 404)
            let again = try await shared.ann.call(.delete, "household/members/\(shared.bobID)")
            #expect(again.status == 404)
            // What he has of his own stays his.
            let own = try await shared.bob.with(.household, nil).get("accounts")
            #expect(own.status == 200)
        }
    }

    @Test(arguments: Engine.present)
    func `nobody is left without a household`(engine: Engine) async throws {
        try await SharedHome.with(engine) { shared in
            let invited = try await shared.ann.call(
                .post,
                "household/invitations",
                ["role": "editor"]
            )
            let carol = try await shared.server.nobody.signUp("Carol", invited)
            let before = try await carol.get("households").data.elements
            let me = try await carol.get("auth/me").data["user"]?["id"]?.text ?? ""

            let left = try await carol.call(.delete, "household/members/\(me)")

            #expect(left.status == 204, "\(left)")
            let after = try await carol.get("households").data.elements
            #expect(before.map { $0["name"]?.text } == ["Ann’s household"])
            #expect(after.map { $0["name"]?.text } == ["Carol’s household"])
            #expect(after[0]["role"]?.text == "owner")
            #expect(try await carol.get("accounts").status == 200)
        }
    }

    @Test(arguments: Engine.present)
    func `ownership is handed over, and there is one owner`(engine: Engine) async throws {
        try await SharedHome.with(engine) { shared in
            let ann = shared.home.member.person
            let leaving = try await shared.ann.call(.delete, "household/members/\(ann)")
            #expect(leaving.code == "household.owner_stays")

            // Both at once: one of them is too late.
            let eve = try await shared.server.nobody.register("Eve")
            let link = try await shared.ann.call(
                .post,
                "household/invitations",
                ["role": "viewer"]
            )
            let joined = try await eve.call(.post, "invitations/accept", link.token)
            #expect(joined.status == 200, "\(joined)")
            let eveID = try await eve.get("auth/me").data["user"]?["id"]?.text ?? ""
            let heirs = [shared.bobID.description, eveID]
            let codes = try await withThrowingTaskGroup(of: Int.self) { group in
                for heir in heirs {
                    group.addTask {
                        try await shared.ann.call(
                            .post,
                            "household/ownership",
                            ["person_id": .string(heir)]
                        ).status
                    }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }

            #expect(codes.sorted() == [204, 403])
            let members = try await shared.ann.get("household/members").data.elements
            #expect(members.filter { $0["role"]?.text == "owner" }.count == 1)
            #expect(members[0]["role"]?.text == "editor")
            let away = try await shared.ann.call(.delete, "household/members/\(ann)")
            #expect(away.status == 204)
        }
    }

    @Test(arguments: Engine.present)
    func `ownership wants a fresh proof and a member`(engine: Engine) async throws {
        try await SharedHome.with(engine) { shared in
            let stranger = try await shared.ann.call(
                .post,
                "household/ownership",
                ["person_id": .string(shared.household.description)]
            )
            let herself = try await shared.ann.call(
                .post,
                "household/ownership",
                ["person_id": .string(shared.home.member.person.description)]
            )
            shared.server.clock.advance(seconds: 301)
            let late = try await shared.ann.call(
                .post,
                "household/ownership",
                ["person_id": .string(shared.bobID.description)]
            )

            #expect(stranger.status == 404)
            #expect(herself.code == "household.is_owner")
            #expect(late.code == "auth.proof_required")
        }
    }

    @Test(arguments: Engine.present)
    func `private accounts are not lost with their only member`(engine: Engine) async throws {
        try await SharedHome.with(engine) { shared in
            let his = try await shared.makeAccount("His alone", by: shared.bob)
            let only = try await shared.bob.call(
                .put,
                "accounts/\(his)/visibility",
                ["visibility": "only", "members": [.string(shared.bobID.description)]]
            )
            #expect(only.status == 200)
            shared.settle()
            let bob = "household/members/\(shared.bobID)"

            let leaving = try await shared.bob.call(.delete, bob)
            let removing = try await shared.ann.call(.delete, bob)
            let taking = try await shared.ann.call(.delete, "\(bob)?take_over=true")
            shared.settle()
            let hers = try await shared.ann.get("accounts")

            #expect(leaving.code == "household.private_accounts")
            #expect(leaving.error["details"]?["accounts"]?[0].text == his.description)
            #expect(removing.code == "household.private_accounts")
            #expect(!removing.text.contains("His alone") && !removing.text.contains("\(his)"))
            #expect(taking.status == 204)
            #expect(hers.data[0]["name"]?.text == "His alone")
            let now = try await shared.ann.get("accounts/\(his)/visibility").data
            #expect(now["visibility"]?.text == "only")
        }
    }

    @Test(arguments: Engine.present)
    func `what happens to members stands in the trail`(engine: Engine) async throws {
        try await SharedHome.with(engine) { shared in
            _ = try await shared.ann.call(
                .patch,
                "household/members/\(shared.bobID)",
                ["role": "viewer"]
            )
            _ = try await shared.ann.call(.patch, "household", ["name": "Home"])
            _ = try await shared.bob.call(.delete, "household/members/\(shared.bobID)")

            let trail = try await shared.ann.get("audit-logs").data.elements
            let told = trail.map { "\($0["entity"]?.text ?? "") \($0["action"]?.text ?? "")" }
            #expect(told.prefix(3) == ["member leave", "household update", "member update"])
        }
    }
}

extension Answer {
    /// The token of the link that was answered, as a body.
    var token: JSONValue {
        ["token": .string(data["link"]?.text?.split(separator: "=").last.map(String.init) ?? "")]
    }
}

extension Caller {
    /// Signs up with an invitation.
    func signUp(_ name: String, _ invitation: Answer) async throws -> Caller {
        let answer = try await call(
            .post,
            "auth/register",
            [
                "email": .string("\(name.lowercased())@example.org"),
                "password": .string(Self.password), "name": .string(name),
                "invitation": invitation.token["token"] ?? .null,
            ]
        )
        return with(token: try #require(answer.data["access_token"]?.text, "\(answer)"))
    }
}
