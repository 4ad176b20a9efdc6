import ArgumentParser
import Crypto
import Features
import Foundation
import Ledger
import Logging
import Storage

struct RestoreCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "restore",
        abstract: "Put a backup back.",
        discussion: """
            The file is checked to its last byte, restored into a staging folder, brought to the \
            shape that this Martlet needs and looked at by the doctor. Only then does it take the \
            place of what was there, in one step; what was there is kept beside it. The server \
            must be stopped. A damaged backup changes nothing.

            With PostgreSQL, DATABASE_URL names an empty database; --replace fills a new one \
            beside one that is not empty, and exchanges their names.

            Examples:
              martlet restore martlet-2026-05-01.backup --passphrase-file ~/martlet.passphrase
              DATA_DIR=/srv/martlet martlet restore /mnt/disk/martlet.backup
            """
    )

    @OptionGroup var shared: SharedOptions
    @OptionGroup var secret: PassphraseOption

    @Argument(help: "The backup.", completion: .file())
    var file: String

    @Flag(help: "With PostgreSQL: take the place of a database that is not empty.")
    var replace = false

    func run() async throws {
        let configuration = try shared.configuration()
        _ = configuration.bootstrapLogger()
        umask(0o077)
        let passphrase = try secret.passphrase()
        do {
            let reader = try BackupReader(URL(fileURLWithPath: file))
            let key = try reader.manifest.passphrase.map { recipe in
                guard let passphrase else { throw BackupError.needsPassphrase }
                return try PassphraseKey(passphrase: passphrase, recipe)
            }
            let folder = try DataFolder(configuration.dataDirectory)
            let lock = try folder.lock()
            try await restore(reader, key, configuration, folder)
            withExtendedLifetime(lock) {}
        } catch let error as BackupError {
            throw StartError(error.description)
        }
    }

    /// What is restored lies on the same disk from the start, so that it can be put in place by its name.
    private static func target(_ configuration: MartletConfiguration, _ folder: DataFolder) -> URL {
        switch configuration.database {
        case .sqlite(let path): URL(fileURLWithPath: path)
        case .postgres: URL(fileURLWithPath: folder.path).appending(path: "postgres")
        }
    }

    private func restore(
        _ reader: BackupReader,
        _ key: PassphraseKey?,
        _ configuration: MartletConfiguration,
        _ folder: DataFolder
    ) async throws {
        let staging = try StagingFolder(beside: Self.target(configuration, folder))
        defer { staging.remove() }
        Progress.say("Reading the backup")
        for part in reader.manifest.parts {
            try reader.extract(part.name, into: staging.url, key: key)
        }
        let exchange = try RestoreExchange(
            reader.manifest,
            staging.url,
            try FolderKeys(folder, configuration)
        )
        switch (reader.manifest.engine, configuration.database) {
        case (.sqlite, .sqlite(let path)):
            try await exchange.restoreSQLite(to: path)
        case (.postgres, .postgres(let serving, let owner)):
            let role = owner == nil ? nil : serving["user"]
            try await exchange.restorePostgres(
                to: owner ?? serving,
                serving: role,
                replacing: replace
            )
        case (let engine, _):
            let name = engine == .sqlite ? "SQLite" : "PostgreSQL"
            throw StartError(
                .databaseURL,
                "must name a \(name) database: a backup goes back to the engine that it is of"
            )
        }
        // How far the trails of another database had got says nothing of this one.
        try TrailHeads(folder: folder.auditArchive).setAside(at: WallClock.system.now())
        let rows = reader.manifest.rows["ledger_transaction"] ?? 0
        print("Restored \(reader.manifest.households) households, \(rows) transactions.")
        if let kept = exchange.kept { print("What was there before is in \(kept)") }
    }
}
