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

    /// The signal comes before the change that it tells of is committed, so it is looked a few times.
    private static let looks: [Duration] = [.milliseconds(20), .milliseconds(300), .seconds(3)]

    func run() async throws {
        let clock = Task { await tick() }
        for await _ in signal.raised.cancelOnGracefulShutdown() {
            for pause in Self.looks {
                guard await rest(pause) else { break }
                if await cancelWhenGracefulShutdown(work) { break }
            }
        }
        clock.cancel()
    }

    private func tick() async {
        repeat {
            signal.raise()
        } while await rest(await pause())
    }

    private func pause() async -> Duration {
        do {
            guard let seconds = try await delivery.secondsToNext() else { return Self.beat }
            return min(.seconds(max(seconds, 1)), Self.beat)
        } catch {
            return Self.beat  // The look that follows tells of it.
        }
    }

    /// - Returns: false when the server stops.
    private func rest(_ pause: Duration) async -> Bool {
        do {
            try await cancelWhenGracefulShutdown { try await Task.sleep(for: pause) }
            return true
        } catch {
            return false
        }
    }

    /// - Returns: whether there was anything to send.
    private func work() async -> Bool {
        do {
            return try await delivery.run() > 0
        } catch is CancellationError {
            return true  // The rest is for the next start.
        } catch {
            logger.error("mail could not be looked through: \(error)")
            return false
        }
    }
}
