import CLibPQ

extension PostgresDatabase {
    package static let oldestServer = 150_000

    /// Refuses a server that is too old or that may lose an acknowledged commit.
    ///
    /// `synchronous_commit` may be `on`, `remote_apply` or `remote_write`: all three flush here
    /// before the answer and wait for a synchronous standby where there is one. `local` does not
    /// wait for it, so that a fail-over could lose what was acknowledged, and `off` does not even
    /// flush.
    ///
    /// - Returns: what should be known though it prevents nothing, a sentence each.
    /// - Throws: `engine` with the setting's name as its code; `unavailable` when there is no
    ///   server.
    package func verifyAtStart() async throws -> [String] {
        let facts = try await read(.shared) { try Self.facts($0) }
        guard facts.version >= Self.oldestServer else {
            throw Self.refusal(
                "server_version",
                "is \(facts.version / 10_000), and 15 is the oldest that works"
            )
        }
        for (name, value) in [("fsync", facts.fsync), ("full_page_writes", facts.fullPageWrites)]
        where value != "on" {
            throw Self.refusal(name, "is \(value): a power cut could lose what was acknowledged")
        }
        guard ["on", "remote_apply", "remote_write"].contains(facts.synchronousCommit) else {
            throw Self.refusal(
                "synchronous_commit",
                "is \(facts.synchronousCommit): what was acknowledged could be lost"
            )
        }
        guard facts.encoding == "UTF8" else {
            throw Self.refusal("server_encoding", "is \(facts.encoding), and must be UTF8")
        }
        return warnings(facts)
    }

    private static func refusal(_ setting: String, _ reason: String) -> StorageError {
        .engine(code: setting, message: "PostgreSQL's \(setting) \(reason)")
    }

    private struct Facts: Sendable {
        let version: Int64
        let fsync: String
        let fullPageWrites: String
        let synchronousCommit: String
        let encoding: String
        let isSuperuser: Bool
        let bypassesRowSecurity: Bool
        let isRecovering: Bool
        let isDirect: Bool
        let isOnTheWire: Bool
    }

    private static func facts(_ transaction: any SQLTransaction) throws -> Facts {
        let connection = (transaction as? PostgresTransaction)?.connection
        let facts = try transaction.first(
            """
            SELECT current_setting('server_version_num')::bigint, current_setting('fsync'),
                current_setting('full_page_writes'), current_setting('synchronous_commit'),
                current_setting('server_encoding'), rolsuper, rolbypassrls, pg_is_in_recovery(),
                pg_backend_pid(), coalesce(host(inet_client_addr()), '')
            FROM pg_roles WHERE rolname = current_user
            """
        ) { row in
            Facts(
                version: try row.integer(),
                fsync: try row.text(),
                fullPageWrites: try row.text(),
                synchronousCommit: try row.text(),
                encoding: try row.text(),
                isSuperuser: try row.boolean(),
                bypassesRowSecurity: try row.boolean(),
                isRecovering: try row.boolean(),
                isDirect: try row.integer() == connection?.backendProcess,
                isOnTheWire: try !["", "127.0.0.1", "::1"].contains(row.text())
                    && connection?.isEncrypted == false
            )
        }
        guard let facts else { throw refusal("role", "is not to be found in pg_roles") }
        return facts
    }

    private func warnings(_ facts: Facts) -> [String] {
        var warnings: [String] = []
        if facts.isSuperuser {
            warnings.append(
                "Row-level security cannot bind the PostgreSQL role, a superuser: use another."
            )
        } else if facts.bypassesRowSecurity {
            warnings.append(
                "Row-level security cannot bind the PostgreSQL role, it has BYPASSRLS: use another."
            )
        }
        if facts.isRecovering {
            warnings.append(
                "The PostgreSQL server is a standby: it answers reads and refuses writes."
            )
        }
        if !facts.isDirect, configuration.namedStatements {
            warnings.append(
                "A pooler stands before PostgreSQL: turn named statements off unless it pools sessions."
            )
        }
        if facts.isOnTheWire {
            warnings.append(
                "The way to PostgreSQL leaves this machine without TLS: set sslmode=verify-full."
            )
        }
        return warnings
    }
}
