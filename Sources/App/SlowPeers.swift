import HTTPTypes
import NIOCore
import NIOHTTPTypes

/// Ends connections whose peer sends or reads so slowly that it only holds a place.
///
/// Hummingbird's own idle timer begins anew with every part of a body, so a peer that sends a byte
/// now and then would be waited for without end; and nothing times a peer that does not read its
/// answer.
final class SlowPeers: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = HTTPResponsePart

    /// How long any body may take to arrive.
    static let patience = TimeAmount.seconds(60)
    /// After that it has to have come at this speed.
    static let bytesPerSecond: Int64 = 4_096
    /// How long a peer may go on sending after it was answered already, and how much.
    static let lingering = TimeAmount.seconds(5)
    static let lingeringBytes = 16 << 20

    private var began = NIODeadline.now()
    private var received = 0
    private var isReading = false
    private var receivedAfterAnswer: Int?
    private var reading: Scheduled<Void>?
    private var writing: Scheduled<Void>?

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head): begin(head, context)
        case .body(let part): count(part.readableBytes, context)
        case .end: finish()
        }
        context.fireChannelRead(data)
    }

    func write(
        context: ChannelHandlerContext,
        data: NIOAny,
        promise: EventLoopPromise<Void>?
    ) {
        context.write(data, promise: promise)
        guard case .end = unwrapOutboundIn(data), isReading else { return }
        // The rest of the body is read only so that the answer is not lost with the connection.
        receivedAfterAnswer = 0
        watch(context, in: Self.lingering) { true }
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        writing?.cancel()
        writing = nil
        if !context.channel.isWritable {
            writing = context.eventLoop.assumeIsolated().scheduleTask(in: Self.patience) {
                context.close(promise: nil)
            }
        }
        context.fireChannelWritabilityChanged()
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        reading?.cancel()
        writing?.cancel()
    }

    private func begin(_ head: HTTPRequest, _ context: ChannelHandlerContext) {
        began = .now()
        received = 0
        isReading = true
        receivedAfterAnswer = nil
        watch(context, in: Self.patience) { [unowned self] in
            let seconds = (NIODeadline.now() - began).nanoseconds / 1_000_000_000
            return received < seconds * Self.bytesPerSecond
        }
        if head.headerFields[.expect]?.lowercased() == "100-continue" {
            let answer = HTTPResponsePart.head(HTTPResponse(status: .continue))
            context.writeAndFlush(wrapOutboundOut(answer), promise: nil)
        }
    }

    private func count(_ bytes: Int, _ context: ChannelHandlerContext) {
        received += bytes
        guard let late = receivedAfterAnswer else { return }
        receivedAfterAnswer = late + bytes
        if late + bytes > Self.lingeringBytes { context.close(promise: nil) }
    }

    private func finish() {
        isReading = false
        receivedAfterAnswer = nil
        reading?.cancel()
        reading = nil
    }

    /// Closes the connection when it is then too slow; otherwise looks again later.
    private func watch(
        _ context: ChannelHandlerContext,
        in time: TimeAmount,
        _ isTooSlow: @escaping () -> Bool
    ) {
        reading?.cancel()
        reading = context.eventLoop.assumeIsolated().scheduleTask(in: time) { [unowned self] in
            guard isReading else { return }
            if isTooSlow() {
                context.close(promise: nil)
            } else {
                watch(context, in: .seconds(10), isTooSlow)
            }
        }
    }
}
