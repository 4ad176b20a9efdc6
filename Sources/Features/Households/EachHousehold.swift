import Ledger
import Logging
import Storage

extension ServerEnvironment {
    /// Does something in each household, in the right of a member who may write. Where it fails, that is logged, and left for
    /// the next run.
    ///
    /// - Parameter failure: what the log says; the error follows.
    /// - Returns: in how many households it failed.
    /// - Throws: when the task was cancelled, or the households cannot be listed.
    @discardableResult
    func forEachHousehold(
        orLog failure: String,
        _ act: (Member) async throws -> Void
    ) async throws -> Int {
        let writers = try await database.read(.shared) {
            try SharedPurgeStore(transaction: $0).writers()
        }
        var failures = 0
        for writer in writers {
            try Task.checkCancellation()
            let isDone = try await attempt(in: writer.household, orLog: failure) {
                try await act(writer)
            }
            if !isDone { failures += 1 }
        }
        return failures
    }

    /// - Returns: whether it was done.
    /// - Throws: when the task was cancelled.
    func attempt(
        in household: HouseholdID,
        orLog failure: String,
        _ act: () async throws -> Void
    ) async throws -> Bool {
        do {
            try await act()
            return true
        } catch let error as CancellationError {
            throw error
        } catch {
            logger.error("\(failure): \(error)", metadata: ["household": "\(household)"])
            return false
        }
    }
}
