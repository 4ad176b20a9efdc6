import Crypto
import Features
import Foundation
import Storage

/// Proves what was taken out of a backup, and lets it take the place of what is there.
final class RestoreExchange {
    private let manifest: BackupManifest
    private let staging: URL
    private let folder: DataFolder
    private let secrets: [(name: String, bytes: Data)]
    private let keys: HouseholdKeys
    private let moment: String

    /// Where the old state went, if there was one.
    private(set) var kept: String?

    /// - Throws: when there is no key that could open the backup.
    init(_ manifest: BackupManifest, _ staging: URL, _ folder: DataFolder) throws {
        self.manifest = manifest
        self.staging = staging
        self.folder = folder
        let now = WallClock.system.now().rfc3339
        moment = String(now.prefix(19).filter { $0.isNumber })
        if manifest.hasSecrets {
            secrets = try DataFolder.secrets(in: staging.appending(path: BackupPart.secrets))
            keys = HouseholdKeys(master: SymmetricKey(data: secrets[0].bytes))
        } else {
            secrets = []
            let path = "\(folder.path)/master.key"
            guard FileManager.default.fileExists(atPath: path) || manifest.households == 0 else {
                throw StartError(
                    "the keys are not in this backup: put the master.key of its time at \(path) first"
                )
            }
            keys = HouseholdKeys(master: try folder.secret("master.key"))
        }
    }

    private func prove(_ copy: any SQLDatabase) async throws {
        Progress.say("Checking it")
        _ = try await BackupProof(manifest).prove(copy, keys: keys, at: WallClock.system.now())
    }

    // MARK: SQLite

    func restoreSQLite(to path: String) async throws {
        let staged = staging.appending(path: BackupPart.sqlite)
        let copy = try SQLiteDatabase(copy: staged)
        try await prove(copy)
        try await copy.close()
        try await settle(path)
        try keepOld([path] + secrets.map { "\(folder.path)/\($0.name)" })
        try exchangeSecrets()
        // The one step that counts: before it the old database is there, after it the new one.
        try move(staged.path, path)
        DurableFolder.sync(folder.path)
    }

    /// Brings what an unclean stop left in the old database's log into its file.
    private func settle(_ path: String) async throws {
        guard FileManager.default.fileExists(atPath: path) else { return }
        let old = try SQLiteDatabase(copy: URL(fileURLWithPath: path))
        try await old.close()
        for ending in ["-wal", "-shm"] where FileManager.default.fileExists(atPath: path + ending) {
            throw StartError("\(path) is still in use by another program")
        }
    }

    /// Gives each old file a second name, so that nothing is ever missing.
    private func keepOld(_ paths: [String]) throws {
        let old = paths.filter { FileManager.default.fileExists(atPath: $0) }
        guard !old.isEmpty else { return }
        let place = try StagingFolder(
            URL(fileURLWithPath: folder.path).appending(path: "before-restore-\(moment)")
        )
        for path in old {
            let name = URL(fileURLWithPath: path).lastPathComponent
            guard link(path, place.url.appending(path: name).path) == 0 else {
                throw StartError("\(path) cannot be kept: \(String(cString: strerror(errno)))")
            }
        }
        DurableFolder.sync(place.url.path)
        kept = place.url.path
    }

    private func exchangeSecrets() throws {
        for (name, bytes) in secrets {
            let draft = staging.appending(path: name)
            try bytes.write(to: draft)
            try move(draft.path, "\(folder.path)/\(name)")
        }
        DurableFolder.sync(folder.path)
    }

    private func move(_ from: String, _ to: String) throws {
        guard rename(from, to) == 0 else {
            throw StartError("\(to) cannot be put in place: \(String(cString: strerror(errno)))")
        }
    }

    // MARK: PostgreSQL

    func restorePostgres(
        to configuration: PostgresConfiguration,
        replacing mayReplace: Bool
    ) async throws {
        let target = PostgresDatabase(configuration)
        let isEmpty = try await PostgresDump.isEmpty(target)
        try await target.close()
        if isEmpty {
            try await fill(configuration)
            try keepSecretsAndExchange()
            return
        }
        guard mayReplace else {
            throw StartError(.databaseURL, "names a database that is not empty: see --replace")
        }
        let beside = PostgresPlace(configuration)
        guard let other = try await beside.makeBeside("restore_\(moment)") else {
            throw StartError("the PostgreSQL role may not create a database, as --replace needs")
        }
        do {
            try await fill(other)
            try keepSecretsAndExchange()
            let old = try await beside.swap(with: other, suffix: "before_\(moment)")
            kept = [kept, "the database \(old)"].compactMap(\.self).joined(separator: " and ")
        } catch {
            try await beside.drop(other)
            throw error
        }
    }

    private func keepSecretsAndExchange() throws {
        try keepOld(secrets.map { "\(folder.path)/\($0.name)" })
        try exchangeSecrets()
    }

    /// Fills an empty database, and empties it again when that fails.
    private func fill(_ configuration: PostgresConfiguration) async throws {
        var patient = configuration
        patient.statementTimeoutMilliseconds = 0
        let database = PostgresDatabase(patient)
        let parts = manifest.parts.map(\.name).filter { $0 != BackupPart.secrets }
        do {
            Progress.say("Filling the database")
            try PostgresDump(configuration).put(parts, from: staging)
            try await prove(database)
        } catch {
            try await PostgresDump.empty(database)
            try await database.close()
            throw error
        }
        try await database.close()
    }
}
