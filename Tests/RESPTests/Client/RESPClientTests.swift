import NIOCore
import TestSupport
import Testing

@testable import RESP

@Suite(.enabled(if: TestRedis.isPresent, Comment(rawValue: TestRedis.absence)))
struct RESPClientTests {
    @Test func `what is set is got`() async throws {
        let key = TestRedis.prefix()
        let bytes = [UInt8](0...255) + Array("\r\n$5\r\n".utf8)
        try await TestRedis.withClient { client in
            let stored = try await client.send(
                RESPCommand(arguments: [
                    Array("SET".utf8), Array(key.utf8), bytes, Array("PX".utf8),
                    Array("60000".utf8),
                ])
            )
            let read = try await client.send(["GET", key])
            let missing = try await client.send(["GET", key + "x"])

            #expect(stored == .status("OK"))
            #expect(read == .bytes(bytes))
            #expect(missing == .null)
        }
    }

    @Test func `an error of the server's is thrown in its own words`() async throws {
        try await TestRedis.withClient { client in
            await #expect(
                throws: RESPError.refused(
                    "ERR unknown command 'NOSUCH', with args beginning with: "
                )
            ) {
                try await client.send(["NOSUCH"])
            }
            try await client.ping()
        }
    }

    @Test func `answers of many tasks do not get mixed up`() async throws {
        try await TestRedis.withClient { client in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for task in 0..<20 {
                    group.addTask {
                        for number in 0..<200 {
                            let text = "\(task)/\(number)"
                            let answer = try await client.send(["ECHO", text])
                            #expect(answer.text == text)
                        }
                    }
                }
                try await group.waitForAll()
            }
            let numbers = (0..<5_000).map(String.init)
            let answers = try await client.send(numbers.map { ["ECHO", $0] })
            #expect(answers.compactMap(\.text) == numbers)
            #expect(client.connections == 1)
        }
    }

    @Test func `a large value comes whole`() async throws {
        let key = TestRedis.prefix()
        try await TestRedis.withClient { client in
            _ = try await client.send(["SETRANGE", key, "5000000", "end"])
            let value = try await client.send(["GET", key])
            _ = try await client.send(["DEL", key])

            guard case .bytes(let bytes) = value else {
                Issue.record("no bytes")
                return
            }
            #expect(bytes.count == 5_000_003)
        }
    }

    @Test func `a script that the server forgot is taught again`() async throws {
        let server = try RedisProcess()
        let client = RESPClient(server.configuration)
        client.start()
        #expect(await client.untilUp(within: .seconds(20)))
        let script = "return {KEYS[1], ARGV[1]}"

        for _ in 0..<3 {
            for _ in 0..<2 {
                let answer = try await client.evaluate(script, keys: ["k"], arguments: ["v"])
                #expect(answer.elements?.compactMap(\.text) == ["k", "v"])
            }
            _ = try await client.send(["SCRIPT", "FLUSH"])
        }
        await #expect(throws: RESPError.self) {
            try await client.evaluate("return nonsense(", keys: [], arguments: [])
        }

        await client.close()
        server.remove()
    }

    @Test func `a password and a database are used`() async throws {
        let server = try RedisProcess(["--requirepass", "open sesame"])
        let path = "\(server.configuration)".dropFirst("Redis at ".count)
        let right = RESPClient(
            try RESPConfiguration(url: "redis+unix://:open%20sesame@localhost\(path)?db=3")
        )
        right.start()
        #expect(await right.untilUp(within: .seconds(20)))
        let info = try await right.send(["CLIENT", "INFO"])
        #expect(info.text?.contains(" db=3 ") == true)

        let wrong = RESPClient(
            try RESPConfiguration(url: "redis+unix://:guess@localhost\(path)")
        )
        wrong.start()
        #expect(await !wrong.untilUp(within: .milliseconds(300)))
        #expect(wrong.lastFailure.contains("WRONGPASS"))
        #expect(!wrong.lastFailure.contains("guess"))
        let error = await #expect(throws: RESPError.self) { try await wrong.ping() }
        #expect(error == .unavailable(wrong.lastFailure))

        await right.close()
        await wrong.close()
        server.remove()
    }

    @Test func `a lost connection is made again`() async throws {
        let server = try RedisProcess()
        let client = RESPClient(server.configuration)
        client.start()
        #expect(await client.untilUp(within: .seconds(20)))

        for round in 2...4 {
            server.kill()
            await #expect(throws: RESPError.self) {
                while true { try await client.ping() }
            }
            try server.start()
            await eventually { client.connections >= round }
            try await client.ping()
        }

        await client.close()
        await #expect(throws: RESPError.unavailable("closed")) { try await client.ping() }
        server.remove()
    }

    @Test func `a silent server is left by heartbeat`() async throws {
        let server = try RedisProcess()
        var configuration = server.configuration
        configuration.commandTimeoutMilliseconds = 100
        configuration.heartbeatMilliseconds = 50
        let client = RESPClient(configuration)
        client.start()
        #expect(await client.untilUp(within: .seconds(20)))

        server.freeze()
        await eventually { !client.isUp }
        server.thaw()

        #expect(await client.untilUp(within: .seconds(20)))
        await client.close()
        server.remove()
    }

    @Test func `messages reach every listener, and a loss is told`() async throws {
        let server = try RedisProcess()
        let client = RESPClient(server.configuration)
        let subscriber = RESPSubscriber(server.configuration)
        client.start()
        subscriber.start()
        #expect(await client.untilUp(within: .seconds(20)))
        var one = subscriber.subscribe(to: "news").makeAsyncIterator()
        #expect(await one.next() == .subscribed)
        var two = subscriber.subscribe(to: "news").makeAsyncIterator()
        var other = subscriber.subscribe(to: "weather").makeAsyncIterator()
        #expect(await two.next() == .subscribed)
        #expect(await other.next() == .subscribed)

        _ = try await client.send(["PUBLISH", "news", "hello"])
        #expect(await one.next() == .message(Array("hello".utf8)))
        #expect(await two.next() == .message(Array("hello".utf8)))

        server.kill()
        #expect(await one.next() == .lost)
        #expect(await other.next() == .lost)
        try server.start()
        #expect(await one.next() == .subscribed)
        #expect(await other.next() == .subscribed)
        #expect(await client.untilUp(within: .seconds(20)))
        _ = try await client.send(["PUBLISH", "weather", "rain"])
        #expect(await other.next() == .message(Array("rain".utf8)))

        await subscriber.close()
        #expect(await other.next() == nil)
        await client.close()
        server.remove()
    }

    @Test func `a listener that goes away is unsubscribed`() async throws {
        let channel = TestRedis.prefix()
        try await TestRedis.withClient { client in
            let subscriber = RESPSubscriber(
                try #require(TestRedis.configuration)
            )
            subscriber.start()
            let listener = Task {
                for await event in subscriber.subscribe(to: channel) where event == .subscribed {
                    return
                }
            }
            await listener.value

            try await eventually {
                try await client.send(["PUBLISH", channel, "x"]) == .integer(0)
            }
            await subscriber.close()
        }
    }
}

struct RESPConfigurationTests {
    @Test(arguments: [
        ("redis://localhost", "Redis at localhost:6379", 0),
        ("redis://:secret@db.example:7000/4", "Redis at db.example:7000", 4),
        ("rediss://ada:secret@[::1]:7000?cacert=/ca.pem", "Redis at ::1:7000", 0),
        ("redis+unix:///run/redis.sock?db=2", "Redis at /run/redis.sock", 2),
    ])
    func `addresses are understood`(url: String, place: String, number: Int) throws {
        let configuration = try RESPConfiguration(url: url)
        var dumped = ""
        dump(configuration, to: &dumped)

        #expect("\(configuration)" == place)
        #expect(configuration.databaseNumber == number)
        #expect(!dumped.contains("secret"))
    }

    @Test(arguments: [
        "", "localhost", "http://a:topsecret@b", "redis://", "redis://:topsecret@host/x",
        "redis+unix://", "redis://h?topsecretx=1&y", "redis://a:topsecret@h:port",
    ])
    func `what is no address is refused without repeating it`(url: String) {
        let error = #expect(throws: RESPError.self) { try RESPConfiguration(url: url) }
        #expect(!"\(String(describing: error))".contains("topsecret@"))
    }
}
