import ArgumentParser
import Features
import Foundation
import Logging
import Storage

struct BackupCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backup",
        abstract: "Write everything into one file, and prove that it can be restored.",
        discussion: """
            It may run beside a server: the copy is of one moment. Every byte is under a checksum, \
            and the file is restored once into a temporary place and checked by the doctor before \
            it gets its name.

            With --passphrase-file everything in it is encrypted, the keys of the data folder \
            among it, and file and passphrase are all that a new machine needs. Without, the file \
            can be read by whoever has it, and the keys are left out: keep a copy of master.key.

            Examples:
              martlet backup martlet-2026-05-01.backup --passphrase-file ~/martlet.passphrase
              martlet backup /mnt/disk/martlet.backup
            """
    )

    @OptionGroup var shared: SharedOptions
    @OptionGroup var secret: PassphraseOption

    @Argument(
        help: "The file to write. One that is there already is replaced.",
        completion: .file()
    )
    var file: String

    func run() async throws {
        let configuration = try shared.configuration()
        let logger = configuration.bootstrapLogger()
        do {
            try await make(configuration, logger)
            try BackupFailure.clear(in: DataFolder(configuration.dataDirectory))
        } catch {
            note(error, configuration)
            throw error
        }
    }

    /// Leaves word for the server, which tells those who look after it.
    private func note(_ error: any Error, _ configuration: MartletConfiguration) {
        do {
            let folder = try DataFolder(configuration.dataDirectory)
            try BackupFailure.note(error, in: folder, at: WallClock.system.now().rfc3339)
        } catch {
            Progress.say("The server could not be told of it: \(error)")
        }
    }

    private func make(_ configuration: MartletConfiguration, _ logger: Logger) async throws {
        let key = try secret.passphrase().map { try PassphraseKey(passphrase: $0) }
        let target = URL(fileURLWithPath: file)
        guard !target.hasDirectoryPath else {
            throw StartError("\(file) is a folder: name a file in it")
        }
        let place = try await ReadingPlace.open(configuration, logger: logger)
        guard !place.folderKeys.hasPrevious(.master) else {
            throw StartError(
                "the master key is being changed: try again in ten minutes, with a server that runs"
            )
        }
        let staging = try StagingFolder(beside: target)
        defer { staging.remove() }
        do {
            let draft = staging.url.appending(path: "archive")
            try await write(draft, from: place, key, staging)
            let proof = try await prove(draft, place, key, staging)
            try Self.name(draft, target)
            say(try BackupReader(target).manifest, proof)
        } catch let error as BackupError {
            try await place.database.close()
            throw StartError(error.description)
        }
        try await place.database.close()
    }

    private func write(
        _ draft: URL,
        from place: ReadingPlace,
        _ key: PassphraseKey?,
        _ staging: StagingFolder
    ) async throws {
        Progress.say("Copying the database")
        let folder = try StagingFolder(staging.url.appending(path: "parts"))
        let taken = try await place.take(into: folder.url)
        var parts = taken.parts.map { (name: $0, file: folder.url.appending(path: $0)) }
        // A key that was given is not the folder's to give away.
        if key != nil, place.folderKeys.given == nil {
            let secrets = folder.url.appending(path: BackupPart.secrets)
            try place.folder.copySecrets(to: secrets)
            parts.append((BackupPart.secrets, secrets))
        }
        let manifest = BackupManifest(
            version: Version.current,
            engine: place.database.dialect == .sqlite ? .sqlite : .postgres,
            createdAt: WallClock.system.now(),
            facts: taken.facts,
            passphrase: key?.recipe
        )
        try BackupWriter(key: key).write(manifest, parts: parts, to: draft, using: folder.url)
        folder.remove()
    }

    /// - Returns: what could not be proved; nil when all was.
    private func prove(
        _ draft: URL,
        _ place: ReadingPlace,
        _ key: PassphraseKey?,
        _ staging: StagingFolder
    ) async throws -> String? {
        Progress.say("Restoring it into a temporary place")
        let reader = try BackupReader(draft)
        let folder = try StagingFolder(staging.url.appending(path: "proof"))
        for part in reader.manifest.parts {
            try reader.extract(part.name, into: folder.url, key: key)
        }
        let proof = BackupProof(reader.manifest)
        let now = WallClock.system.now()
        switch place.choice {
        case .sqlite:
            let copy = try SQLiteDatabase(copy: folder.url.appending(path: BackupPart.sqlite))
            _ = try await proof.prove(copy, keys: place.keys, at: now)
            try await copy.close()
        case .postgres(let serving, let owner):
            let beside = PostgresPlace(owner ?? serving)
            let suffix = "proof_\(String(UInt32.random(in: 0 ... .max), radix: 36))"
            guard let other = try await beside.makeBeside(suffix) else {
                return "the role may not create a database, so it was not restored for a trial"
            }
            do {
                try await restore(reader.manifest, folder.url, into: other, place, proof)
            } catch {
                try await beside.drop(other)
                throw error
            }
            try await beside.drop(other)
        }
        return nil
    }

    private func restore(
        _ manifest: BackupManifest,
        _ folder: URL,
        into other: PostgresConfiguration,
        _ place: ReadingPlace,
        _ proof: BackupProof
    ) async throws {
        let parts = manifest.parts.map(\.name).filter { $0 != BackupPart.secrets }
        try PostgresDump(other).put(parts, from: folder)
        var patient = other
        patient.statementTimeoutMilliseconds = 0
        let copy = PostgresDatabase(patient)
        do {
            _ = try await proof.prove(copy, keys: place.keys, at: WallClock.system.now())
        } catch {
            try await copy.close()
            throw error
        }
        try await copy.close()
    }

    private static func name(_ draft: URL, _ target: URL) throws {
        guard rename(draft.path, target.path) == 0 else {
            throw StartError("\(target.path) cannot be written: \(PlainReason.system())")
        }
        DurableFolder.sync(target.deletingLastPathComponent().path)
    }

    private func say(_ manifest: BackupManifest, _ doubt: String?) {
        let rows = manifest.rows["ledger_transaction"] ?? 0
        print("\(file): \(manifest.households) households, \(rows) transactions")
        if let doubt {
            Progress.say("Not proved: \(doubt).")
        } else {
            print("It was restored into a temporary place and found whole.")
        }
        if !manifest.hasSecrets {
            print(
                """
                It is not encrypted, and the keys of the data folder are not in it: keep a copy \
                of master.key, or use --passphrase-file.
                """
            )
        }
    }
}
