import Crypto
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
    let accessTokenKey: SymmetricKey
    private let lock: DataFolder.Lock?

    var database: any SQLDatabase { environment.database }

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
        let sample = try await database.read(.shared) { transaction in
            try transaction.first("SELECT id, sealed_key FROM household LIMIT 1") {
                (try $0.identifier() as HouseholdID, try $0.bytes())
            }
        }
        let keys = HouseholdKeys(
            master: try folder.secret("master.key", mayMake: sample == nil)
        )
        if let (household, wrapped) = sample {
            try demand(keys, open: wrapped, of: household, folder)
        }
        return Workspace(
            configuration: configuration,
            folder: folder,
            environment: ServerEnvironment(
                database: database,
                clock: clock,
                ids: IDSource { UInt64(clock.now().microseconds / 1_000) },
                keys: keys,
                answers: AnswerCache(),
                logger: logger
            ),
            accessTokenKey: try folder.secret("access-token.key"),
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
            let database = try SQLiteDatabase(path: path) { error in
                logger.critical("the disk failed to keep a write; stopping: \(error)")
                exit(1)
            }
            return (database, lock)
        case .postgres(let serving, _):
            let database = PostgresDatabase(serving)
            do {
                for warning in try await database.verifyAtStart() { logger.warning("\(warning)") }
            } catch StorageError.engine(_, let message) {
                throw StartError(.databaseURL, "cannot be used: \(message)")
            } catch StorageError.unavailable(let message) {
                throw StartError(.databaseURL, "names no server that answers: \(message)")
            }
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

    private static func demand(
        _ keys: HouseholdKeys,
        open wrapped: [UInt8],
        of household: HouseholdID,
        _ folder: DataFolder
    ) throws {
        do {
            _ = try keys.seal([], for: household, wrapped: wrapped, place: "start")
        } catch {
            throw StartError(
                "\(folder.path)/master.key does not open this database: it is another's"
            )
        }
    }
}
