import NIOCore

/// A command on its way, and who waits for its answer; nil for one that is not answered in turn,
/// as a subscription is not.
struct RESPRequest: Sendable {
    let command: RESPCommand
    let answer: EventLoopPromise<RESPValue>?
}

/// Sends commands as they come and hands each answer to the one who asked, in order.
///
/// What is written within one turn of the loop leaves in one packet. A server that lets the
/// oldest command wait too long is left: the connection closes, and with it whatever waited.
final class RESPHandler: ChannelDuplexHandler {
    typealias InboundIn = RESPValue
    typealias OutboundIn = RESPRequest
    typealias OutboundOut = ByteBuffer

    private struct Pending {
        let answer: EventLoopPromise<RESPValue>
        let deadline: NIODeadline
    }

    private let timeout: TimeAmount
    private let heartbeat: TimeAmount
    private let pendingLimit: Int
    private let onPush: (@Sendable ([RESPValue]) -> Void)?
    private var pending = CircularBuffer<Pending>()
    private var outgoing = ByteBuffer()
    private var isFlushDue = false
    private var watch: Scheduled<Void>?
    private var heartbeats: RepeatedTask?
    private var hasLeft = false
    private var failure: RESPError = .unavailable("the connection was closed")

    /// - Parameter onPush: takes what the server says unasked; nil on a connection for commands
    ///   only.
    init(_ configuration: RESPConfiguration, onPush: (@Sendable ([RESPValue]) -> Void)?) {
        timeout = .milliseconds(configuration.commandTimeoutMilliseconds)
        heartbeat = .milliseconds(configuration.heartbeatMilliseconds)
        pendingLimit = configuration.pendingLimit
        self.onPush = onPush
    }

    // MARK: Commands

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        let request = unwrapOutboundIn(data)
        guard !hasLeft else {
            // The channel takes a moment to close, and an answer could not come any more.
            request.answer?.fail(failure)
            promise?.succeed()
            return
        }
        guard pending.count < pendingLimit else {
            request.answer?.fail(RESPError.unavailable("\(pendingLimit) commands wait already"))
            promise?.succeed()
            return
        }
        send(request, context)
        promise?.succeed()
    }

    private func send(_ request: RESPRequest, _ context: ChannelHandlerContext) {
        request.command.write(into: &outgoing)
        if let answer = request.answer {
            pending.append(Pending(answer: answer, deadline: .now() + timeout))
            watchOldest(context)
        }
        guard !isFlushDue else { return }
        isFlushDue = true
        let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        context.eventLoop.execute {
            let (handler, context) = bound.value
            handler.flushOutgoing(context)
        }
    }

    private func flushOutgoing(_ context: ChannelHandlerContext) {
        isFlushDue = false
        guard outgoing.readableBytes > 0 else { return }
        context.writeAndFlush(wrapOutboundOut(outgoing), promise: nil)
        // A new buffer, since the old one is still being sent.
        outgoing = context.channel.allocator.buffer(capacity: 1_024)
    }

    private func watchOldest(_ context: ChannelHandlerContext) {
        guard watch == nil, let oldest = pending.first else { return }
        let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        watch = context.eventLoop.scheduleTask(deadline: oldest.deadline) {
            let (handler, context) = bound.value
            handler.watch = nil
            if let oldest = handler.pending.first, oldest.deadline <= .now() {
                handler.leave(.timedOut, context)
            } else {
                handler.watchOldest(context)
            }
        }
    }

    // MARK: Answers

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let value = unwrapInboundIn(data)
        if let onPush, let message = Self.unasked(value) {
            onPush(message)
        } else if let oldest = pending.popFirst() {
            oldest.answer.succeed(value)
        } else {
            leave(.malformed("an answer that nobody asked for"), context)
        }
    }

    /// What a subscription brings: in version 2 of the protocol it is an array like any other.
    private static func unasked(_ value: RESPValue) -> [RESPValue]? {
        switch value {
        case .push(let elements): return elements
        case .array(let elements) where elements.count == 3:
            let kinds = ["message", "subscribe", "unsubscribe"]
            return elements[0].text.flatMap { kinds.contains($0) ? elements : nil }
        default: return nil
        }
    }

    // MARK: Life

    func channelActive(context: ChannelHandlerContext) {
        let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        heartbeats = context.eventLoop.scheduleRepeatedTask(
            initialDelay: heartbeat,
            delay: heartbeat
        ) { _ in
            let (handler, context) = bound.value
            guard handler.pending.isEmpty else { return }
            let answer = context.eventLoop.makePromise(of: RESPValue.self)
            handler.send(RESPRequest(command: ["PING"], answer: answer), context)
        }
        context.fireChannelActive()
    }

    func channelInactive(context: ChannelHandlerContext) {
        failAll()
        context.fireChannelInactive()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        leave(error as? RESPError ?? .unavailable("\(error)"), context)
    }

    private func leave(_ error: RESPError, _ context: ChannelHandlerContext) {
        failure = error
        failAll()
        context.close(promise: nil)
    }

    private func failAll() {
        hasLeft = true
        watch?.cancel()
        watch = nil
        heartbeats?.cancel()
        while let oldest = pending.popFirst() { oldest.answer.fail(failure) }
    }
}
