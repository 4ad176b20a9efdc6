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
    private let waiting: RestoredKeys
    private let moment: String

    /// Where the old state went, if there was one.
    private(set) var kept: String?

    /// - Throws: when there is no key that could open the backup.
    init(_ manifest: BackupManifest, _ staging: URL, _ folderKeys: FolderKeys) throws {
        let folder = folderKeys.folder
        self.manifest = manifest
        self.staging = staging
        self.folder = folder
        waiting = RestoredKeys(folder)
        let now = WallClock.system.now().rfc3339
        moment = String(now.prefix(19).filter { $0.isNumber })
        if manifest.hasSecrets {
            secrets = try DataFolder.secrets(in: staging.appending(path: BackupPart.secrets))
            keys = HouseholdKeys(master: SymmetricKey(data: secrets[0].bytes))
        } else {
            secrets = []
            let path = "\(folder.path)/\(DataFolder.masterName)"
            guard
                folderKeys.given != nil || FileManager.default.fileExists(atPath: path)
                    || manifest.households == 0
            else {
                throw StartError(
                    "the keys are not in this backup: put the master.key of its time at \(path) first"
                )
            }
            keys = HouseholdKeys(
                try MasterKeys { try folderKeys.keys(.master, mayMake: true) }
            )
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
        try await settle(staged.path)
        try await settleOld(path)
        try keepOld(path)
        try waiting.lay(secrets)
        // A log that could not be settled belongs to the old file, which is kept with it.
        for ending in Self.logEndings { unlink(path + ending) }
        // The one step that counts: before it the old database is there, after it the new one.
        guard rename(staged.path, path) == 0 else {
            let reason = PlainReason.system()
            try waiting.forget()
            throw StartError("\(path) cannot be put in place: \(reason)")
        }
        DurableFolder.sync(URL(fileURLWithPath: path).deletingLastPathComponent().path)
        try waiting.take()
    }

    private static let logEndings = ["-wal", "-shm"]

    /// Brings what is in a database's log into its file, which alone is put in place or kept.
    ///
    /// SQLite does it when the last connection is closed, unless that one only reads: so nothing is read here.
    private func settle(_ path: String) async throws {
        let database = try SQLiteDatabase(copy: URL(fileURLWithPath: path))
        try await database.close()
        for ending in Self.logEndings where FileManager.default.fileExists(atPath: path + ending) {
            throw StartError("\(path) is still in use by another program: stop it first")
        }
    }

    /// A database that is too damaged to be opened is why backups are made: it is kept as it is.
    private func settleOld(_ path: String) async throws {
        guard FileManager.default.fileExists(atPath: path) else { return }
        do {
            try await settle(path)
        } catch let error as StartError {
            throw error
        } catch {
            Progress.say(
                "What is there cannot be opened (\(PlainReason.sqlite(error))); it is kept as it is"
            )
        }
    }

    /// Gives each old file a second name, so that nothing is ever missing, and copies the old keys.
    private func keepOld(_ path: String) throws {
        let files = ([""] + Self.logEndings).map { path + $0 }
        let old = files.filter { FileManager.default.fileExists(atPath: $0) }
        guard !old.isEmpty || hasKeys else { return }
        let place = try StagingFolder(
            URL(fileURLWithPath: path).deletingLastPathComponent()
                .appending(path: "before-restore-\(moment)")
        )
        for file in old {
            let name = URL(fileURLWithPath: file).lastPathComponent
            guard link(file, place.url.appending(path: name).path) == 0 else {
                throw StartError("\(file) cannot be kept: \(PlainReason.system())")
            }
        }
        try keepKeys(in: place)
    }

    // MARK: Keys

    private var hasKeys: Bool {
        secrets.contains { FileManager.default.fileExists(atPath: "\(folder.path)/\($0.name)") }
    }

    private func keepKeys() throws {
        guard hasKeys else { return }
        try keepKeys(
            in: StagingFolder(
                URL(fileURLWithPath: folder.path).appending(path: "before-restore-\(moment)")
            )
        )
    }

    private func keepKeys(in place: StagingFolder) throws {
        for (name, _) in secrets {
            let file = "\(folder.path)/\(name)"
            guard FileManager.default.fileExists(atPath: file) else { continue }
            let copy = place.url.appending(path: name)
            try FileManager.default.copyItem(at: URL(fileURLWithPath: file), to: copy)
            DurableFolder.sync(copy.path)
        }
        DurableFolder.sync(place.url.path)
        kept = place.url.path
    }

    // MARK: PostgreSQL

    /// - Parameter role: who serves, where that is another than the owner.
    func restorePostgres(
        to configuration: PostgresConfiguration,
        serving role: String?,
        replacing mayReplace: Bool
    ) async throws {
        // With one connection of our own, any other is somebody else's.
        var alone = configuration
        alone.poolSize = 1
        let target = PostgresDatabase(alone)
        let isEmpty = try await PostgresDump.isEmpty(target)
        let isInUse = try await isInUse(target)
        try await target.close()
        if isEmpty { return try await fillEmpty(configuration) }
        guard mayReplace else {
            throw StartError(.databaseURL, "names a database that is not empty: see --replace")
        }
        guard !isInUse else {
            throw StartError(
                .databaseURL,
                "names a database that is in use: stop every program that is connected to it first"
            )
        }
        let beside = PostgresPlace(configuration)
        guard let other = try await beside.makeBeside("restore_\(moment)") else {
            throw StartError("the PostgreSQL role may not create a database, as --replace needs")
        }
        do {
            try await fill(other)
            if let role { try await beside.grant(other, to: role) }
            try keepKeys()
            try waiting.lay(secrets)
            let old = try await beside.swap(with: other, suffix: "before_\(moment)")
            kept = [kept, "the database \(old)"].compactMap(\.self).joined(separator: " and ")
        } catch {
            try waiting.forget()
            try await beside.drop(other)
            throw error
        }
        try waiting.take()
    }

    /// Whoever is just leaving is waited for, as PostgreSQL itself does before it renames a database.
    private func isInUse(_ target: PostgresDatabase) async throws -> Bool {
        for _ in 0..<10 {
            guard try await PostgresDump.isInUse(target) else { return false }
            try await Task.sleep(for: .milliseconds(500))
        }
        return true
    }

    /// One transaction fills it, so that it is never half full.
    private func fillEmpty(_ configuration: PostgresConfiguration) async throws {
        try keepKeys()
        try waiting.lay(secrets)
        do {
            try await fill(configuration)
        } catch {
            try waiting.forget()
            throw error
        }
        try waiting.take()
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
