import Logging
import NIOCore
import NIOPosix
import NIOSSL
import Synchronization

/// A connection that is made again whenever it is lost.
///
/// While it is down every command fails at once, so that nobody waits for a server that is gone.
final class RESPLink: Sendable {
    private struct State {
        var channel: (any Channel)?
        var task: Task<Void, Never>?
        var lastFailure = "not connected yet"
        var connections: Int64 = 0
    }

    let configuration: RESPConfiguration
    private let group: any EventLoopGroup
    private let logger: Logger
    private let onPush: (@Sendable ([RESPValue]) -> Void)?
    private let onChange: @Sendable (_ isUp: Bool) -> Void
    private let state = Mutex(State())

    /// - Parameter onChange: called with true before the first command can be sent over a new
    ///   connection, and with false after it was lost.
    init(
        _ configuration: RESPConfiguration,
        group: any EventLoopGroup,
        logger: Logger,
        onPush: (@Sendable ([RESPValue]) -> Void)? = nil,
        onChange: @escaping @Sendable (_ isUp: Bool) -> Void = { _ in }
    ) {
        self.configuration = configuration
        self.group = group
        self.logger = logger
        self.onPush = onPush
        self.onChange = onChange
    }

    var isUp: Bool { state.withLock { $0.channel != nil } }
    var lastFailure: String { state.withLock(\.lastFailure) }
    /// How many connections were made since the start.
    var connections: Int64 { state.withLock(\.connections) }

    func start() {
        state.withLock { state in
            if state.task == nil { state.task = Task { await self.run() } }
        }
    }

    func close() async {
        let task = state.withLock(\.task)
        task?.cancel()
        await task?.value
    }

    // MARK: Commands

    func send(_ command: RESPCommand) async throws -> RESPValue {
        let channel = try channel()
        let answer = channel.eventLoop.makePromise(of: RESPValue.self)
        write(RESPRequest(command: command, answer: answer), to: channel)
        return try await answer.futureResult.get()
    }

    /// Sends several at once and waits for all of the answers.
    func send(_ commands: [RESPCommand]) async throws -> [RESPValue] {
        let channel = try channel()
        let answers = commands.map { command in
            let answer = channel.eventLoop.makePromise(of: RESPValue.self)
            write(RESPRequest(command: command, answer: answer), to: channel)
            return answer.futureResult
        }
        return try await EventLoopFuture.whenAllSucceed(answers, on: channel.eventLoop).get()
    }

    /// Sends a command that is not answered in turn; does nothing while the connection is down.
    func sendUnanswered(_ command: RESPCommand) {
        guard let channel = state.withLock(\.channel) else { return }
        channel.write(RESPRequest(command: command, answer: nil), promise: nil)
    }

    private func channel() throws(RESPError) -> any Channel {
        let (channel, failure) = state.withLock { ($0.channel, $0.lastFailure) }
        guard let channel else { throw .unavailable(failure) }
        return channel
    }

    private func write(_ request: RESPRequest, to channel: any Channel) {
        let sent = channel.eventLoop.makePromise(of: Void.self)
        // A channel that has closed no longer has our handler to fail it.
        sent.futureResult.whenFailure { error in
            request.answer?.fail(RESPError.unavailable("\(error)"))
        }
        channel.write(request, promise: sent)
    }
}

// MARK: Life of a connection

extension RESPLink {
    private static let firstPauseMilliseconds: Int64 = 20

    private func run() async {
        var pause = Self.firstPauseMilliseconds
        while !Task.isCancelled {
            do {
                let channel = try await open()
                do {
                    try await greet(channel)
                    pause = Self.firstPauseMilliseconds
                    await hold(channel)
                } catch {
                    channel.close(promise: nil)
                    throw error
                }
            } catch {
                note("\(error)")
            }
            let milliseconds = Int64.random(in: pause / 2...pause)
            // Cancelled means closed, which the loop looks at.
            try? await Task.sleep(for: .milliseconds(milliseconds))
            pause = min(pause * 2, configuration.longestPauseMilliseconds)
        }
    }

    private func note(_ failure: String) {
        let isNew = state.withLock { state in
            defer { state.lastFailure = failure }
            return state.lastFailure != failure
        }
        if isNew { logger.warning("Redis cannot be reached", metadata: ["reason": "\(failure)"]) }
    }

    private func open() async throws -> any Channel {
        let security = try tls()
        let (configuration, onPush) = (configuration, onPush)
        let bootstrap = ClientBootstrap(group: group)
            .connectTimeout(.milliseconds(configuration.connectTimeoutMilliseconds))
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    let pipeline = channel.pipeline.syncOperations
                    if let security { try pipeline.addHandler(security.makeHandler()) }
                    try pipeline.addHandlers([
                        ByteToMessageHandler(
                            RESPFrameDecoder(limits: configuration.limits),
                            maximumBufferSize: configuration.limits.bulkBytes * 2
                        ),
                        RESPHandler(configuration, onPush: onPush),
                    ])
                }
            }
        switch configuration.address {
        case .host(let host, let port):
            return try await bootstrap.connect(host: host, port: port).get()
        case .socket(let path):
            return try await bootstrap.connect(unixDomainSocketPath: path).get()
        }
    }

    private struct Security: Sendable {
        let context: NIOSSLContext
        let host: String?

        func makeHandler() throws -> NIOSSLClientHandler {
            try NIOSSLClientHandler(context: context, serverHostname: host)
        }
    }

    private func tls() throws -> Security? {
        guard configuration.isEncrypted, case .host(let host, _) = configuration.address else {
            return nil
        }
        var settings = TLSConfiguration.makeClientConfiguration()
        if let file = configuration.certificateFile { settings.trustRoots = .file(file) }
        // The name is for servers that have one; a numeric address is checked against the
        // certificate without.
        let isNumeric = (try? SocketAddress(ipAddress: host, port: 0)) != nil
        return Security(
            context: try NIOSSLContext(configuration: settings),
            host: isNumeric ? nil : host
        )
    }

    /// Signs in and asks for a sign of life: a server that is loading or paused is not up.
    private func greet(_ channel: any Channel) async throws {
        var commands: [RESPCommand] = []
        if let password = configuration.password {
            commands.append(
                RESPCommand(["AUTH"] + [configuration.user, password].compactMap(\.self))
            )
        }
        if configuration.databaseNumber != 0 {
            commands.append(["SELECT", String(configuration.databaseNumber)])
        }
        commands.append(["PING"])
        for command in commands {
            let answer = channel.eventLoop.makePromise(of: RESPValue.self)
            write(RESPRequest(command: command, answer: answer), to: channel)
            if case .error(let reason) = try await answer.futureResult.get() {
                throw RESPError.refused(reason)
            }
        }
    }

    /// Lets the connection be used until it is lost or the link is closed.
    private func hold(_ channel: any Channel) async {
        state.withLock { state in
            state.channel = channel
            state.connections += 1
        }
        logger.info("connected to Redis", metadata: ["server": "\(configuration)"])
        onChange(true)
        await withTaskCancellationHandler {
            // How it closed does not matter here: those who waited have been told.
            try? await channel.closeFuture.get()
        } onCancel: {
            channel.close(promise: nil)
        }
        state.withLock { $0.channel = nil }
        onChange(false)
        note(Task.isCancelled ? "closed" : "the connection was lost")
    }
}
