import Foundation
import Storage
import TestSupport
import Testing

@testable import Features

@Suite struct BackupTests {
    @Test func `what was backed up comes back`() async throws {
        try await BackupFixture.with { fixture in
            let report = try await fixture.prove(nil)

            #expect(report.transactions == 60)
            #expect(try BackupReader(fixture.archive).manifest.rows["ledger_transaction"] == 60)
        }
    }

    @Test func `an encrypted backup comes back, and tells nothing`() async throws {
        let key = try BackupFixture.key()
        try await BackupFixture.with(key: key) { fixture in
            let report = try await fixture.prove(key)

            #expect(report.transactions == 60)
            let bytes = try Data(contentsOf: fixture.archive)
            #expect(bytes.range(of: Data("Halden Engineering".utf8)) == nil)
            #expect(bytes.range(of: Data("SQLite format".utf8)) == nil)
        }
    }

    @Test func `another passphrase, or none, opens nothing`() async throws {
        try await BackupFixture.with(key: try BackupFixture.key()) { fixture in
            let other = try BackupFixture.key("a horse of another colour")

            await #expect(throws: BackupError.wrongPassphrase) { try await fixture.prove(other) }
            #expect(throws: BackupError.needsPassphrase) {
                try BackupReader(fixture.archive)
                    .extract(BackupPart.sqlite, into: fixture.folder, key: nil)
            }
        }
    }

    @Test func `each of 200 flipped bits is found before anything is taken out`() async throws {
        try await BackupFixture.with(transactions: 20) { fixture in
            let whole = try Data(contentsOf: fixture.archive)
            var random = SystemRandomNumberGenerator()
            var places = (0..<196).map { _ in Int.random(in: 0..<whole.count, using: &random) }
            places += [0, 17, whole.count - 33, whole.count - 1]

            for place in places {
                var damaged = whole
                damaged[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
                let file = fixture.folder.appending(path: "damaged")
                try damaged.write(to: file)
                #expect(throws: BackupError.self, "byte \(place)") { try BackupReader(file) }
            }
        }
    }

    @Test(arguments: [0, 1, 24, 25, 60, 500])
    func `a file that was cut short is refused`(length: Int) async throws {
        try await BackupFixture.with(transactions: 5) { fixture in
            let cut = fixture.folder.appending(path: "cut")
            try Data(contentsOf: fixture.archive).prefix(length).write(to: cut)

            #expect(throws: BackupError.self) { try BackupReader(cut) }
        }
    }

    @Test func `rows that are missing from a copy are told`() async throws {
        try await BackupFixture.with { fixture in
            var manifest = try BackupReader(fixture.archive).manifest
            manifest.rows["posting"] = 7

            let facts = try await fixture.home.database.read(.shared) { try BackupFacts(in: $0) }

            #expect(facts.differences(from: manifest).count == 1)
        }
    }

    /// - Source: RFC 7914, section 11.
    @Test(arguments: [
        ("passwd", "salt", 1, "55ac046e56e3089fec1691c22544b605f94185216dde0465e68b9d57c20dacbc"),
        (
            "Password", "NaCl", 80_000,
            "4ddcd8f60b98be21830cee5ef22701f9641a4418d04c0414aeff08876b34ab56"
        ),
    ])
    func `the key is the one that the standard gives`(
        passphrase: String,
        salt: String,
        iterations: Int,
        expected: String
    ) {
        let key = PassphraseKey.derive(Array(passphrase.utf8), Array(salt.utf8), iterations)

        #expect(key.hexadecimal == expected)
    }
}
