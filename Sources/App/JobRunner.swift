import Features
import Logging
import ServiceLifecycle

/// Does the server's own work as long as it runs: at once what is put in the queue here, and by looking now and then
/// what other nodes left, what is tried again and what comes around.
struct JobRunner: Service {
    let workers: [JobWorker]
    let schedules: JobSchedules
    let signal: JobSignal
    let logger: Logger

    /// The longest time between two looks.
    private static let beat = Duration.seconds(10)

    func run() async throws {
        await withDiscardingTaskGroup { group in
            for worker in workers {
                for _ in 0..<worker.lanes {
                    let raised = signal.raised(for: worker.kind)
                    group.addTask {
                        for await _ in raised.cancelOnGracefulShutdown() {
                            await cancelWhenGracefulShutdown { await work(worker) }
                        }
                    }
                }
            }
            group.addTask { await tick() }
        }
    }

    private func tick() async {
        repeat {
            do {
                try await schedules.putDue()
            } catch {
                logger.error("what comes around could not be put in the queue: \(error)")
            }
            for worker in workers { signal.raise(worker.kind) }
        } while await Rest.takes(await pause())
    }

    /// Until the next work is due that is known of; for half a second at least.
    private func pause() async -> Duration {
        var pause = Self.beat
        for worker in workers {
            // A look that fails now is made again with the work itself, which tells of it.
            guard let seconds = try? await worker.secondsToNext() else { continue }
            pause = min(pause, max(.seconds(seconds), .milliseconds(500)))
        }
        return pause
    }

    private func work(_ worker: JobWorker) async {
        do {
            try await worker.runLane()
        } catch is CancellationError {
            // The rest is for the next start.
        } catch {
            logger.error(
                "work could not be looked for: \(error)",
                metadata: ["kind": "\(worker.kind)"]
            )
        }
    }
}
