import Synchronization

/// Tells whoever works on this node that there may be work, so that it need not wait for the next look.
package final class JobSignal: Sendable {
    private typealias Listener = (kind: String, continuation: AsyncStream<Void>.Continuation)

    private let listeners = Mutex<[Listener]>([])

    /// One for all work since it was last looked at.
    package func raised(for kind: String) -> AsyncStream<Void> {
        let (stream, continuation) = AsyncStream.makeStream(
            of: Void.self,
            bufferingPolicy: .bufferingNewest(1)
        )
        listeners.withLock { $0.append((kind, continuation)) }
        return stream
    }

    package func raise(_ kind: String) {
        for listener in listeners.withLock(\.self) where listener.kind == kind {
            listener.continuation.yield()
        }
    }
}
