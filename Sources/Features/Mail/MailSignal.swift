/// Tells whoever sends mail on this node that a letter may have been put in the queue, so that it need not wait
/// for the next look.
package final class MailSignal: Sendable {
    private let continuation: AsyncStream<Void>.Continuation

    /// One for all letters since it was last looked at.
    package let raised: AsyncStream<Void>

    package init() {
        (raised, continuation) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    package func raise() { continuation.yield() }
}
