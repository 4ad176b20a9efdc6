import Crypto
import Features
import Foundation
import Testing

@testable import App

@Suite struct ConfigurationTests {
    private func reason(_ environment: [String: String], file: String? = nil) -> String {
        do {
            _ = try MartletConfiguration(file: file, environment: environment)
            return ""
        } catch {
            return error.description
        }
    }

    private func withFile<Value>(_ text: String, _ body: (String) throws -> Value) throws -> Value {
        let path = FileManager.default.temporaryDirectory
            .appending(path: "martlet-settings-\(UUID().uuidString)").path
        try Data(text.utf8).write(to: URL(fileURLWithPath: path))
        defer { try? FileManager.default.removeItem(atPath: path) }  // The system clears it too.
        return try body(path)
    }

    @Test func `nothing needs to be set`() throws {
        let configuration = try MartletConfiguration(file: nil, environment: [:])

        #expect(configuration.host == "127.0.0.1" && configuration.port == 8_080)
        #expect(configuration.publicURL.absoluteString == "http://localhost:8080")
        #expect(configuration.auditKeepYears == 7)
        guard case .sqlite("data/martlet.sqlite") = configuration.database else {
            Issue.record("\(configuration.database)")
            return
        }
    }

    @Test(
        arguments: [
            ("PORT", "http"), ("PORT", "70000"), ("LOG_LEVEL", "loud"), ("LOG_FORMAT", "xml"),
            ("PUBLIC_URL", "money.example.org"), ("PUBLIC_URL", "https://a.example/path"),
            ("CORS_ORIGINS", "*"), ("CORS_ORIGINS", "https://a.example,b"),
            ("TRUSTED_PROXIES", "10.0.0.0/40"), ("DATABASE_URL", "mysql://host/name"),
            ("DATABASE_URL", "sqlite:"), ("REDIS_URL", "http://host"),
            ("MAIL_URL", "http://host"), ("MAIL_URL", "smtp://u:p@relay.lan?tls=off"),
            ("MAIL_FROM", "martlet"), ("RATE_LIMITS", "/no/such/file"),
            ("IMPORT_LIMIT_BYTES", "10MB"),
        ])
    func `a wrong value is named in one line`(name: String, value: String) {
        let reason = reason([name: value])

        #expect(reason.hasPrefix(name), "\(reason)")
        #expect(!reason.contains("\n"))
    }

    @Test func `a variable of ours that nothing reads is a mistake`() {
        #expect(reason(["MARTLET_PORT": "1"]) == "MARTLET_PORT is no setting of Martlet")
        #expect(reason(["MARTLET_TEST_DATABASE_URL": "x", "HOME": "/"]).isEmpty)
    }

    @Test func `the environment wins over the file`() throws {
        try withFile("# ours\nPORT=9000\n HOST = \"::1\" \n") { path in
            let configuration = try MartletConfiguration(file: path, environment: ["PORT": "9001"])

            #expect(configuration.port == 9_001 && configuration.host == "::1")
        }
    }

    @Test(arguments: [
        ("PORT=1\nPROT=2", ":2: PROT"), ("PORT", ":1: a line is KEY=VALUE"),
        ("PORT=1\nPORT=2", ":2: PORT"),
    ])
    func `a wrong line of the file is named`(text: String, place: String) throws {
        try withFile(text) { path in
            #expect(reason([:], file: path).hasPrefix(path + place))
        }
    }

    @Test func `a secret in a wrong address is not repeated`() {
        let reason = reason(["DATABASE_URL": "postgres://ann:hunter2@[host/name"])

        #expect(reason.hasPrefix("DATABASE_URL") && !reason.contains("hunter2"))
    }

    @Test func `letters that leave the machine say who they are from`() throws {
        let address = ["MAIL_URL": "smtp://ann:hunter2@mail.example.org"]
        let sender = ["MAIL_FROM": "Martlet <martlet@example.org>"]

        #expect(reason(address).hasPrefix("MAIL_FROM"))
        #expect(reason(address.merging(sender) { $1 }).isEmpty)
        #expect(try MartletConfiguration(file: nil, environment: [:]).mailRoute == nil)
    }

    @Test func `every setting is documented, and nothing else is`() throws {
        let example = URL(fileURLWithPath: #filePath)
            .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: ".env.example")
        let lines = try String(contentsOf: example, encoding: .utf8).split(separator: "\n")

        let named = lines.compactMap { $0.wholeMatch(of: /#([A-Z_]+)=.*/)?.1 }.map(String.init)

        #expect(named.sorted() == Setting.allCases.map(\.rawValue).sorted())
    }

    @Test
    func `a master passphrase becomes the key that its rounds and the salt of the folder make`()
        throws
    {
        let path = FileManager.default.temporaryDirectory
            .appending(path: "martlet-folder-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: path) }  // The system clears it too.
        let folder = try DataFolder(path)
        let phrase = "a long phrase of ours"
        let configuration = try MartletConfiguration(
            file: nil,
            environment: ["MASTER_PASSPHRASE": phrase]
        )

        let keys = try FolderKeys(folder, configuration)

        let salt = try folder.secret("master-salt", mayMake: false).withUnsafeBytes { Array($0) }
        #expect(PassphraseKey.iterations == 600_000)
        #expect(keys.given == [PassphraseKey.master(passphrase: phrase, salt: salt)])
    }

    @Test func `the data folder is for its owner only and one process at a time`() throws {
        let path = FileManager.default.temporaryDirectory
            .appending(path: "martlet-folder-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: path) }  // The system clears it too.
        let folder = try DataFolder(path)
        let key = try folder.secret("some.key")
        let lock = try folder.lock()

        let mode = { (name: String) in
            try FileManager.default.attributesOfItem(atPath: name)[.posixPermissions] as? Int
        }
        #expect(try mode(path) == 0o700)
        #expect(try mode("\(path)/some.key") == 0o600)
        #expect(try folder.secret("some.key") == key)
        #expect(throws: StartError.self) { try folder.lock() }
        #expect(throws: StartError.self) { try folder.secret("other.key", mayMake: false) }
        withExtendedLifetime(lock) {}
    }
}
