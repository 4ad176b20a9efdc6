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
    let folderKeys: FolderKeys

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
            let pending = try await pending(configuration.database, database)
            guard pending.isEmpty else {
                throw StartError(
                    "the database is older than this Martlet: run `martlet migrate` first"
                )
            }
        } catch StorageError.migration(let reason) {
            throw StartError(.databaseURL, "cannot be used: \(reason)")
        }
        let folderKeys = try FolderKeys(folder, configuration)
        let keys = try await Workspace.keys(folderKeys, opening: database)
        return ReadingPlace(
            choice: configuration.database,
            folder: folder,
            database: database,
            keys: keys,
            folderKeys: folderKeys
        )
    }

    /// Asked as the role that may change the schema, since the asking makes the table of steps where there is none.
    private static func pending(
        _ choice: MartletConfiguration.DatabaseChoice,
        _ database: any SQLDatabase
    ) async throws -> [String] {
        guard case .postgres(_, let owner?) = choice else {
            return try await Migrator().pending(database)
        }
        let owning = PostgresDatabase(owner)
        let pending = try await Migrator().pending(owning)
        try await owning.close()
        return pending
    }

    private static func open(
        _ choice: MartletConfiguration.DatabaseChoice,
        _ logger: Logger
    ) async throws -> any SQLDatabase {
        switch choice {
        case .sqlite(let path):
            return try OpenedDatabase.sqlite(path, logger)
        case .postgres(let serving, _):
            var patient = serving
            // One question may read all of a household.
            patient.statementTimeoutMilliseconds = 0
            return try await OpenedDatabase.postgres(patient).0
        }
    }
}
