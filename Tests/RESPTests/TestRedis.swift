import Foundation
import Testing

@testable import RESP

/// The Redis that tests run on, named by `MARTLET_TEST_REDIS_URL`.
enum TestRedis {
    static let absence = "MARTLET_TEST_REDIS_URL names no Redis server"
    static let isPresent = configuration != nil

    static let configuration: RESPConfiguration? = {
        guard let url = ProcessInfo.processInfo.environment["MARTLET_TEST_REDIS_URL"], !url.isEmpty
        else { return nil }
        do {
            var configuration = try RESPConfiguration(url: url)
            configuration.commandTimeoutMilliseconds = 20_000
            return configuration
        } catch {
            fatalError("MARTLET_TEST_REDIS_URL: \(error)")
        }
    }()

    /// What the keys of one test begin with.
    static func prefix() -> String { "martlet-test:\(UInt64.random(in: 0 ... .max)):" }

    static func withClients(
        _ count: Int,
        _ body: ([RESPClient]) async throws -> Void
    ) async throws {
        let configuration = try #require(configuration)
        let clients = (0..<count).map { _ in
            RESPClient(configuration)
        }
        for client in clients {
            client.start()
            try #require(await client.untilUp(within: .seconds(20)))
        }
        let outcome: Result<Void, any Error>
        do { outcome = .success(try await body(clients)) } catch { outcome = .failure(error) }
        for client in clients { await client.close() }
        try outcome.get()
    }

    static func withClient(_ body: (RESPClient) async throws -> Void) async throws {
        try await withClients(1) { try await body($0[0]) }
    }
}

/// A Redis of a test's own, to be killed and frozen.
final class RedisProcess {
    private static let program = [
        "/usr/bin/redis-server", "/usr/local/bin/redis-server", "/opt/homebrew/bin/redis-server",
    ]
    .first { FileManager.default.isExecutableFile(atPath: $0) }

    struct Absent: Error {}

    private let folder: URL
    private let arguments: [String]
    private var process = Process()
    let configuration: RESPConfiguration

    init(_ arguments: [String] = []) throws {
        folder = URL(fileURLWithPath: "/tmp/martlet-redis-\(UInt32.random(in: 0 ... .max))")
        self.arguments = arguments
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        var configuration = try RESPConfiguration(url: "redis+unix://\(folder.path)/redis.sock")
        configuration.commandTimeoutMilliseconds = 20_000
        self.configuration = configuration
        try start()
    }

    func start() throws {
        guard let program = Self.program else { throw Absent() }
        process = Process()
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments =
            [
                "--port", "0", "--unixsocket", "\(folder.path)/redis.sock", "--save", "", "--dir",
                folder.path,
            ]
            + arguments
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
    }

    func kill() {
        signal(SIGKILL)
        process.waitUntilExit()
    }

    func freeze() { signal(SIGSTOP) }
    func thaw() { signal(SIGCONT) }

    private func signal(_ number: Int32) {
        #if canImport(Darwin)
            Darwin.kill(process.processIdentifier, number)
        #else
            Glibc.kill(process.processIdentifier, number)
        #endif
    }

    func remove() {
        kill()
        // A folder that stays behind under /tmp does no harm.
        try? FileManager.default.removeItem(at: folder)
    }
}
