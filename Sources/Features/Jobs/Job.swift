package import Ledger
package import Storage

package typealias JobID = Identifier<Entity.Job>

/// How the work of one kind is done.
package struct JobPolicy: Sendable {
    /// Its name in the database.
    let kind: String
    /// How many of it run at a time on each node.
    let lanes: Int
    /// How long it rests after a try that failed, counted from the first; the last stays.
    ///
    /// - Units: seconds
    let pauses: [Int64]
    /// After so many tries it is dead; nil when the handler says by itself when to stop.
    let tries: Int?

    /// How long a node that says nothing keeps its work. A node that lives says so three times in that time.
    ///
    /// - Units: seconds
    static let leaseSeconds: Int64 = 300

    package init(
        _ kind: String,
        lanes: Int = 1,
        pauses: [Int64] = [10, 60, 300, 1_800, 7_200],
        tries: Int? = 8
    ) {
        self.kind = kind
        self.lanes = lanes
        self.pauses = pauses
        self.tries = tries
    }

    func pauseSeconds(after attempt: Int) -> Int64 {
        pauses[min(max(attempt, 1), pauses.count) - 1]
    }
}

/// Does the work of one kind.
///
/// A process may end anywhere in it, and then it is run again. So what it does is either one transaction with
/// `RunningJob.finish` in it, which happens once, or made to bear being done twice.
package protocol JobHandler: Sendable {
    var policy: JobPolicy { get }

    /// - Throws: `JobFailure` when another try is useless; any other error to be tried again.
    func run(_ job: RunningJob) async throws
}

/// Why work is not tried again by itself.
package enum JobFailure: Error, Equatable {
    /// An administrator may have it tried again once the cause is gone.
    case refused(String)
    /// No try will ever do it; what it was to do is forgotten.
    case hopeless(String)

    var reason: String {
        switch self {
        case .refused(let reason), .hopeless(let reason): reason
        }
    }
}

/// Someone else has the work: this node was silent for so long that it was given away.
package struct JobLost: Error {}

/// Work that this node has taken.
package struct RunningJob: Sendable {
    package let id: JobID
    package let kind: String
    /// What it is about, for whoever looks after the server; never a secret.
    package let topic: String
    package let household: HouseholdID?
    package let payload: [UInt8]
    package let createdAt: Instant
    /// Counted from one. It is what tells this run from a later one of the same work.
    package let attempt: Int

    /// Notes that it is done in the transaction that does it.
    ///
    /// - Throws: `JobLost` when another has it, so that nothing of the transaction stays.
    package func finish(_ transaction: any SQLTransaction, at now: Instant) throws {
        guard try JobStore(transaction: transaction).finish(self, at: now) else { throw JobLost() }
    }

    /// Says how far it is.
    ///
    /// - Throws: `JobLost` when another has it.
    package func note(_ done: Int, of steps: Int, in environment: ServerEnvironment) async throws {
        let end = environment.clock.now().adding(seconds: JobPolicy.leaseSeconds)
        let isMine = try await environment.database.write(.shared) {
            try JobStore(transaction: $0).extend(self, until: end, done: done, of: steps)
        }
        guard isMine else { throw JobLost() }
    }
}
