import Features
import HTTPTypes
import Testing

@Suite struct SignInTests {
    @Test(arguments: Engine.present)
    func `someone signs up, signs in and is known`(engine: Engine) async throws {
        try await withServer(engine) { server in
            let ann = try await server.nobody.register("Ann")

            let me = try await ann.get("auth/me")

            #expect(me.status == 200)
            #expect(me.data["user"]?["email"] == "ann@example.org")
            #expect(me.data["household"]?["role"] == "owner")
            let signedIn = try await server.nobody.call(
                .post,
                "auth/login",
                ["email": "ANN@example.org", "password": .string(Caller.password)]
            )
            #expect(signedIn.status == 200)
            #expect(signedIn.data["refresh_token"]?.text?.isEmpty == false)
        }
    }
}
