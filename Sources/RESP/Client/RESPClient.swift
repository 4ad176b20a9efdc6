package import Logging
package import NIOCore
import NIOPosix
import Synchronization

/// A Redis client: one connection on which the commands of all tasks follow each other without
/// waiting for answers, so it needs no pool. Commands that block (`BLPOP`) would hold up all
/// others and are not for it.
package final class RESPClient: Sendable {
    private let link: RESPLink
    /// The server's names for scripts, by their text.
    private let scripts = Mutex<[String: String]>([:])

    package init(
        _ configuration: RESPConfiguration,
        group: any EventLoopGroup = MultiThreadedEventLoopGroup.singleton,
        logger: Logger = Logger(label: "martlet.redis"),
        onChange: @escaping @Sendable (_ isUp: Bool) -> Void = { _ in }
    ) {
        link = RESPLink(configuration, group: group, logger: logger, onChange: onChange)
    }

    /// Begins to connect, and to connect again whenever the connection is lost.
    package func start() {
        link.start()
    }

    package func close() async {
        await link.close()
    }

    package var isUp: Bool { link.isUp }

    /// Why there is no connection.
    package var lastFailure: String { link.lastFailure }

    /// How many connections were made since the start.
    package var connections: Int64 { link.connections }

    /// Waits until the server has answered, for a start that wants to know; false when it has not
    /// in time.
    package func untilUp(within limit: Duration) async -> Bool {
        let deadline = ContinuousClock.now + limit
        while !link.isUp, ContinuousClock.now < deadline, !Task.isCancelled {
            // Cancelled means that the answer is wanted now.
            try? await Task.sleep(for: .milliseconds(5))
        }
        return link.isUp
    }

    /// - Throws: `refused` for an error of the server's, `unavailable` or `timedOut` when there
    ///   is no answer.
    package func send(_ command: RESPCommand) async throws -> RESPValue {
        try Self.unwrap(await link.send(command))
    }

    /// Sends several at once. An error of the server's stands in its place among the answers.
    package func send(_ commands: [RESPCommand]) async throws -> [RESPValue] {
        try await link.send(commands)
    }

    package func ping() async throws {
        _ = try await send(["PING"])
    }

    /// Runs a script of Lua as one step. It travels once; after that only its name does.
    package func evaluate(
        _ script: String,
        keys: [String],
        arguments: [String]
    ) async throws -> RESPValue {
        let rest = [String(keys.count)] + keys + arguments
        if let name = scripts.withLock({ $0[script] }) {
            let answer = try await link.send(RESPCommand(["EVALSHA", name] + rest))
            if case .error(let reason) = answer, reason.hasPrefix("NOSCRIPT") {
                // The server was started anew or flushed; this teaches it the script again.
                return try Self.unwrap(await link.send(RESPCommand(["EVAL", script] + rest)))
            }
            return try Self.unwrap(answer)
        }
        let answers = try await link.send([
            ["SCRIPT", "LOAD", script], RESPCommand(["EVAL", script] + rest),
        ])
        if let name = answers[0].text { scripts.withLock { $0[script] = name } }
        return try Self.unwrap(answers[1])
    }

    private static func unwrap(_ value: RESPValue) throws(RESPError) -> RESPValue {
        if case .error(let reason) = value { throw .refused(reason) }
        return value
    }
}
