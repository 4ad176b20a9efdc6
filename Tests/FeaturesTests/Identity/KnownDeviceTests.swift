import Crypto
@testable import Features
import HTTPTypes
import Ledger
import Storage
import Synchronization
import Testing

extension Caller {
    /// The same, on a device that Ann has signed in on.
    func withBadge() async throws -> Caller {
        let login = try await with(.martletClient, "browser").call(
            .post,
            "auth/login",
            ["email": "ann@example.org", "password": .string(Self.password)]
        )
        let badge = try #require(login.badge, "\(login)")
        return with(.cookie, badge)
    }
}

extension Answer {
    /// The badge that the browser is to keep, as it shows it.
    fileprivate var badge: String? {
        headers[values: .setCookie].first { $0.hasPrefix("martlet_device=") }
            .map { String($0.prefix { $0 != ";" }) }
    }
}

/// The badges of devices, and their lanes.
@Suite struct KnownDeviceTests {
    private func guess(_ caller: Caller, _ password: String = "a wrong one") async throws -> Int {
        try await login(caller, password).status
    }

    private func login(_ caller: Caller, _ password: String) async throws -> Answer {
        try await caller.with(.martletClient, "browser").call(
            .post,
            "auth/login",
            ["email": "ann@example.org", "password": .string(password)]
        )
    }

    private func person(_ caller: Caller, _ server: TestServer) async throws -> Person {
        let id = try #require(
            PersonID(try await caller.get("auth/me").data["user"]?["id"]?.text ?? "")
        )
        return try await server.environment.database.read(.shared) {
            try PersonStore($0).loadPerson(id)
        }
    }

    /// Locks the lane of strangers on the only network that there is.
    private func lockNetwork(_ server: TestServer) async throws {
        for _ in 0..<5 { #expect(try await guess(server.nobody) == 401) }
        #expect(try await guess(server.nobody, Caller.password) == 423)
    }

    @Test(arguments: Engine.present)
    func `a badge ends when its owner takes the account back`(engine: Engine) async throws {
        try await withServer(engine) { server in
            _ = try await server.nobody.register("Ann")
            let device = try await server.nobody.withBadge()
            try await lockNetwork(server)
            #expect(try await guess(device, Caller.password) == 200)

            let new = "another long phrase of words 8"
            let people = LocalPerson(server.environment, passwords: server.options.passwords)
            try await people.resetPassword(
                of: try #require(EmailAddress("ann@example.org")),
                to: new
            )

            #expect(try await guess(device, new) == 423, "it has no lane of its own any more")
            server.clock.advance(seconds: 901)
            let again = try await login(device, new)
            #expect(again.status == 200 && again.badge != nil, "it gets another badge")
        }
    }

    @Test(arguments: Engine.present)
    func `a badge ends with a link of a letter, and with signing out everywhere`(
        engine: Engine
    ) async throws {
        try await withServer(engine) { server in
            let ann = try await server.nobody.register("Ann")
            let first = try await server.nobody.withBadge()
            #expect(try await ann.call(.post, "auth/logout-all").status == 204)
            let second = try await server.nobody.withBadge()
            try await lockNetwork(server)
            #expect(try await guess(first, Caller.password) == 423)
            #expect(try await guess(second, Caller.password) == 200)

            try await server.nobody.call(
                .post,
                "auth/request-password-reset",
                ["email": "ann@example.org"]
            )
            let token = try await server.mailbox.token(to: "ann@example.org")
            let new = "another long phrase of words 8"
            let reset = try await server.nobody.call(
                .post,
                "auth/reset-password",
                ["token": .string(token), "new_password": .string(new)]
            )

            #expect(reset.status == 204)
            #expect(try await guess(second, new) == 423)
        }
    }

    @Test(arguments: Engine.present)
    func `all devices of an account have fifty guesses an hour together`(
        engine: Engine
    ) async throws {
        try await withServer(engine) { server in
            _ = try await server.nobody.register("Ann")
            var devices: [Caller] = []
            for _ in 0..<11 { devices.append(try await server.nobody.withBadge()) }

            for device in devices.prefix(10) {
                for _ in 0..<5 { #expect(try await guess(device) == 401) }
            }

            #expect(try await guess(devices[10], Caller.password) == 423)
            // Whoever shows no badge has their own lane, and so has the owner.
            #expect(try await guess(server.nobody, Caller.password) == 200)
            server.clock.advance(seconds: SignInGuard.allSeconds + 1)
            #expect(try await guess(devices[10], Caller.password) == 200)
        }
    }

    @Test(arguments: Engine.present)
    func `right passwords use up nothing of what devices have together`(
        engine: Engine
    ) async throws {
        try await withServer(engine) { server in
            _ = try await server.nobody.register("Ann")
            let device = try await server.nobody.withBadge()

            for _ in 0...SignInGuard.devicesLimit {
                #expect(try await guess(device, Caller.password) == 200)
            }
        }
    }

    @Test func `a badge that this server did not sign is none`() async throws {
        try await withServer { server in
            let other = KnownDevices(await AccessTokens(key: .init(size: .bits256)).keys)
            let own = KnownDevices(await AccessTokens(key: server.options.accessTokenKey).keys)
            let ann = try await person(try await server.nobody.register("Ann"), server)
            let badge = other.badge(nil, adding: ann) { TrailOwner.server.id }
            let text = other.text(of: badge)

            #expect(own.badge(in: text) == nil)
            #expect(other.badge(in: text) == badge)
            #expect(badge.isKnown(to: ann))
            #expect(other.badge(in: text.dropLast()) == nil)
            #expect(own.badge(in: "") == nil)
            let bytes = try #require(Base64URL.decode(text))
            for index in bytes.indices {
                var forged = bytes
                forged[index] ^= 1
                #expect(other.badge(in: Base64URL.encode(forged)) == nil)
            }
        }
    }

    @Test func `badges follow the keys that are in use`() async throws {
        try await withServer { server in
            let secrets = Mutex([SymmetricKey(size: .bits256)])
            let keys = try await AccessTokenKeys { secrets.withLock { $0 } }
            let devices = KnownDevices(keys)
            let ann = try await person(try await server.nobody.register("Ann"), server)
            let badge = devices.badge(nil, adding: ann) { TrailOwner.server.id }
            let old = devices.text(of: badge)

            secrets.withLock { $0 = [SymmetricKey(size: .bits256), $0[0]] }
            try await keys.reload()
            let shown = try #require(devices.badge(in: old))
            let new = devices.text(of: devices.badge(shown, adding: ann) { TrailOwner.server.id })
            secrets.withLock { $0 = [$0[0]] }
            try await keys.reload()

            #expect(!shown.isCurrent && shown != badge, "so that it is signed anew")
            #expect(devices.badge(in: new) == badge)
            #expect(devices.badge(in: old) == nil, "the key was retired")
        }
    }
}
