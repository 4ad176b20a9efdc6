import Foundation
import Testing

@testable import RESP

/// A server that speaks TLS only, with a certificate that nobody else vouches for.
@Suite(
    .enabled(if: TestRedis.isPresent, Comment(rawValue: TestRedis.absence)),
    .enabled(if: Certificate.isPossible, "there is no openssl here")
)
struct RESPSecurityTests {
    private static func withServer(
        _ body: (_ address: String, _ certificate: String) async throws -> Void
    ) async throws {
        let certificate = try Certificate()
        let port = Int.random(in: 20_000...60_000)
        let server = try RedisProcess([
            "--tls-port", String(port), "--tls-cert-file", certificate.path,
            "--tls-key-file", certificate.keyPath, "--tls-ca-cert-file", certificate.path,
            "--tls-auth-clients", "no",
        ])
        let outcome: Result<Void, any Error>
        do {
            outcome = .success(try await body("localhost:\(port)", certificate.path))
        } catch {
            outcome = .failure(error)
        }
        server.remove()
        certificate.remove()
        try outcome.get()
    }

    private static func answers(_ url: String, within limit: Duration) async throws -> Bool {
        let client = RESPClient(try RESPConfiguration(url: url))
        client.start()
        let isUp = await client.untilUp(within: limit)
        if isUp { try await client.ping() }
        await client.close()
        return isUp
    }

    @Test func `a server is trusted for its certificate only`() async throws {
        try await Self.withServer { address, certificate in
            let trusted = try await Self.answers(
                "rediss://\(address)?cacert=\(certificate)",
                within: .seconds(20)
            )
            let unknown = try await Self.answers("rediss://\(address)", within: .seconds(1))
            let plain = try await Self.answers("redis://\(address)", within: .seconds(1))

            #expect(trusted)
            #expect(!unknown)
            #expect(!plain)
        }
    }

    @Test func `a certificate for another name is refused`() async throws {
        try await Self.withServer { address, certificate in
            let other = address.replacing("localhost", with: "127.0.0.1")
            let isUp = try await Self.answers(
                "rediss://\(other)?cacert=\(certificate)",
                within: .seconds(1)
            )

            #expect(!isUp)
        }
    }
}

/// A certificate for `localhost`, made for one test.
private struct Certificate {
    private static let program = "/usr/bin/openssl"
    static let isPossible = FileManager.default.isExecutableFile(atPath: program)

    private let folder: URL
    var path: String { folder.appending(path: "certificate.pem").path }
    var keyPath: String { folder.appending(path: "key.pem").path }

    init() throws {
        folder = URL(fileURLWithPath: "/tmp/martlet-tls-\(UInt32.random(in: 0 ... .max))")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let process = Process()
        process.executableURL = URL(fileURLWithPath: Self.program)
        process.arguments = [
            "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
            "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost", "-days", "2",
            "-keyout", keyPath, "-out", path,
        ]
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
    }

    func remove() {
        // A folder that stays behind under /tmp does no harm.
        try? FileManager.default.removeItem(at: folder)
    }
}
