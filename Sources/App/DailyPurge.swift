import Features
import Logging
import ServiceLifecycle

/// Removes for good what was deleted long ago, erases who asked for it, moves old entries of the trails into files and
/// writes down how far the trails have got: soon after the start, and then once a day.
struct DailyPurge: Service {
    let purge: Purge
    let erasure: Erasure
    let touching: TrailTouching
    let archiving: TrailArchiving
    /// Writes down the heads of the trails.
    let exportHeads: @Sendable () async throws -> Int
    let logger: Logger

    /// - Units: seconds. Chance keeps nodes that start together from working together.
    private static let firstPause = 30...300
    /// - Units: seconds; a day, an hour more or less.
    private static let pause = 82_800...90_000

    func run() async throws {
        var seconds = Self.firstPause
        while await Rest.takes(.seconds(Int.random(in: seconds))) {
            await cancelWhenGracefulShutdown(work)
            await cancelWhenGracefulShutdown(keepTrails)
            seconds = Self.pause
        }
    }

    private func keepTrails() async {
        do {
            let touched = try await touching.run()
            logger.debug("wrote down what entries speak of", metadata: ["entries": "\(touched)"])
            let moved = try await archiving.run()
            if moved > 0 {
                logger.info("moved old entries of trails", metadata: ["entries": "\(moved)"])
            }
            let heads = try await exportHeads()
            logger.debug("wrote down heads of trails", metadata: ["heads": "\(heads)"])
        } catch is CancellationError {
            // The rest is for the next run.
        } catch {
            logger.error("the trails could not be archived: \(error)")
        }
    }

    private func work() async {
        await removeDeleted()
        await erasePeople()
    }

    private func erasePeople() async {
        do {
            let count = try await erasure.run()
            if count > 0 {
                logger.info("erased who asked for it", metadata: ["people": "\(count)"])
            }
        } catch is CancellationError {
            // The rest is for the next run.
        } catch {
            logger.error("people could not be erased: \(error)")
        }
    }

    private func removeDeleted() async {
        do {
            let report = try await purge.run()
            guard !report.isEmpty else { return logger.debug("there was nothing to purge") }
            logger.info("purged what was deleted long ago", metadata: report.figures)
        } catch is CancellationError {
            // The rest is for the next run.
        } catch {
            logger.error("the purge failed: \(error)")
        }
    }
}

extension PurgeReport {
    fileprivate var figures: Logger.Metadata {
        [
            "transactions": "\(transactions)", "nodes": "\(nodes)", "files": "\(files)",
            "keys": "\(keys)", "sessions": "\(sessions)", "letters": "\(letters)",
            "tokens": "\(tokens)", "failed_households": "\(failures)",
        ]
    }
}
