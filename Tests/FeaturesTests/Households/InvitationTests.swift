@testable import Features
import HTTPTypes
import Ledger
import Storage
import Testing

/// Being asked into a household.
@Suite struct InvitationTests {
    private func invite(
        _ shared: SharedHome,
        _ email: String? = nil,
        as role: String = "editor"
    ) async throws -> Answer {
        let answer = try await shared.ann.call(
            .post,
            "household/invitations",
            ["email": email.map(JSONValue.string) ?? .null, "role": .string(role)]
        )
        #expect(answer.status == 201, "\(answer)")
        return answer
    }

    @Test(arguments: Engine.present)
    func `a link opens the household once`(engine: Engine) async throws {
        try await SharedHome.with(engine) { shared in
            let invitation = try await invite(shared, as: "viewer")
            let eve = try await shared.server.nobody.register("Eve")
            let look = try await shared.server.nobody.call(
                .post,
                "invitations/look",
                invitation.token
            )

            let first = try await eve.call(.post, "invitations/accept", invitation.token)
            let again = try await eve.call(.post, "invitations/accept", invitation.token)

            #expect(look.data["household_name"]?.text == "Ann’s household")
            #expect(look.data["invited_by"]?.text == "Ann" && look.data["email"] == .null)
            #expect(first.status == 200 && first.data["role"]?.text == "viewer")
            #expect(first.data["is_default"] == .boolean(false))
            #expect(again.code == "invitation.not_found")
            let seen = try await eve.with(.household, shared.household.description).get("accounts")
            #expect(seen.status == 200)
            #expect(try await shared.ann.get("household/invitations").data.elements.isEmpty)
        }
    }

    @Test(arguments: Engine.present)
    func `of many who accept at once one gets in`(engine: Engine) async throws {
        try await SharedHome.with(engine) { shared in
            let invitation = try await invite(shared)
            var callers: [Caller] = []
            for number in 0..<4 {
                callers.append(try await shared.server.nobody.register("Eve\(number)"))
            }

            let statuses = try await withThrowingTaskGroup(of: Int.self) { group in
                for caller in callers {
                    group.addTask {
                        try await caller.call(.post, "invitations/accept", invitation.token).status
                    }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }

            #expect(statuses.sorted() == [200, 404, 404, 404])
            #expect(try await shared.ann.get("household/members").data.elements.count == 3)
        }
    }

    @Test(arguments: Engine.present)
    func `an invitation to an address is for whoever has proved that it is theirs`(
        engine: Engine
    ) async throws {
        try await SharedHome.with(engine) { shared in
            let invitation = try await invite(shared, "Eve@example.org")
            let letters = try await shared.server.mailbox.letters(to: "Eve@example.org")
            #expect(letters.compactMap(\.link) == [invitation.data["link"]?.text])
            let mallory = try await shared.server.nobody.register("Mallory")
            let eve = try await shared.server.nobody.register("Eve")

            let other = try await mallory.call(.post, "invitations/accept", invitation.token)
            let early = try await eve.call(.post, "invitations/accept", invitation.token)
            let proof = try await shared.server.mailbox.token(to: "eve@example.org")
            let proved = try await shared.server.nobody.call(
                .post,
                "auth/verify-email",
                ["token": .string(proof)]
            )
            let accepted = try await eve.call(.post, "invitations/accept", invitation.token)

            #expect(other.code == "invitation.for_another")
            #expect(early.code == "invitation.verify_first")
            #expect(proved.status == 204 && accepted.status == 200)
        }
    }

    @Test(arguments: Engine.present)
    func `a letter is in the language of whoever is known to have the address`(
        engine: Engine
    ) async throws {
        try await SharedHome.with(engine) { shared in
            let mailbox = shared.server.mailbox
            func locales(_ address: String) async throws -> [String] {
                try await mailbox.addressed(to: address).compactMap {
                    if case .invitation = $0.letter { $0.locale } else { nil }
                }
            }
            let eve = try await shared.server.nobody.register("Eve")
            _ = try await eve.call(.patch, "auth/me", ["locale": "de"])

            _ = try await invite(shared, "eve@example.org")
            let unproved = try await locales("eve@example.org")
            let links = try await mailbox.letters(to: "eve@example.org").compactMap {
                if case .verifyEmail(_, let link) = $0 { link } else { nil }
            }
            let link = try #require(links.last?.split(separator: "=").last.map(String.init))
            let token: JSONValue = ["token": .string(link)]
            let verified = try await shared.server.nobody.call(.post, "auth/verify-email", token)
            #expect(verified.status == 204, "\(verified)")
            _ = try await invite(shared, "Eve@example.org")
            _ = try await invite(shared, "nobody@example.org")

            #expect(unproved == ["en"])
            #expect(
                try await locales("eve@example.org") + locales("Eve@example.org") == ["en", "de"]
            )
            #expect(try await locales("nobody@example.org") == ["en"])
        }
    }

    @Test(arguments: Engine.present)
    func `an invitation ends after seven days, or when it is withdrawn`(
        engine: Engine
    ) async throws {
        try await SharedHome.with(engine) { shared in
            let old = try await invite(shared)
            let withdrawn = try await invite(shared)
            let id = withdrawn.data["id"]?.text ?? ""
            let gone = try await shared.ann.call(.delete, "household/invitations/\(id)")
            let twice = try await shared.ann.call(.delete, "household/invitations/\(id)")
            #expect(gone.status == 204 && twice.status == 404)
            let nobody = shared.server.nobody

            #expect(try await nobody.call(.post, "invitations/look", old.token).status == 200)
            let late = try await nobody.call(.post, "invitations/look", withdrawn.token)
            #expect(late.code == "invitation.not_found")
            shared.server.clock.advance(seconds: InvitationStore.lifetimeSeconds)
            #expect(try await nobody.call(.post, "invitations/look", old.token).status == 404)
            for junk in ["x", "", String(repeating: "A", count: 43)] {
                let answer = try await nobody.call(
                    .post,
                    "invitations/look",
                    ["token": .string(junk)]
                )
                #expect(answer.status == 404 || junk.isEmpty && answer.status == 422)
            }
        }
    }

    @Test(arguments: Engine.present)
    func `of a link only a hash is kept`(engine: Engine) async throws {
        try await SharedHome.with(engine) { shared in
            let invitation = try await shared.ann.with(.idempotencyKey, "once").call(
                .post,
                "household/invitations",
                ["role": "editor"]
            )
            let token = try #require(invitation.token["token"]?.text)

            let hash = OpaqueToken(token)?.hash ?? []
            let kept = try await shared.home.number(
                "SELECT COUNT(*) FROM invitation WHERE token_hash = \(hash)"
            )
            let replies = try await shared.home.number("SELECT COUNT(*) FROM idempotency_key")
            #expect(kept == 1 && replies == 0)
            let list = try await shared.ann.get("household/invitations")
            let trail = try await shared.ann.get("audit-logs")
            #expect(!list.text.contains(token) && !trail.text.contains(token))
            #expect(!shared.server.options.log.all.contains { $0.contains(token) })
        }
    }

    @Test(arguments: Engine.present)
    func `a member is not invited again`(engine: Engine) async throws {
        try await SharedHome.with(engine) { shared in
            let known = try await shared.ann.call(
                .post,
                "household/invitations",
                ["email": "BOB@example.org", "role": "viewer"]
            )
            let link = try await invite(shared)
            let accepted = try await shared.bob.call(.post, "invitations/accept", link.token)
            let role = try await shared.ann.call(
                .post,
                "household/invitations",
                ["role": "owner"]
            )

            #expect(known.code == "household.already_member")
            #expect(accepted.code == "household.already_member")
            #expect(role.fields == ["role"])
            // It was not used up by that.
            let look = try await shared.server.nobody.call(.post, "invitations/look", link.token)
            #expect(look.status == 200)
        }
    }

    @Test(arguments: Engine.present)
    func `a household sends twenty letters an hour and a hundred a day`(
        engine: Engine
    ) async throws {
        try await SharedHome.with(engine) { shared in
            let server = shared.server
            func ask(_ caller: Caller, _ number: Int) async throws -> Answer {
                try await caller.call(
                    .post,
                    "household/invitations",
                    ["email": .string("guest\(number)@example.org"), "role": "viewer"]
                )
            }
            func ann() async throws -> Caller {
                server.nobody.with(
                    token: try await server.logIn().data["access_token"]?.text ?? ""
                )
            }
            for hour in 0..<5 {
                let caller = try await ann()
                for number in 0..<20 {
                    let answer = try await ask(caller, hour * 100 + number)
                    #expect(answer.status == 201, "\(answer)")
                }
                let over = try await ask(caller, 999)
                #expect(over.status == 429 && over.code == "invitation.too_many_letters")
                #expect(over.headers[.retryAfter] == "3600")
                // None stays open, and each was sent all the same.
                let now = server.clock.now
                try await server.environment.database.write(.shared) {
                    try $0.execute("UPDATE invitation SET withdrawn_at = \(now)")
                }
                #expect(try await ask(caller, 999).status == 429)
                server.clock.advance(seconds: 3_601)
            }

            let over = try await ask(try await ann(), 999)
            let wait = try #require(over.headers[.retryAfter].flatMap { Int64($0) })
            let link = try await ann().call(.post, "household/invitations", ["role": "viewer"])
            server.clock.advance(seconds: wait)
            let later = try await ask(try await ann(), 500)

            #expect(over.status == 429 && wait == 86_400 - 5 * 3_601)
            #expect(over.error["message"]?.text?.contains("100 a day") == true)
            #expect(link.status == 201, "a link is no letter")
            #expect(later.status == 201)
            #expect(try await server.mailbox.letters(to: "guest999@example.org").isEmpty)
        }
    }

    @Test(arguments: Engine.present)
    func `at most fifty invitations are open`(engine: Engine) async throws {
        try await SharedHome.with(engine) { shared in
            for _ in 0..<InvitationService.openLimit { _ = try await invite(shared) }

            let over = try await shared.ann.call(
                .post,
                "household/invitations",
                ["role": "editor"]
            )

            #expect(over.code == "household.too_many_invitations")
        }
    }
}

/// Signing up with an invitation.
@Suite struct InvitedSignUpTests {
    @Test(arguments: Engine.present)
    func `who signs up with an invitation joins that household`(engine: Engine) async throws {
        try await SharedHome.with(engine) { shared in
            let invitation = try await shared.ann.call(
                .post,
                "household/invitations",
                ["email": "carol@example.org", "role": "editor"]
            )
            func signUp(_ email: String, key: String? = nil) async throws -> Answer {
                try await shared.server.nobody.with(.idempotencyKey, key).call(
                    .post,
                    "auth/register",
                    [
                        "email": .string(email), "password": .string(Caller.password),
                        "name": "Carol", "invitation": invitation.token["token"] ?? .null,
                    ]
                )
            }

            let other = try await signUp("eve@example.org")
            let first = try await signUp("Carol@example.org", key: "a")
            let repeated = try await signUp("Carol@example.org", key: "a")
            let late = try await signUp("carol2@example.org")

            #expect(other.code == "invitation.for_another")
            #expect(first.status == 201, "\(first)")
            #expect(first.data["household"]?["id"]?.text == shared.household.description)
            #expect(first.data["household"]?["role"]?.text == "editor")
            #expect(repeated.status == 201, "\(repeated)")
            #expect(late.code == "invitation.not_found")
            let carol = shared.server.nobody.with(
                token: first.data["access_token"]?.text ?? ""
            )
            let homes = try await carol.get("households").data.elements
            #expect(homes.count == 1 && homes[0]["is_default"] == .boolean(true))
        }
    }
}

/// Several households of one person.
@Suite struct HouseholdTests {
    @Test(arguments: Engine.present)
    func `a person has several households and a default one`(engine: Engine) async throws {
        try await withServer(engine) { server in
            let ann = try await server.nobody.register("Ann")
            let made = try await ann.call(
                .post,
                "households",
                ["name": "Club", "currency": "USD", "week_start": "sunday"]
            )
            let id = try #require(made.data["id"]?.text, "\(made)")
            #expect(made.status == 201 && made.data["is_default"] == .boolean(false))
            let club = ann.with(.household, id)
            let categories = try await club.get("categories").data.elements
            #expect(!categories.isEmpty)

            let before = try await ann.call(
                .post,
                "accounts",
                ["name": "Home", "kind": "cash", "currency": "EUR"]
            )
            let chosen = try await ann.call(.post, "households/\(id)/default")
            let after = try await ann.get("accounts").data.elements
            let list = try await ann.get("households").data.elements

            #expect(before.status == 201 && chosen.status == 204 && after.isEmpty)
            #expect(list.map { $0["name"]?.text } == ["Club", "Ann’s household"])
            #expect(list.map { $0["is_default"] } == [.boolean(true), .boolean(false)])
            let bob = try await server.nobody.register("Bob")
            #expect(try await bob.call(.post, "households/\(id)/default").status == 404)
            #expect(try await bob.with(.household, id).get("accounts").status == 404)
            let wrong = try await ann.call(.post, "households", ["name": "", "currency": "XXXX"])
            #expect(Set(wrong.fields) == ["name", "currency"])
        }
    }

    @Test(arguments: Engine.present)
    func `the owner names a household and its week`(engine: Engine) async throws {
        try await SharedHome.with(engine) { shared in
            let changed = try await shared.ann.call(
                .patch,
                "household",
                ["name": "Home", "week_start": "saturday"]
            )
            let same = try await shared.ann.call(.patch, "household", ["name": "Home"])

            #expect(changed.data["name"]?.text == "Home")
            #expect(changed.data["week_start"]?.text == "saturday")
            #expect(same.data["version"] == changed.data["version"])
            let wrong = try await shared.ann.call(.patch, "household", ["week_start": "someday"])
            #expect(wrong.fields == ["week_start"])
        }
    }
}
