import CLibPQ

/// Where a PostgreSQL server is and how it is used.
package struct PostgresConfiguration: Sendable {
    /// What libpq is told; holds the password, so it is never printed.
    let parameters: [Parameter]

    /// The most connections that this process opens; each is a thread here and a process there.
    package var poolSize = 10
    /// How long work waits for a connection, or for a server that is restarting.
    package var acquireTimeoutMilliseconds = 10_000
    /// How long one statement may take; 0 for ever.
    package var statementTimeoutMilliseconds = 30_000
    /// Past it work is refused at once rather than made to wait.
    package var waitingLimit = 4_096
    /// The most writes of one household that share a commit.
    package var groupLimit = 32
    /// How long a connection that nobody needs is kept.
    package var idleTimeoutSeconds = 300
    /// False behind a pooler in transaction mode (PgBouncer before 1.21): statements are then
    /// parsed each time, because the next transaction may run on another server connection.
    package var namedStatements = true

    struct Parameter: Sendable, Equatable {
        let keyword: String
        let value: String
    }

    /// Reads a URL as libpq does, with `sslmode`, `sslrootcert`, `connect_timeout`,
    /// `application_name`, `host=/socket/folder` and whatever else libpq knows after the question
    /// mark.
    ///
    /// - Throws: `engine("url", …)` with a text that can be shown: it never repeats the URL.
    package init(url: String) throws(StorageError) {
        guard url.hasPrefix("postgres://") || url.hasPrefix("postgresql://") else {
            throw Self.invalid("it must begin with postgres:// or postgresql://")
        }
        var parameters = try Self.parse(url)
        for (keyword, value) in Self.defaults
        where !parameters.contains(where: { $0.keyword == keyword }) {
            parameters.append(Parameter(keyword: keyword, value: value))
        }
        self.parameters = parameters
    }

    /// A peer that has gone silent is found within two minutes, even when nothing is being sent.
    private static let defaults = [
        ("application_name", "martlet"),
        ("client_encoding", "UTF8"),
        ("connect_timeout", "5"),
        ("keepalives_idle", "60"),
        ("keepalives_interval", "15"),
        ("keepalives_count", "4"),
    ]

    private static func parse(_ url: String) throws(StorageError) -> [Parameter] {
        var problem: UnsafeMutablePointer<CChar>?
        guard let options = PQconninfoParse(url, &problem) else {
            let text = problem.map { String(cString: $0) } ?? ""
            PQfreemem(problem)
            // Most of libpq's messages repeat a part of the URL, which may be the password.
            let isHarmless = text.hasPrefix("invalid URI query parameter:")
            throw invalid(isHarmless ? text.trimmed : "libpq cannot read it")
        }
        defer { PQconninfoFree(options) }
        var parameters: [Parameter] = []
        var option = options
        while let keyword = option.pointee.keyword {
            if let value = option.pointee.val {
                parameters.append(
                    Parameter(keyword: String(cString: keyword), value: String(cString: value))
                )
            }
            option += 1
        }
        return parameters
    }

    private static func invalid(_ reason: String) -> StorageError {
        .engine(code: "url", message: "Not a PostgreSQL URL: \(reason)")
    }

    package subscript(keyword: String) -> String? {
        parameters.first { $0.keyword == keyword }?.value
    }

    /// The same server, another database.
    package func database(_ name: String) -> PostgresConfiguration {
        replacing("dbname", by: name)
    }

    /// The same with one of libpq's parameters changed.
    package func replacing(_ keyword: String, by value: String) -> PostgresConfiguration {
        let others = parameters.filter { $0.keyword != keyword }
        return PostgresConfiguration(self, others + [Parameter(keyword: keyword, value: value)])
    }

    private init(_ other: PostgresConfiguration, _ parameters: [Parameter]) {
        self.parameters = parameters
        poolSize = other.poolSize
        acquireTimeoutMilliseconds = other.acquireTimeoutMilliseconds
        statementTimeoutMilliseconds = other.statementTimeoutMilliseconds
        waitingLimit = other.waitingLimit
        groupLimit = other.groupLimit
        idleTimeoutSeconds = other.idleTimeoutSeconds
        namedStatements = other.namedStatements
    }
}

extension PostgresConfiguration: CustomStringConvertible, CustomDebugStringConvertible,
    CustomReflectable
{
    /// Names the server without its secrets.
    package var description: String {
        let place = self["host"] ?? self["hostaddr"] ?? "the default socket"
        return "PostgreSQL database \(self["dbname"] ?? "of the user") at \(place)"
    }

    package var debugDescription: String { description }
    package var customMirror: Mirror { Mirror(self, children: []) }
}

extension String {
    var trimmed: String {
        let lines = split(whereSeparator: \.isNewline)
        return lines.joined(separator: " ")
    }
}
