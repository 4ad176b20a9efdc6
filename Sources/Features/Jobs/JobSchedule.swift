import Ledger
import Storage

/// When work of a kind comes around again by itself.
package struct JobSchedule: Sendable {
    package enum Rhythm: Sendable {
        /// - Units: seconds
        case every(Int64)
        /// In UTC: nobody's midnight is the server's.
        case daily(hour: Int64, minute: Int64)
    }

    let kind: String
    let topic: String
    let rhythm: Rhythm

    package init(_ kind: String, about topic: String, _ rhythm: Rhythm) {
        self.kind = kind
        self.topic = topic
        self.rhythm = rhythm
    }

    /// The first moment after `now` when it is to be done. What was missed meanwhile is done once.
    func next(after now: Instant) -> Instant {
        let (day, seconds): (Int64, Int64) = (86_400, Self.floor(now.microseconds, 1_000_000))
        switch rhythm {
        case .every(let period):
            return Instant(microseconds: (Self.floor(seconds, period) + 1) * period * 1_000_000)
        case .daily(let hour, let minute):
            let today = Self.floor(seconds, day) * day + hour * 3_600 + minute * 60
            return Instant(microseconds: (today > seconds ? today : today + day) * 1_000_000)
        }
    }

    private static func floor(_ value: Int64, _ divisor: Int64) -> Int64 {
        let quotient = value / divisor
        return value % divisor < 0 ? quotient - 1 : quotient
    }
}

/// Puts work in the queue when it comes around. Any number of nodes may do so: each turn is taken once.
package struct JobSchedules: Sendable {
    private let environment: ServerEnvironment
    private let schedules: [JobSchedule]

    /// How long after it is first known a schedule begins, so that a start is not slowed down.
    ///
    /// - Units: seconds
    static let firstPause: Int64 = 60

    package init(_ environment: ServerEnvironment, _ schedules: [JobSchedule]) {
        self.environment = environment
        self.schedules = schedules
    }

    /// Puts what has come around in the queue. What still waits or runs from the last time is not put there twice.
    package func putDue() async throws {
        let now = environment.clock.now()
        let known = try await environment.database.read(.shared) {
            try JobScheduleStore(transaction: $0).all()
        }
        for schedule in schedules {
            guard let next = known[schedule.kind] else {
                try await begin(schedule, at: now)
                continue
            }
            if next <= now { try await put(schedule, dueAt: next, at: now) }
        }
    }

    private func begin(_ schedule: JobSchedule, at now: Instant) async throws {
        try await environment.database.write(.shared) {
            try JobScheduleStore(transaction: $0)
                .insert(schedule.kind, next: now.adding(seconds: Self.firstPause))
        }
    }

    private func put(_ schedule: JobSchedule, dueAt: Instant, at now: Instant) async throws {
        try await environment.database.write(.shared) { [environment] transaction in
            let isMine = try JobScheduleStore(transaction: transaction)
                .advance(schedule.kind, from: dueAt, to: schedule.next(after: now))
            guard isMine else { return }
            try JobQueue(transaction, environment)
                .add(NewJob(schedule.kind, about: schedule.topic, single: "schedule"))
        }
    }
}

/// When each schedule comes around next.
struct JobScheduleStore {
    let transaction: any SQLTransaction

    func all() throws -> [String: Instant] {
        let rows = try transaction.rows("SELECT kind, next_at FROM job_schedule") {
            (try $0.text(), try $0.instant())
        }
        return Dictionary(uniqueKeysWithValues: rows)
    }

    func insert(_ kind: String, next: Instant) throws {
        try transaction.execute(
            """
            INSERT INTO job_schedule (kind, next_at) VALUES (\(kind), \(next))
            ON CONFLICT DO NOTHING
            """
        )
    }

    /// - Returns: false when another was faster.
    func advance(_ kind: String, from last: Instant, to next: Instant) throws -> Bool {
        try transaction.executeCounting(
            "UPDATE job_schedule SET next_at = \(next) WHERE kind = \(kind) AND next_at = \(last)"
        ) == 1
    }
}
