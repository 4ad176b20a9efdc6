import Foundation
import NIOCore

/// Where a Redis server is and how long things may take.
package struct RESPConfiguration: Sendable {
    enum Address: Sendable, Equatable {
        case host(String, port: Int)
        case socket(path: String)
    }

    let address: Address
    let isEncrypted: Bool
    /// A file of certificates that may vouch for the server; nil for the system's own.
    let certificateFile: String?
    let user: String?
    let password: String?
    let databaseNumber: Int

    package var connectTimeoutMilliseconds: Int64 = 1_000
    /// How long an answer may take. A server that is slower counts as gone, so that nobody waits
    /// for it.
    package var commandTimeoutMilliseconds: Int64 = 500
    /// How often a silent connection is tried.
    package var heartbeatMilliseconds: Int64 = 5_000
    /// The longest pause between two tries to connect.
    package var longestPauseMilliseconds: Int64 = 2_000
    /// Past it commands are refused at once.
    package var pendingLimit = 10_000
    package var limits = RESPLimits()

    /// Reads `redis://[[user]:password@]host[:port][/number]`, `rediss://` for TLS
    /// (`?cacert=FILE`), or `redis+unix:///path/to/socket[?db=number]`.
    ///
    /// - Throws: `configuration` with a text that can be shown: it never repeats the URL.
    package init(url: String) throws(RESPError) {
        guard let parts = URLComponents(string: url) else {
            throw .configuration("Not a Redis URL: it cannot be read")
        }
        var query: [String: String] = [:]
        for item in parts.queryItems ?? [] { query[item.name] = item.value }
        if let unknown = query.keys.first(where: { !["db", "cacert"].contains($0) }) {
            throw .configuration("Not a Redis URL: unknown parameter \(unknown)")
        }
        let path = parts.path
        switch parts.scheme {
        case "redis", "rediss":
            guard let host = parts.host, !host.isEmpty else {
                throw .configuration("Not a Redis URL: it names no host")
            }
            let bare = host.hasPrefix("[") ? String(host.dropFirst().dropLast()) : host
            address = .host(bare, port: parts.port ?? 6379)
            databaseNumber = try Self.number(query["db"] ?? String(path.dropFirst()))
        case "redis+unix", "unix":
            guard !path.isEmpty else {
                throw .configuration("Not a Redis URL: it names no socket")
            }
            address = .socket(path: path)
            databaseNumber = try Self.number(query["db"] ?? "")
        default:
            throw .configuration(
                "Not a Redis URL: it must begin with redis://, rediss:// or redis+unix://"
            )
        }
        isEncrypted = parts.scheme == "rediss"
        certificateFile = query["cacert"]
        user = parts.user.flatMap { $0.isEmpty ? nil : $0 }
        password = parts.password
    }

    private static func number(_ text: String) throws(RESPError) -> Int {
        if text.isEmpty { return 0 }
        guard let number = Int(text), (0..<100_000).contains(number) else {
            throw .configuration("Not a Redis URL: the database is no number")
        }
        return number
    }
}

extension RESPConfiguration: CustomStringConvertible, CustomReflectable {
    /// Names the server without its password.
    package var description: String {
        switch address {
        case .host(let host, let port): "Redis at \(host):\(port)"
        case .socket(let path): "Redis at \(path)"
        }
    }

    package var customMirror: Mirror { Mirror(self, children: []) }
}
