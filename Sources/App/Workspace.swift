import Features
import Foundation
import Ledger
import Logging
import Storage

/// An open data folder and database: what each command works on.
struct Workspace {
    let configuration: MartletConfiguration
    let folder: DataFolder
    let environment: ServerEnvironment
    let folderKeys: FolderKeys
    let accessTokenKeys: AccessTokenKeys
    private let lock: DataFolder.Lock?

    var database: any SQLDatabase { environment.database }

    /// People, for whoever holds the machine.
    var people: LocalPerson {
        LocalPerson(environment, passwords: PasswordHasher(cost: configuration.passwordCost))
    }

    /// Opens everything and brings the database to the shape that this build knows.
    ///
    /// - Throws: one line for whoever started the command.
    static func open(
        _ configuration: MartletConfiguration,
        logger: Logger
    ) async throws -> Workspace {
        // Whatever this process makes is for its owner's eyes only.
        umask(0o077)
        let folder = try DataFolder(configuration.dataDirectory)
        let (database, lock) = try await openDatabase(configuration, folder, logger)
        let clock = WallClock.system
        let applied = try await Self.migrate(configuration, database, at: clock.now())
        if !applied.isEmpty {
            logger.info("the database was brought up to date", metadata: ["steps": "\(applied)"])
        }
        let folderKeys = try FolderKeys(folder, configuration)
        let keys = try await Self.keys(folderKeys, opening: database)
        return Workspace(
            configuration: configuration,
            folder: folder,
            environment: ServerEnvironment(
                database: database,
                clock: clock,
                ids: IDSource { UInt64(clock.now().microseconds / 1_000) },
                keys: keys,
                answers: AnswerCache(),
                logger: logger,
                publicURL: configuration.publicURL
            ),
            folderKeys: folderKeys,
            accessTokenKeys: try await AccessTokenKeys(configuration.tokenAlgorithm) {
                try folderKeys.keys(.accessToken, mayMake: true)
            },
            lock: lock
        )
    }

    private static func openDatabase(
        _ configuration: MartletConfiguration,
        _ folder: DataFolder,
        _ logger: Logger
    ) async throws -> (any SQLDatabase, DataFolder.Lock?) {
        switch configuration.database {
        case .sqlite(let path):
            let lock = try folder.lock()
            return (try OpenedDatabase.sqlite(path, logger), lock)
        case .postgres(let serving, _):
            let (database, warnings) = try await OpenedDatabase.postgres(serving)
            for warning in warnings { logger.warning("\(warning)") }
            return (database, nil)
        }
    }

    private static func migrate(
        _ configuration: MartletConfiguration,
        _ database: any SQLDatabase,
        at now: Instant
    ) async throws -> [String] {
        do {
            if case .postgres(_, let owner?) = configuration.database {
                let owning = PostgresDatabase(owner)
                let applied = try await Migrator().migrate(owning, at: now)
                try await owning.close()
                return applied
            }
            return try await Migrator().migrate(database, at: now)
        } catch StorageError.migration(let reason) {
            throw StartError(.databaseURL, "cannot be used: \(reason)")
        }
    }

    /// The keys that open the database, made on first start.
    ///
    /// - Throws: when the database is sealed with others.
    static func keys(
        _ keys: FolderKeys,
        opening database: any SQLDatabase
    ) async throws -> HouseholdKeys {
        let sample = try await OpenedDatabase.Sample.find(in: database)
        try RestoredKeys(keys.folder).finish(sample)
        let masters = try MasterKeys {
            try keys.keys(.master, mayMake: sample == nil)
        }
        let households = HouseholdKeys(masters)
        guard sample?.opens(with: households) ?? true else {
            throw StartError("\(keys.masterPlace) does not open this database: it is another's")
        }
        return households
    }
}
