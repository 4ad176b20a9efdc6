/// Work that comes around by itself: soon done when there is nothing to do, and harmless when done twice.
package struct RecurringWork: JobHandler {
    package let policy: JobPolicy
    private let work: @Sendable () async throws -> Void

    /// - Parameter kind: also that of its schedule.
    package init(_ kind: String, _ work: @escaping @Sendable () async throws -> Void) {
        // It comes around again anyway.
        policy = JobPolicy(kind, pauses: [60, 600, 3_600], tries: 4)
        self.work = work
    }

    package func run(_ job: RunningJob) async throws {
        try await work()
    }
}
