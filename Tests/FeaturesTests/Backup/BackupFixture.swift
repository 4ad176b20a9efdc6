import Crypto
import Foundation
import Ledger
import Storage
import TestSupport

@testable import Features

/// A backup of a demo household in a folder of its own.
struct BackupFixture {
    let home: DemoHousehold
    let folder: URL
    let archive: URL

    /// A weak recipe: tests do not wait for 600 000 rounds.
    static func key(_ passphrase: String = "correct horse battery") throws -> PassphraseKey {
        try PassphraseKey(passphrase: passphrase, .init(iterations: 10, salt: Data([1, 2, 3])))
    }

    static func with<Value>(
        key: PassphraseKey? = nil,
        transactions: Int = 60,
        _ body: (BackupFixture) async throws -> Value
    ) async throws -> Value {
        try await TemporarySQLite.withFolder { folder in
            try await DemoHousehold.with(.sqlite, transactions: transactions) { home in
                let fixture = BackupFixture(
                    home: home,
                    folder: folder,
                    archive: folder.appending(path: "archive")
                )
                try await fixture.write(key)
                return try await body(fixture)
            }
        }
    }

    private func write(_ key: PassphraseKey?) async throws {
        guard let database = home.database as? SQLiteDatabase else { return }
        let copy = folder.appending(path: "copy")
        try database.backup(to: copy.path)
        let manifest = BackupManifest(
            version: "test",
            engine: .sqlite,
            createdAt: DemoHousehold.noon,
            facts: try await database.read(.shared) { try BackupFacts(in: $0) },
            passphrase: key?.recipe
        )
        try BackupWriter(key: key).write(
            manifest,
            parts: [(BackupPart.sqlite, copy)],
            to: archive,
            using: folder
        )
    }

    /// Takes the database out again and lets the doctor look at it.
    func prove(_ key: PassphraseKey?) async throws -> DoctorReport {
        let reader = try BackupReader(archive)
        let place = folder.appending(path: "out")
        try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
        let file = try reader.extract(BackupPart.sqlite, into: place, key: key)
        let copy = try SQLiteDatabase(path: file.path) { fatalError("a sync failed: \($0)") }
        let report = try await BackupProof(reader.manifest)
            .prove(copy, keys: home.environment.keys, at: DemoHousehold.noon)
        try await copy.close()
        return report
    }
}
