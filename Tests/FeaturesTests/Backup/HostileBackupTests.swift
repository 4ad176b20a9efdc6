import Crypto
import Foundation
import TestSupport
import Testing

@testable import Features

/// Archives whose checksum is right and whose maker means harm.
@Suite struct HostileBackupTests {
    private static func archive(
        _ parts: [(name: String, size: Int)],
        content: String = "content",
        format: Int = BackupManifest.currentFormat
    ) throws -> Data {
        let list = parts.map {
            "{\"name\":\"\($0.name)\",\"size\":\($0.size),\"sha256\":\"\(String(repeating: "0", count: 64))\"}"
        }
        let json = """
            {"format":\(format),"version":"x","engine":"sqlite","createdAt":"x","schemaSteps":[],\
            "households":0,"rows":{},"parts":[\(list.joined(separator: ","))]}
            """
        var data = Data(BackupWriter.mark) + Data(BackupWriter.length(json.utf8.count))
        data += Data(json.utf8) + Data(content.utf8)
        return data + Data(SHA256.hash(data: data))
    }

    private static func refuses(_ data: Data) async throws {
        try await TemporarySQLite.withFolder { folder in
            let file = folder.appending(path: "archive")
            try data.write(to: file)

            #expect(throws: BackupError.self) { try BackupReader(file) }

            let left = try FileManager.default.contentsOfDirectory(atPath: folder.path)
            #expect(left == ["archive"])
        }
    }

    @Test(arguments: [
        "../martlet.sqlite", "/etc/passwd", "..\\\\..\\\\x", "martlet.sqlite/../../x", "", ".",
        "household-../../x.pgdump", "household-x.pgdump", "martlet.sqlite\\u0000", "other",
        "household-018F0000-0000-7000-8000-000000000000.pgdump",
    ])
    func `a name that no backup has is refused`(name: String) async throws {
        try await Self.refuses(try Self.archive([(name, 7)]))
    }

    @Test(arguments: [-1, 0, 6, 8, 1 << 40, Int.max])
    func `a size that is not the file's is refused`(size: Int) async throws {
        try await Self.refuses(try Self.archive([(BackupPart.sqlite, size)]))
    }

    @Test func `a part that stands twice is refused`() async throws {
        try await Self.refuses(
            try Self.archive([(BackupPart.sqlite, 3), (BackupPart.sqlite, 4)])
        )
    }

    @Test func `another format is refused`() async throws {
        try await Self.refuses(try Self.archive([(BackupPart.sqlite, 7)], format: 2))
    }

    @Test func `a part whose own checksum is wrong is refused`() async throws {
        let data = try Self.archive([(BackupPart.sqlite, 7)])
        try await TemporarySQLite.withFolder { folder in
            let file = folder.appending(path: "archive")
            try data.write(to: file)
            let reader = try BackupReader(file)

            #expect(throws: BackupError.self) {
                try reader.extract(BackupPart.sqlite, into: folder, key: nil)
            }
        }
    }

    @Test(arguments: [0, -1, 2_000_000_000])
    func `a recipe that would cost too much is refused`(iterations: Int) {
        #expect(throws: BackupError.self) {
            try PassphraseKey(passphrase: "x", .init(iterations: iterations, salt: Data()))
        }
    }
}
