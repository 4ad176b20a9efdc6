package import Logging
package import NIOCore
import NIOPosix
import Synchronization

/// What a subscription brings.
package enum RESPEvent: Sendable, Equatable {
    /// From here on every message arrives. After a `lost` some may have been missed in between.
    case subscribed
    case message([UInt8])
    /// The connection is gone; it is being made again.
    case lost
}

/// Listens to channels on a connection of its own, and subscribes again whenever it was lost.
package final class RESPSubscriber: Sendable {
    /// A listener that lets so many messages wait is cut off: its stream ends.
    package static let waitingLimit = 1_024

    private struct State {
        var channels: [String: [UInt64: AsyncStream<RESPEvent>.Continuation]] = [:]
        var subscribed: Set<String> = []
        var next: UInt64 = 0
        var link: RESPLink?
    }

    private let state = Mutex(State())

    package init(
        _ configuration: RESPConfiguration,
        group: any EventLoopGroup = MultiThreadedEventLoopGroup.singleton,
        logger: Logger = Logger(label: "martlet.redis")
    ) {
        let link = RESPLink(configuration, group: group, logger: logger) { [weak self] message in
            self?.take(message)
        } onChange: { [weak self] isUp in
            if isUp { self?.subscribeAgain() } else { self?.tellLoss() }
        }
        state.withLock { $0.link = link }
    }

    private var link: RESPLink? { state.withLock(\.link) }

    package func start() {
        link?.start()
    }

    package var isUp: Bool { link?.isUp ?? false }

    package func close() async {
        let listeners = state.withLock { state in
            defer { state.channels = [:] }
            return state.channels.values.flatMap(\.values)
        }
        for listener in listeners { listener.finish() }
        await link?.close()
    }

    /// Listens to a channel until the stream is no longer held.
    package func subscribe(to channel: String) -> AsyncStream<RESPEvent> {
        let (stream, listener) = AsyncStream.makeStream(
            of: RESPEvent.self,
            bufferingPolicy: .bufferingOldest(Self.waitingLimit)
        )
        let (number, isSubscribed) = state.withLock { state in
            state.next += 1
            // Sent under the lock, so that one who comes and one who leaves are told apart.
            if state.channels[channel] == nil {
                state.link?.sendUnanswered(["SUBSCRIBE", channel])
            }
            state.channels[channel, default: [:]][state.next] = listener
            return (state.next, state.subscribed.contains(channel))
        }
        listener.onTermination = { [weak self] _ in self?.leave(channel, number) }
        if isSubscribed { listener.yield(.subscribed) }
        return stream
    }

    private func leave(_ channel: String, _ number: UInt64) {
        state.withLock { state in
            guard state.channels[channel]?.removeValue(forKey: number) != nil,
                state.channels[channel]?.isEmpty == true
            else { return }
            state.channels[channel] = nil
            state.subscribed.remove(channel)
            state.link?.sendUnanswered(["UNSUBSCRIBE", channel])
        }
    }

    private func subscribeAgain() {
        let channels = state.withLock { Array($0.channels.keys) }
        guard !channels.isEmpty else { return }
        link?.sendUnanswered(RESPCommand(["SUBSCRIBE"] + channels.sorted()))
    }

    private func tellLoss() {
        let listeners = state.withLock { state in
            state.subscribed = []
            return state.channels.values.flatMap(\.values)
        }
        for listener in listeners { Self.tell(listener, .lost) }
    }

    private func take(_ message: [RESPValue]) {
        guard message.count == 3, let kind = message[0].text, let channel = message[1].text else {
            return
        }
        let event: RESPEvent
        switch (kind, message[2]) {
        case ("message", .bytes(let bytes)): event = .message(bytes)
        case ("subscribe", _): event = .subscribed
        default: return
        }
        let listeners = state.withLock { state in
            if event == .subscribed { state.subscribed.insert(channel) }
            return state.channels[channel].map { Array($0.values) } ?? []
        }
        for listener in listeners { Self.tell(listener, event) }
    }

    private static func tell(
        _ listener: AsyncStream<RESPEvent>.Continuation,
        _ event: RESPEvent
    ) {
        if case .dropped = listener.yield(event) { listener.finish() }
    }
}
