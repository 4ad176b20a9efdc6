import Foundation
package import Storage

/// Runs PostgreSQL's own programs against one database.
package struct PostgresTools: Sendable {
    private let configuration: PostgresConfiguration

    package init(_ configuration: PostgresConfiguration) {
        self.configuration = configuration
    }

    /// What libpq calls each parameter in the environment: nothing secret stands on a command line.
    private static let variables = [
        "host": "PGHOST", "hostaddr": "PGHOSTADDR", "port": "PGPORT", "dbname": "PGDATABASE",
        "user": "PGUSER", "password": "PGPASSWORD", "passfile": "PGPASSFILE",
        "sslmode": "PGSSLMODE", "sslrootcert": "PGSSLROOTCERT", "sslcert": "PGSSLCERT",
        "sslkey": "PGSSLKEY", "connect_timeout": "PGCONNECT_TIMEOUT",
    ]

    /// - Throws: `tool` with the last lines of what it said.
    func run(_ program: String, _ arguments: [String], options: String? = nil) throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = [program] + arguments
        var environment = ProcessInfo.processInfo.environment
        for (keyword, variable) in Self.variables {
            if let value = configuration[keyword] { environment[variable] = value }
        }
        if let options { environment["PGOPTIONS"] = options }
        process.environment = environment
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        let errors = Pipe()
        process.standardError = errors
        do {
            try process.run()
        } catch {
            throw BackupError.tool("\(program) cannot be started: \(error.localizedDescription)")
        }
        let said = errors.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            let lines = String(decoding: said, as: UTF8.self).split(separator: "\n").suffix(3)
            throw BackupError.tool(
                process.terminationStatus == 127
                    ? "\(program) is not installed: install PostgreSQL's client programs"
                    : "\(program) failed: \(lines.joined(separator: " "))"
            )
        }
    }
}
