import Foundation
import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import Storage

/// How the server is, for whoever watches it. These stand outside the API and its envelope.
struct HealthRoutes: Sendable {
    static let paths = ["/health", "/health/live", "/health/ready", "/metrics"]

    let environment: ServerEnvironment
    let version: String
    /// What is said of Redis: `off`, `ok`, or that each node counts for itself.
    let redis: @Sendable () -> String

    func add(to router: Router<MartletContext>) {
        router.get("health") { _, _ in
            Self.json(.ok, [("status", "ok"), ("version", version)])
        }
        router.get("health/live") { _, _ in Self.json(.ok, [("status", "ok")]) }
        router.get("health/ready") { _, _ in await ready() }
        router.get("metrics") { _, _ in
            let text = environment.metrics.text(
                environment.database.gauges,
                residentBytes: Self.residentBytes()
            )
            return Response(
                status: .ok,
                headers: [.contentType: "text/plain; version=0.0.4; charset=utf-8"],
                body: .init(byteBuffer: ByteBuffer(string: text))
            )
        }
    }

    private func ready() async -> Response {
        let redis = redis()
        do {
            try await environment.database.ping()
            return Self.json(.ok, [("status", "ready"), ("database", "ok"), ("redis", redis)])
        } catch {
            environment.logger.warning("the database does not answer: \(error)")
            return Self.json(
                .serviceUnavailable,
                [("status", "not ready"), ("database", "does not answer"), ("redis", redis)]
            )
        }
    }

    private static func json(
        _ status: HTTPResponse.Status,
        _ members: [(name: String, value: String)]
    ) -> Response {
        var writer = JSONWriter()
        writer.object { writer in
            for (name, value) in members {
                writer.name(name)
                writer.string(value)
            }
        }
        return Response(
            status: status,
            headers: [.contentType: "application/json; charset=utf-8"],
            body: .init(byteBuffer: ByteBuffer(bytes: writer.bytes))
        )
    }

    /// Nil where the system does not tell.
    private static func residentBytes() -> Int64? {
        guard let text = FileManager.default.contents(atPath: "/proc/self/statm") else {
            return nil
        }
        let pages = String(decoding: text, as: UTF8.self).split(separator: " ")
        guard pages.count > 1, let resident = Int64(pages[1]) else { return nil }
        return resident * Int64(sysconf(Int32(_SC_PAGESIZE)))
    }
}
