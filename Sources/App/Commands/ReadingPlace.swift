import Crypto
import Features
import Foundation
import Ledger
import Logging
import Storage

/// A database that is only looked at, beside a server if one runs: it takes no lock and changes no shape.
struct ReadingPlace {
    let choice: MartletConfiguration.DatabaseChoice
    let folder: DataFolder
    let database: any SQLDatabase
    let keys: HouseholdKeys

    static func open(
        _ configuration: MartletConfiguration,
        logger: Logger
    ) async throws -> ReadingPlace {
        umask(0o077)
        if case .sqlite(let path) = configuration.database,
            !FileManager.default.fileExists(atPath: path)
        {
            throw StartError("\(path) is not there: nothing has been kept in this place yet")
        }
        let folder = try DataFolder(configuration.dataDirectory)
        let database = try await open(configuration.database, logger)
        do {
            let pending = try await Migrator().pending(database)
            guard pending.isEmpty else {
                throw StartError(
                    "the database is older than this Martlet: run `martlet migrate` first"
                )
            }
        } catch StorageError.migration(let reason) {
            throw StartError(.databaseURL, "cannot be used: \(reason)")
        }
        let keys = HouseholdKeys(master: try folder.secret("master.key", mayMake: false))
        return ReadingPlace(
            choice: configuration.database,
            folder: folder,
            database: database,
            keys: keys
        )
    }

    private static func open(
        _ choice: MartletConfiguration.DatabaseChoice,
        _ logger: Logger
    ) async throws -> any SQLDatabase {
        switch choice {
        case .sqlite(let path):
            return try SQLiteDatabase(path: path) { error in
                logger.critical("the disk failed to keep a write; stopping: \(error)")
                exit(1)
            }
        case .postgres(let serving, _):
            var patient = serving
            // One question may read all of a household.
            patient.statementTimeoutMilliseconds = 0
            let database = PostgresDatabase(patient)
            do {
                _ = try await database.verifyAtStart()
            } catch StorageError.engine(_, let message) {
                throw StartError(.databaseURL, "cannot be used: \(message)")
            } catch StorageError.unavailable(let message) {
                throw StartError(.databaseURL, "names no server that answers: \(message)")
            }
            return database
        }
    }
}
