import HTTPTypes
import Storage
import Testing

@testable import Features

@Suite struct PageTests {
    @Test(arguments: ["privacy", "terms"])
    func `a page comes with the program, and anyone may read it`(kind: String) async throws {
        try await withServer { server in
            let page = try await server.nobody.get("pages/\(kind)")

            #expect(page.status == 200 && page.data["kind"]?.text == kind)
            #expect(page.data["version"] == 1 && page.data["updated_at"] == .null)
            #expect(page.data["text"]?.text?.contains("private installation") == true)
            #expect(try await server.nobody.get("pages/imprint").status == 404)
        }
    }

    @Test(arguments: Engine.present)
    func `whoever may change the settings writes pages anew, and nobody else`(
        engine: Engine
    ) async throws {
        try await withServer(engine) { server in
            let ann = try await server.nobody.register("Ann")
            let bob = try await server.nobody.register("Bob")
            let text: JSONValue = ["title": "Our terms", "text": "# Be kind\n\n<script>"]

            let refused = try await bob.call(.put, "admin/pages/terms", text)
            let first = try await ann.call(.put, "admin/pages/terms", text)
            let second = try await ann.call(.put, "admin/pages/terms", text)

            #expect(refused.status == 403)
            #expect(first.data["version"] == 2 && second.data["version"] == 3)
            let page = try await server.nobody.get("pages/terms")
            #expect(page.data["title"] == "Our terms")
            #expect(page.data["text"] == "# Be kind\n\n<script>")
            #expect(try await server.nobody.get("pages/privacy").data["version"] == 1)
            #expect(try await server.trail(of: nil).contains("page_change success"))
        }
    }

    @Test func `a page has a title and a text of bounded length`() async throws {
        try await withServer { server in
            let ann = try await server.nobody.register("Ann")

            let empty = try await ann.call(.put, "admin/pages/terms", [:])
            let long = try await ann.call(
                .put,
                "admin/pages/terms",
                ["title": "T", "text": .string(String(repeating: "x", count: 100_001))]
            )
            let most = try await ann.call(
                .put,
                "admin/pages/terms",
                ["title": "T", "text": .string(String(repeating: "x", count: 100_000))]
            )

            #expect(empty.status == 422 && empty.fields == ["title", "text"])
            #expect(long.fields == ["text"] && most.status == 200)
        }
    }

    @Test(arguments: Engine.present)
    func `what one agreed to is kept once, with the time`(engine: Engine) async throws {
        try await withServer(engine) { server in
            let ann = try await server.nobody.register("Ann")
            let bob = try await server.nobody.register("Bob")

            let first = try await ann.call(.post, "me/consents", ["kind": "terms", "version": 1])
            server.clock.advance(seconds: 60)
            try await ann.call(.post, "me/consents", ["kind": "terms", "version": 1])
            let unknown = try await ann.call(.post, "me/consents", ["kind": "terms", "version": 2])

            let list = try await ann.get("me/consents")
            #expect(first.status == 201)
            #expect(list.data.elements.count == 1)
            #expect(list.data[0]["accepted_at"] == first.data["accepted_at"])
            #expect(unknown.status == 422 && unknown.fields == ["version"])
            #expect(try await bob.get("me/consents").data.elements.isEmpty)
            #expect(try await server.nobody.get("me/consents").status == 401)
        }
    }

    @Test(arguments: Engine.present)
    func `who signs up agrees to what they were shown`(engine: Engine) async throws {
        try await withServer(engine) { server in
            func signUp(_ name: String, _ version: JSONValue) async throws -> Answer {
                try await server.nobody.call(
                    .post,
                    "auth/register",
                    [
                        "email": .string("\(name)@example.org"), "name": .string(name),
                        "password": .string(Caller.password), "terms_version": version,
                        "privacy_version": version,
                    ]
                )
            }

            let future = try await signUp("ann", 2)
            #expect(future.status == 422 && future.fields == ["privacy_version"])
            let ann = try await signUp("ann", 1)
            let bob = try await signUp("bob", nil)

            let annToken = try #require(ann.data["access_token"]?.text, "\(ann)")
            let list = try await server.nobody.with(token: annToken).get("me/consents")
            #expect(
                list.data.elements.compactMap { $0["kind"]?.text } == ["privacy", "terms"]
            )
            #expect(try await server.trail(of: "ann@example.org").contains("consent success"))
            let bobToken = try #require(bob.data["access_token"]?.text)
            let none = try await server.nobody.with(token: bobToken).get("me/consents")
            #expect(none.data.elements.isEmpty)
        }
    }
}
