package import Ledger
package import Storage

/// Work to be put in the queue.
package struct NewJob: Sendable {
    let kind: String
    /// What it is about, for whoever looks after the server; never a secret.
    let topic: String
    /// While work of this name waits or runs there is none other of its kind.
    var single: String?
    var household: HouseholdID?
    /// What the handler needs to know; sealed where it is nobody else's business.
    var payload: [UInt8]?
    var dueAt: Instant?

    package init(
        _ kind: String,
        about topic: String,
        single: String? = nil,
        household: HouseholdID? = nil,
        payload: [UInt8]? = nil,
        dueAt: Instant? = nil
    ) {
        self.kind = kind
        self.topic = topic
        self.single = single
        self.household = household
        self.payload = payload
        self.dueAt = dueAt
    }
}

/// Where work waits. It is written with the change that it follows from, so that there is never the one without the
/// other (ADR 0022).
package struct JobQueue {
    private let transaction: any SQLTransaction
    private let environment: ServerEnvironment

    package init(_ transaction: any SQLTransaction, _ environment: ServerEnvironment) {
        self.transaction = transaction
        self.environment = environment
    }

    /// - Parameter id: made anew where nil.
    /// - Returns: false when the same work waits or runs already.
    @discardableResult
    package func add(_ job: NewJob, id: JobID? = nil) throws -> Bool {
        let id = id ?? environment.ids.next(Entity.Job.self)
        let isNew = try JobStore(transaction: transaction)
            .insert(job, id, at: environment.clock.now())
        if isNew {
            transaction.afterCommit { [signal = environment.jobSignal] in signal.raise(job.kind) }
        }
        return isNew
    }
}
