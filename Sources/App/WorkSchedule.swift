import Features
import Logging

/// A kind of work, and when it comes around.
typealias ScheduledWork = (work: RecurringWork, schedule: JobSchedule)

/// What the server does by itself, and when.
func recurringWork(_ workspace: Workspace) -> [ScheduledWork] {
    let environment = workspace.environment
    return planningWork(environment) + [noticeWork(workspace)] + tidyingWork(environment)
        + [trailWork(workspace)]
}

/// What goes for good.
private func tidyingWork(_ environment: ServerEnvironment) -> [ScheduledWork] {
    let logger = environment.logger
    return [
        daily("purge", "what was deleted long ago", hour: 2, minute: 15) {
            let report = try await Purge(environment).run()
            guard !report.isEmpty else { return }
            logger.info("purged what was deleted long ago", metadata: report.figures)
        },
        daily("erasure", "people who asked to be erased", hour: 2, minute: 45) {
            let count = try await Erasure(environment).run()
            guard count > 0 else { return }
            logger.info("erased who asked for it", metadata: ["people": "\(count)"])
        },
    ]
}

/// Bills, tasks and goals.
private func planningWork(_ environment: ServerEnvironment) -> [ScheduledWork] {
    let logger = environment.logger
    let bills = RecurringWork("bills") {
        let report = try await DueBills(environment).run()
        guard report.posted + report.failed > 0 else { return }
        logger.info(
            "booked what was due",
            metadata: ["posted": "\(report.posted)", "failed": "\(report.failed)"]
        )
    }
    return [
        // Somewhere a day begins each hour.
        (bills, JobSchedule("bills", about: "what is due", .every(3_600))),
        // What a change brings, the looks find at once; what time alone brings, this.
        daily("tasks", "where somebody has to act", hour: 4, minute: 15) {
            let report = try await TaskCauses(environment).run()
            guard report.opened + report.closed > 0 else { return }
            logger.info(
                "asked people to act",
                metadata: ["opened": "\(report.opened)", "closed": "\(report.closed)"]
            )
        },
        daily("goals", "what goals ask for by themselves", hour: 4, minute: 45) {
            let report = try await GoalEarmarking(environment).run()
            guard !report.isEmpty else { return }
            logger.info(
                "earmarked what goals ask for",
                metadata: [
                    "contributions": "\(report.contributions)",
                    "failed_households": "\(report.failures)",
                ]
            )
        },
    ]
}

private func noticeWork(_ workspace: Workspace) -> ScheduledWork {
    let environment = workspace.environment
    let work = RecurringWork("notices") {
        let told = try await NoticeLook(environment).run()
        if let failure = try BackupFailure.last(in: workspace.folder) {
            try await BackupAlarm(environment).raise(at: failure.moment, because: failure.reason)
        }
        let letters = try await NoticeLetters(environment).run()
        guard told + letters > 0 else { return }
        environment.logger.info(
            "told people what happened",
            metadata: ["notices": "\(told)", "letters": "\(letters)"]
        )
    }
    return (work, JobSchedule("notices", about: "what people are told", .every(900)))
}

private func trailWork(_ workspace: Workspace) -> ScheduledWork {
    let environment = workspace.environment
    let logger = environment.logger
    let folder = workspace.folder.auditArchive
    let archiving = TrailArchiving(
        environment,
        archive: TrailArchive(folder: folder),
        years: workspace.configuration.auditKeepYears
    )
    let topic = "old entries of the trails, and how far they have got"
    return daily("trails", topic, hour: 3, minute: 15) {
        let touched = try await TrailTouching(environment).run()
        logger.debug("wrote down what entries speak of", metadata: ["entries": "\(touched)"])
        let moved = try await archiving.run()
        if moved > 0 {
            logger.info("moved old entries of trails", metadata: ["entries": "\(moved)"])
        }
        let heads = try await TrailHeads(folder: folder).export(environment)
        logger.debug("wrote down heads of trails", metadata: ["heads": "\(heads)"])
    }
}

private func daily(
    _ kind: String,
    _ topic: String,
    hour: Int64,
    minute: Int64,
    _ work: @escaping @Sendable () async throws -> Void
) -> ScheduledWork {
    (
        RecurringWork(kind, work),
        JobSchedule(kind, about: topic, .daily(hour: hour, minute: minute))
    )
}

extension PurgeReport {
    fileprivate var figures: Logger.Metadata {
        [
            "transactions": "\(transactions)", "nodes": "\(nodes)", "budgets": "\(budgets)",
            "tasks": "\(tasks)", "bills": "\(bills)", "goals": "\(goals)",
            "contributions": "\(contributions)", "debts": "\(debts)", "files": "\(files)",
            "keys": "\(keys)", "sessions": "\(sessions)", "jobs": "\(jobs)",
            "tokens": "\(tokens)", "notices": "\(notices)", "failed_households": "\(failures)",
        ]
    }
}
