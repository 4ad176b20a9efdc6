import Features
import Foundation
import Ledger
import Logging
import Storage

/// Opens the database that is configured, or says in one line why it cannot be used.
enum OpenedDatabase {
    static func sqlite(_ path: String, _ logger: Logger) throws(StartError) -> SQLiteDatabase {
        do {
            return try SQLiteDatabase(path: path) { error in
                logger.critical("the disk failed to keep a write; stopping: \(error)")
                exit(1)
            }
        } catch {
            let reason = PlainReason.sqlite(error)
            // SQLITE_CORRUPT and SQLITE_NOTADB.
            let isDamaged = ["error 11", "error 26"].contains { reason.contains($0) }
            throw StartError(
                "\(path) cannot be opened as a database: \(reason)"
                    + (isDamaged
                        ? ". `martlet restore` puts a backup in its place and keeps it" : "")
            )
        }
    }

    /// - Returns: the database, and what should be known though it prevents nothing.
    static func postgres(
        _ configuration: PostgresConfiguration
    ) async throws -> (PostgresDatabase, warnings: [String]) {
        let database = PostgresDatabase(configuration)
        do {
            return (database, try await database.verifyAtStart())
        } catch StorageError.engine(_, let message) {
            throw StartError(.databaseURL, "cannot be used: \(message)")
        } catch StorageError.unavailable(let message) {
            throw StartError(.databaseURL, "names no server that answers: \(message)")
        }
    }

    /// A household and its wrapped key, by which it shows whether a master key is the right one.
    struct Sample: Sendable {
        let household: HouseholdID
        let wrapped: [UInt8]

        /// Nil where nobody has signed up yet.
        static func find(in database: any SQLDatabase) async throws -> Sample? {
            try await database.read(.shared) { transaction in
                // An erased household has no key any more.
                try transaction.first(
                    """
                    SELECT id, sealed_key FROM household WHERE length(sealed_key) > 0 LIMIT 1
                    """
                ) {
                    Sample(household: try $0.identifier(), wrapped: try $0.bytes())
                }
            }
        }

        func opens(with keys: HouseholdKeys) -> Bool {
            // Whatever the reason, they are not the keys.
            (try? keys.seal([], for: household, wrapped: wrapped, place: "start")) != nil
        }
    }
}
