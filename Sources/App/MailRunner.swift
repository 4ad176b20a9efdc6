import Features
import Logging
import ServiceLifecycle

/// Sends letters as long as the server runs: at once when one is put in the queue here, and by looking now and then for
/// those that other nodes left and those whose next try has come.
struct MailRunner: Service {
    let delivery: MailDelivery
    let signal: MailSignal
    let logger: Logger

    /// The longest time between two looks.
    private static let beat = Duration.seconds(30)

    func run() async throws {
        let clock = Task { await tick() }
        for await _ in signal.raised.cancelOnGracefulShutdown() {
            await cancelWhenGracefulShutdown(work)
        }
        clock.cancel()
    }

    private func tick() async {
        repeat {
            signal.raise()
        } while await Rest.takes(await pause())
    }

    private func pause() async -> Duration {
        do {
            guard let seconds = try await delivery.secondsToNext() else { return Self.beat }
            return min(.seconds(max(seconds, 1)), Self.beat)
        } catch {
            return Self.beat  // The look that follows tells of it.
        }
    }

    private func work() async {
        do {
            try await delivery.run()
        } catch is CancellationError {
            // The rest is for the next start.
        } catch {
            logger.error("mail could not be looked through: \(error)")
        }
    }
}
