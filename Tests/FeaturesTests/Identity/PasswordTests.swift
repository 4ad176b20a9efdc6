@testable import Features
import HTTPTypes
import Storage
import Testing

@Suite struct PasswordTests {
    private static let cheap = PasswordHasher(cost: .init(memoryKiB: 8, passes: 1, lanes: 1))

    @Test(
        arguments: [
            "password1234", "Password1234", "iloveyou1234", "123456789012", "qwertyuiopas",
            "1q2w3e4r5t6y", "aaaaaaaaaaaa", "abcabcabcabc", "monkeymonkey", "!!dragon1999!",
            "abcdefghijkl", "Martlet2026!", "ｐａｓｓｗｏｒｄ１２３４", "1qaz2wsx3edc4rfv",
        ])
    func `what anyone would try first is refused`(password: String) {
        #expect(PasswordRules.isGuessable(password))
    }

    @Test func `every listed password is refused`() {
        #expect(MostUsedPasswords.long.count > 300 && MostUsedPasswords.words.count > 1_000)
        for password in MostUsedPasswords.long {
            #expect(PasswordRules.isGuessable(password.uppercased()), "\(password)")
        }
    }

    @Test(
        arguments: [
            "a long and private phrase 7", "correct horse battery staple", "x9$Kq2!vLw0p",
            "Пароль из многих слов", "七つの海を越えて行く船の歌声よ", "tgwtn-hello-Ruth-8831",
        ])
    func `a phrase of one's own is taken`(password: String) {
        #expect(!PasswordRules.isGuessable(password))
    }

    @Test func `accents count the same however they are typed`() async throws {
        let hash = try await Self.cheap.hash("caf\u{E9} au lait 2")

        #expect(try await Self.cheap.verify("cafe\u{301} au lait 2", against: hash))
    }

    @Test func `every character counts, also past the seventy-second byte`() async throws {
        let long = String(repeating: "0123456789", count: 100)
        let hash = try await Self.cheap.hash(long + "a")

        #expect(try await Self.cheap.verify(long + "a", against: hash))
        #expect(try await !Self.cheap.verify(long + "b", against: hash))
        #expect(try await !Self.cheap.verify(long, against: hash))
    }

    @Test func `nobody's hash has no password`() async throws {
        #expect(try await !Self.cheap.verify("", against: nil))
        #expect(try await !Self.cheap.verify(Caller.password, against: nil))
    }

    @Test func `a hash of another cost is made anew at the next sign-in`() async throws {
        let dearer = PasswordHasher(cost: .init(memoryKiB: 16, passes: 2, lanes: 1))
        let hash = try await Self.cheap.hash(Caller.password)

        #expect(dearer.isOutdated(hash) && !Self.cheap.isOutdated(hash))
        #expect(try await dearer.verify(Caller.password, against: hash))
    }

    /// Security bar A1: OWASP's floor is 19 456 KiB and two passes.
    @Test func `what is stored is Argon2id above the floor, under a salt of its own`() async throws
    {
        let usual = PasswordHasher()

        let first = try await usual.hash(Caller.password)
        let second = try await usual.hash(Caller.password)

        #expect(first.hasPrefix("$argon2id$v=19$m=65536,t=3,p=1$"))
        #expect(first != second)
        #expect(try await usual.verify(Caller.password, against: first))
    }

    @Test(arguments: Engine.present)
    func `signing in makes a cheap hash anew`(engine: Engine) async throws {
        var options = TestServerOptions()
        options.passwords = PasswordHasher(cost: .init(memoryKiB: 16, passes: 2, lanes: 1))
        let old = try await Self.cheap.hash(Caller.password)
        try await withServer(engine, options) { server in
            _ = try await server.nobody.register("Ann")
            try await server.environment.database.write(.shared) {
                try $0.execute("UPDATE person SET password_hash = \(old)")
            }
            let body: JSONValue = [
                "email": "ann@example.org", "password": .string(Caller.password),
            ]

            for _ in 0..<2 {
                #expect(try await server.nobody.call(.post, "auth/login", body).status == 200)
            }

            let stored = try await server.environment.database.read(.shared) {
                try $0.rows("SELECT password_hash FROM person") { try $0.text() }
            }
            #expect(stored.count == 1 && stored[0].hasPrefix("$argon2id$v=19$m=16,t=2,p=1$"))
        }
    }

    /// A check costs all costs that are stored, whoever it is for.
    @Test func `an unknown address costs what a hash of any cost costs`() async throws {
        let dearer = PasswordHasher(cost: .init(memoryKiB: 16, passes: 2, lanes: 1))
        let (old, new) = (
            try await Self.cheap.hash(Caller.password), try await dearer.hash(Caller.password)
        )
        let prefixes = [dearer.currentPrefix, Self.cheap.currentPrefix]
        func costs(_ hash: String?) -> [String] {
            dearer.looks(at: hash, among: prefixes).compactMap { PasswordHasher.prefix(of: $0) }
                .sorted()
        }

        #expect(costs(nil) == prefixes.sorted())
        #expect(costs(old) == costs(nil) && costs(new) == costs(nil))
        for hash in [old, new] {
            #expect(try await dearer.verify(Caller.password, against: hash, among: prefixes))
            #expect(try await !dearer.verify("another", against: hash, among: prefixes))
        }
        #expect(try await !dearer.verify(Caller.password, against: nil, among: prefixes))
    }

    @Test(arguments: Engine.present)
    func `an old cost is paid by everyone until the last who has it signs in`(
        engine: Engine
    ) async throws {
        let dearer = PasswordHasher(cost: .init(memoryKiB: 16, passes: 2, lanes: 1))
        let old = try await Self.cheap.hash(Caller.password)
        try await withServer(engine) { server in
            for name in ["Ann", "Bob"] { _ = try await server.nobody.register(name) }
            try await server.environment.database.write(.shared) {
                try $0.execute("UPDATE person SET password_hash = ''")
            }
            let costs = StoredCosts()
            func prefixes() async throws -> [String] {
                try await costs.prefixes(dearer, server.environment)
            }
            func store(_ hash: String) async throws {
                try await server.environment.database.write(.shared) {
                    try $0.execute(
                        """
                        UPDATE person SET password_hash = \(hash)
                        WHERE email = \("ann@example.org")
                        """
                    )
                }
            }
            let both = [dearer.currentPrefix, Self.cheap.currentPrefix]

            #expect(try await prefixes() == [dearer.currentPrefix], "nobody has a password")
            try await store(old)
            server.clock.advance(seconds: 601)
            #expect(try await prefixes() == both)
            try await store(try await dearer.hash(Caller.password))
            #expect(try await prefixes() == both, "it is not read for each sign-in")
            costs.forget()
            #expect(try await prefixes() == [dearer.currentPrefix])
        }
    }

    /// Security bars A4 and X16.
    @Test(arguments: [(11, 422), (12, 201), (128, 201), (1_024, 201), (1_025, 422)])
    func `a password has 12 to 1 024 characters`(count: Int, status: Int) async throws {
        let password = String((0..<count).map { Character(Unicode.Scalar(0x4E00 + $0 * 7 % 997)!) })
        try await withServer { server in
            let answer = try await server.nobody.call(
                .post,
                "auth/register",
                ["email": "ann@example.org", "password": .string(password), "name": "Ann"]
            )

            #expect(answer.status == status)
            if status == 201 {
                let cut: JSONValue = [
                    "email": "ann@example.org", "password": .string(String(password.dropLast())),
                ]
                #expect(try await server.nobody.call(.post, "auth/login", cut).status == 401)
            }
        }
    }
}
