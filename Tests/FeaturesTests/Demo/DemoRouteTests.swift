import HTTPTypes
import Testing

@testable import Features

@Suite struct DemoRouteTests {
    @Test func `nobody gets no demo data`() async throws {
        try await withServer { server in
            let answer = try await server.nobody.call(.post, "demo", [:])

            #expect(answer.status == 401)
        }
    }

    @Test(arguments: Engine.present)
    func `a member fills their own household, once, and no other`(engine: Engine) async throws {
        try await withServer(engine) { server in
            let ann = try await server.nobody.register("Ann")
            let bob = try await server.nobody.register("Bob")

            let first = try await ann.call(.post, "demo", ["transactions": 120])
            let second = try await ann.call(.post, "demo", ["transactions": 120])

            #expect(first.status == 200)
            #expect(first.data["transactions"] == 120)
            #expect(second.status == 409)
            #expect(second.code == "demo.not_empty")
            let others = try await bob.get("transactions")
            #expect(others.data.elements.isEmpty)
        }
    }

    @Test func `more than one write may hold is refused`() async throws {
        try await withServer { server in
            let ann = try await server.nobody.register("Ann")

            let answer = try await ann.call(.post, "demo", ["transactions": 20_001])

            #expect(answer.status == 422)
            #expect(answer.fields == ["transactions"])
        }
    }
}
