import Foundation
import Testing

@testable import App

@Suite struct MartletConfigurationTests {
    @Test(arguments: [
        ("PORT", "x"), ("PORT", "65536"), ("PUBLIC_URL", "ftp://example.org"),
        ("CORS_ORIGINS", "https://example.org/path"), ("TRUSTED_PROXIES", "10.0.0.0/99"),
        ("LOG_LEVEL", "loud"), ("LOG_FORMAT", "xml"), ("WEB_DIR", "/nowhere"),
        ("RATE_LIMITS", "/nowhere"), ("IMPORT_LIMIT_BYTES", "1"), ("REDIS_URL", "http://x"),
        ("DATABASE_URL", "mysql://x"), ("DATABASE_URL", "sqlite:"),
        ("DATABASE_POOL_SIZE", "0"), ("DATABASE_NAMED_STATEMENTS", "maybe"),
    ])
    func `a wrong value is told in one line that begins with its name`(
        name: String,
        value: String
    ) throws {
        let error = try #require(throws: StartError.self) {
            try MartletConfiguration(file: nil, environment: [name: value])
        }

        #expect(error.description.hasPrefix(name + " "))
        #expect(!error.description.contains("\n"))
    }

    @Test func `a variable of ours that nothing reads is a spelling mistake`() {
        #expect(throws: StartError("MARTLET_CONFGI is no setting of Martlet")) {
            try MartletConfiguration(file: nil, environment: ["MARTLET_CONFGI": "x"])
        }
    }

    @Test(arguments: [
        ("PORT=80\nFOO=1", ":2: FOO is no setting of Martlet"),
        ("# a comment\n\nPORT", ":3: a line is KEY=VALUE, and this has no ="),
        ("PORT=1\nPORT=2", ":2: PORT stands twice"),
    ])
    func `a wrong line of the file is named`(text: String, problem: String) throws {
        let file = FileManager.default.temporaryDirectory
            .appending(path: "martlet-test-\(UInt64.random(in: 0 ... .max))").path
        try text.write(toFile: file, atomically: false, encoding: .utf8)
        defer { unlink(file) }

        #expect(throws: StartError(file + problem)) {
            try MartletConfiguration(file: file, environment: [:])
        }
    }

    @Test func `nothing set, and set to nothing, is the same`() throws {
        let none = try MartletConfiguration(file: nil, environment: [:])
        let empty = try MartletConfiguration(
            file: nil,
            environment: ["PORT": "", "DATABASE_URL": "", "REDIS_URL": ""]
        )

        #expect((none.port, none.host) == (8_080, "127.0.0.1"))
        #expect((empty.port, empty.host) == (8_080, "127.0.0.1"))
        #expect(empty.redis == nil)
    }
}
