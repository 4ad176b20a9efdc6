import Storage
import Synchronization
import Testing

@testable import Features

/// A mail server that says what a test wants it to.
final class ScriptedTransport: MailTransport {
    private let state = Mutex((failures: [MailFailure](), sent: [MailMessage](), tries: 0))

    let description = "a script"

    /// - Parameter failures: what the first letters meet, one each.
    init(_ failures: MailFailure...) {
        state.withLock { $0.failures = failures }
    }

    func send(_ message: MailMessage) throws(MailFailure) {
        let failure = state.withLock { state -> MailFailure? in
            state.tries += 1
            guard state.failures.isEmpty else { return state.failures.removeFirst() }
            state.sent.append(message)
            return nil
        }
        if let failure { throw failure }
    }

    var sent: [MailMessage] { state.withLock { $0.sent } }
    var tries: Int { state.withLock { $0.tries } }
}

@Suite struct MailJobTests {
    private static let link = "https://money.example.org/verify#token=secret-of-the-link"

    private func delivery(
        _ server: TestServer,
        _ transport: ScriptedTransport
    ) throws
        -> JobWorker
    {
        let sender = try #require(MailSender("Martlet <martlet@example.org>"))
        return JobWorker(
            server.environment,
            MailJob(server.environment, by: transport, from: sender)
        )
    }

    private func post(_ letter: Letter, _ server: TestServer, locale: String = "en") async throws {
        let environment = server.environment
        try await environment.database.write(.shared) {
            try MailQueue($0, environment).add(letter, to: "ann@example.org", locale: locale)
        }
    }

    private struct Row: Equatable {
        var attempts = 1
        var isSent = false
        var hasFailed = false
        var hasPayload = true
        var error: String?
    }

    private func rows(_ server: TestServer) async throws -> [Row] {
        try await server.environment.database.read(.shared) { transaction in
            try transaction.rows(
                """
                SELECT attempts, state = 'done', state = 'dead', payload IS NOT NULL, last_error
                FROM job WHERE kind = 'mail' ORDER BY id
                """
            ) { row in
                Row(
                    attempts: try row.int(),
                    isSent: try row.boolean(),
                    hasFailed: try row.boolean(),
                    hasPayload: try row.boolean(),
                    error: try row.textOrNil()
                )
            }
        }
    }

    @Test(arguments: Engine.present)
    func `a letter is sent once, and what was in it forgotten`(engine: Engine) async throws {
        try await withServer(engine) { server in
            let transport = ScriptedTransport()
            let delivery = try delivery(server, transport)
            try await post(.verifyEmail(name: "Ann", link: Self.link), server, locale: "de-CH")

            #expect(try await delivery.secondsToNext() == 0)
            #expect(try await delivery.run() == 1)
            #expect(try await delivery.run() == 0)

            let letter = try #require(transport.sent.first)
            #expect(transport.sent.count == 1 && letter.recipient.text == "ann@example.org")
            #expect(letter.subject == "Bestätige deine E-Mail-Adresse")
            #expect(letter.text.contains(Self.link) && letter.html.contains(Self.link))
            #expect(letter.id.hasSuffix("@example.org"))
            #expect(try await rows(server) == [Row(isSent: true, hasPayload: false)])
            #expect(try await delivery.secondsToNext() == nil)
            let log = server.options.log.all.joined(separator: "\n")
            #expect(log.contains("a letter was sent"))
            #expect(!log.contains("secret-of-the-link") && !log.contains("ann@example.org"))
        }
    }

    @Test(arguments: Engine.present)
    func `what waits is sealed`(engine: Engine) async throws {
        try await withServer(engine) { server in
            try await post(.verifyEmail(name: "Ann", link: Self.link), server)

            let payload = try await server.environment.database.read(.shared) {
                try $0.first("SELECT payload FROM job") { try $0.bytes() }
            }

            let text = String(decoding: payload ?? [], as: UTF8.self)
            #expect(payload?.isEmpty == false)
            #expect(!text.contains("secret-of-the-link") && !text.contains("ann@example.org"))
        }
    }

    @Test(arguments: Engine.present)
    func `a server that is away is asked again, ever more seldom`(engine: Engine) async throws {
        try await withServer(engine) { server in
            let away = MailFailure.later("Couldn't connect to server")
            let transport = ScriptedTransport(away, away)
            let delivery = try delivery(server, transport)
            try await post(.passwordChanged(name: "Ann"), server)

            #expect(try await delivery.run() == 1)
            #expect(try await delivery.secondsToNext() == 60)
            #expect(try await delivery.run() == 0)
            #expect(try await rows(server) == [Row(error: away.reason)])
            server.clock.advance(seconds: 60)
            #expect(try await delivery.run() == 1)
            #expect(try await delivery.secondsToNext() == 300)
            server.clock.advance(seconds: 300)
            #expect(try await delivery.run() == 1)

            #expect(transport.sent.count == 1 && transport.tries == 3)
            #expect(try await rows(server) == [Row(attempts: 3, isSent: true, hasPayload: false)])
        }
    }

    @Test(arguments: Engine.present)
    func `the pauses grow, and then stay as they are`(engine: Engine) async throws {
        let sender = try #require(MailSender("Martlet <martlet@example.org>"))
        let policy = try await withServer(engine) {
            MailJob($0.environment, by: ScriptedTransport(), from: sender).policy
        }

        let pauses = (1...7).map(policy.pauseSeconds)

        #expect(pauses == [60, 300, 1_800, 7_200, 43_200, 43_200, 43_200])
    }

    @Test(arguments: Engine.present)
    func `after three days a letter is given up`(engine: Engine) async throws {
        try await withServer(engine) { server in
            let transport = ScriptedTransport(
                .later("1"),
                .later("2"),
                .later("3"),
                .later("4"),
                .later("5"),
                .later("6"),
                .later("7"),
                .later("8"),
                .later("9"),
                .later("10"),
                .later("11")
            )
            let delivery = try delivery(server, transport)
            try await post(.passwordChanged(name: "Ann"), server)
            let start = server.clock.now

            while let pause = try await delivery.secondsToNext() {
                server.clock.advance(seconds: pause)
                _ = try await delivery.run()
            }

            #expect(server.clock.now < start.adding(seconds: 3 * 86_400))
            #expect(server.clock.now > start.adding(seconds: 2 * 86_400))
            let row = try #require(try await rows(server).first)
            #expect(row.hasFailed && row.hasPayload && !row.isSent)
        }
    }

    @Test(arguments: Engine.present)
    func `a letter that is refused for good is not tried again by itself`(
        engine: Engine
    ) async throws {
        try await withServer(engine) { server in
            let transport = ScriptedTransport(.refused("the server said 550"))
            let delivery = try delivery(server, transport)
            try await post(.passwordChanged(name: "Ann"), server)

            _ = try await delivery.run()

            #expect(try await delivery.secondsToNext() == nil)
            #expect(
                try await rows(server)
                    == [Row(hasFailed: true, error: "the server said 550")]
            )
        }
    }

    @Test(arguments: Engine.present)
    func `a link that has run out is not sent`(engine: Engine) async throws {
        try await withServer(engine) { server in
            let transport = ScriptedTransport(.later("busy"), .later("busy"), .later("busy"))
            let delivery = try delivery(server, transport)
            try await post(.resetPassword(name: "Ann", link: Self.link), server)
            try await post(.resetPassword(name: "Ann", link: Self.link), server)

            server.clock.advance(seconds: 1_801)
            _ = try await delivery.run()

            #expect(transport.tries == 0)
            #expect(
                try await rows(server).map(\.error) == ["its time was over", "its time was over"]
            )
        }
    }

    @Test(arguments: Engine.present)
    func `several nodes send each letter once`(engine: Engine) async throws {
        try await withServer(engine) { server in
            for _ in 0..<40 { try await post(.passwordChanged(name: "Ann"), server) }
            let transport = ScriptedTransport()
            let nodes = try (0..<3).map { _ in try delivery(server, transport) }

            try await withThrowingTaskGroup(of: Int.self) { group in
                for node in nodes { group.addTask { try await node.run() } }
                var tried = 0
                for try await count in group { tried += count }
                #expect(tried == 40)
            }

            #expect(Set(transport.sent.map(\.id)).count == 40 && transport.tries == 40)
        }
    }

    @Test(arguments: Engine.present)
    func `a letter whose sender died is sent by another, under the same name`(
        engine: Engine
    ) async throws {
        try await withServer(engine) { server in
            let transport = ScriptedTransport()
            let delivery = try delivery(server, transport)
            try await post(.passwordChanged(name: "Ann"), server)
            let now = server.clock.now
            let taken = try await server.environment.database.write(.shared) { transaction in
                let end = now.adding(seconds: JobPolicy.leaseSeconds)
                return try JobStore(transaction: transaction).take("mail", at: now, until: end)
            }

            #expect(try await delivery.run() == 0)
            server.clock.advance(seconds: JobPolicy.leaseSeconds)
            #expect(try await delivery.run() == 1)

            let id = try #require(taken?.id)
            #expect(transport.sent.map(\.id) == ["\(id)@example.org"])
        }
    }

    @Test(arguments: Engine.present)
    func `a month later nothing is left of a letter`(engine: Engine) async throws {
        try await withServer(engine) { server in
            let transport = ScriptedTransport(.refused("no"))
            let delivery = try delivery(server, transport)
            try await post(.passwordChanged(name: "Ann"), server)
            try await post(.passwordChanged(name: "Ann"), server)
            _ = try await delivery.run()
            try await post(.passwordChanged(name: "Ann"), server)

            let early = try await Purge(server.environment).run()
            server.clock.advance(seconds: 30 * 86_400 + 1)
            let late = try await Purge(server.environment).run()

            #expect(early.jobs == 0 && late.jobs == 2)
            #expect(try await rows(server) == [Row(attempts: 0)])
        }
    }

    @Test(arguments: Engine.present)
    func `a letter that cannot be opened holds up no other`(engine: Engine) async throws {
        try await withServer(engine) { server in
            let transport = ScriptedTransport()
            try await post(.passwordChanged(name: "Ann"), server)
            try await server.environment.database.write(.shared) {
                try $0.execute("UPDATE job SET payload = \([UInt8](repeating: 7, count: 64))")
            }
            try await post(.passwordChanged(name: "Ann"), server)

            #expect(try await delivery(server, transport).run() == 2)

            #expect(transport.sent.count == 1)
            #expect(try await rows(server).map(\.error) == ["it cannot be read", nil])
        }
    }
}
