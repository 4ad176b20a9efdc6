import Ledger
import Storage

/// Tells those who look after the server that a backup failed.
package struct BackupAlarm: Sendable {
    private let environment: ServerEnvironment

    package init(_ environment: ServerEnvironment) {
        self.environment = environment
    }

    /// - Parameters:
    ///   - moment: when it failed; of each failure is told once.
    ///   - reason: in words for an operator, without a secret.
    package func raise(at moment: String, because reason: String) async throws {
        let environment = environment
        try await environment.database.write(.shared) { transaction in
            let readers = try NoticeReaders(transaction: transaction).administrators()
            try Notices(transaction, environment)
                .tell(.backupFailed(at: moment, because: reason), readers)
        }
    }
}
