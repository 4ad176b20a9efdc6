import Foundation
import Ledger
import Storage
import TestSupport
import Testing

@Suite(
    .enabled(if: PostgresServer.isPresent, Comment(rawValue: PostgresServer.absence)),
    .enabled(if: Pooler.isPresent, "there is no PgBouncer here")
)
struct PostgresPoolerTests {
    /// Eight of ours share two of the server's, so nearly every transaction runs on another one.
    private static func withPooler(
        _ body: @escaping (PostgresDatabase) async throws -> Void
    ) async throws {
        try await PostgresServer.withFreshDatabase { configuration in
            let pooler = try Pooler(before: configuration, serverConnections: 2)
            var pooled = configuration.replacing("host", by: pooler.folder.path)
                .replacing("port", by: String(Pooler.port))
            pooled.namedStatements = false
            pooled.poolSize = 8
            let database = PostgresDatabase(pooled)
            let outcome: Result<Void, any Error>
            do {
                outcome = .success(try await body(database))
            } catch {
                outcome = .failure(error)
            }
            try await database.close()
            try pooler.stop()
            try outcome.get()
        }
    }

    @Test func `households stay apart on shared connections`() async throws {
        try await Self.withPooler { database in
            try await database.write(.shared) { transaction in
                try transaction.execute("CREATE TABLE note (household_id uuid, n bigint)")
                for statement in PostgresRowSecurity.statements(table: "note") {
                    try transaction.execute(statement)
                }
            }

            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 0..<400 {
                    let household = HouseholdID.numbered(UInt64(number % 7))
                    group.addTask {
                        try await database.write(.household(household)) { transaction in
                            try transaction.execute(
                                "INSERT INTO note (household_id, n) VALUES (\(household), 1)"
                            )
                            let others = try transaction.first(
                                "SELECT count(*) FROM note WHERE household_id <> \(household)"
                            ) { try $0.integer() }
                            #expect(others == 0)
                        }
                        try await database.expect("SELECT count(*) FROM note", is: 0)
                    }
                }
                try await group.waitForAll()
            }

            for number in 0..<7 {
                try await database.expect(
                    "SELECT count(*) FROM note",
                    is: number == 0 ? 58 : 57,
                    in: .household(number: UInt64(number))
                )
            }
        }
    }

    @Test func `errors and limits of one transaction do not reach the next`() async throws {
        try await Self.withPooler { database in
            for _ in 0..<20 {
                await #expect(throws: StorageError.self) {
                    try await database.write(.household(number: 1)) { transaction in
                        _ = try transaction.executeCounting("SELECT 1 / (SELECT 0)")
                    }
                }
                try await database.expect(
                    """
                    SELECT count(*) FROM pg_locks JOIN pg_database ON pg_database.oid = database
                    WHERE locktype = 'advisory' AND datname = current_database()
                    """,
                    is: 0
                )
                let timeout = try await database.setting("statement_timeout")
                #expect(timeout == "0", "nothing of ours stays on a server connection")
            }
        }
    }

    @Test func `a pooler is noticed at the start`() async throws {
        try await Self.withPooler { database in
            let quiet = try await database.verifyAtStart()
            #expect(quiet == [])
            var named = database.configuration
            named.namedStatements = true
            named.poolSize = 1
            let other = PostgresDatabase(named)
            let warnings = try await other.verifyAtStart()
            #expect(warnings.count == 1)
            #expect(warnings.first?.contains("pooler") == true)
            try await other.close()
        }
    }
}

extension PostgresDatabase {
    /// A setting as it stands outside of our transactions.
    fileprivate func setting(_ name: String) async throws -> String? {
        let text = try await read(.shared) { transaction in
            try transaction.first("SELECT reset_val FROM pg_settings WHERE name = \(name)") {
                try $0.text()
            }
        }
        return text
    }
}

/// A PgBouncer in transaction mode, in a folder of its own.
private final class Pooler {
    static let port = 6432
    private static let program = [
        "/usr/sbin/pgbouncer", "/usr/bin/pgbouncer", "/opt/homebrew/bin/pgbouncer",
    ]
    .first { FileManager.default.isExecutableFile(atPath: $0) }
    static let isPresent = program != nil

    let folder: URL
    private let process = Process()

    init(before configuration: PostgresConfiguration, serverConnections: Int) throws {
        folder = URL(fileURLWithPath: "/tmp/martlet-pooler-\(UInt32.random(in: 0 ... .max))")
        try FileManager.default.createDirectory(
            at: folder,
            withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o777]
        )
        let target = ["host", "port", "user", "password"]
            .compactMap { key in configuration[key].map { "\(key)='\($0)'" } }
            .joined(separator: " ")
        let settings = """
            [databases]
            * = \(target)
            [pgbouncer]
            unix_socket_dir = \(folder.path)
            listen_port = \(Self.port)
            auth_type = any
            pool_mode = transaction
            default_pool_size = \(serverConnections)
            """
        let file = folder.appending(path: "pgbouncer.ini")
        try settings.write(to: file, atomically: true, encoding: .utf8)
        process.executableURL = URL(fileURLWithPath: Self.program ?? "")
        // It refuses to run as root.
        let user = getuid() == 0 ? ["-u", "nobody"] : []
        process.arguments = ["-q"] + user + [file.path]
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
    }

    func stop() throws {
        // Its other signals are blocked, as they are on the threads that run tests.
        kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
        try FileManager.default.removeItem(at: folder)
    }
}
