import ArgumentParser

@main
struct Martlet: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "martlet",
        abstract: "A household's money, on a machine it trusts.",
        discussion: """
            `martlet serve` keeps everything in one folder (DATA_DIR, ./data at first) and \
            listens on http://127.0.0.1:8080. Every setting is an environment variable or a line \
            KEY=VALUE of the file that --config or MARTLET_CONFIG names; .env.example lists them.
            """,
        version: Version.current,
        subcommands: [
            ServeCommand.self, MigrateCommand.self, OpenAPICommand.self, DemoCommand.self,
            ImportCommand.self, UserCommand.self, DoctorCommand.self, BackupCommand.self,
            RestoreCommand.self, KeysCommand.self,
            VersionCommand.self,
        ],
        defaultSubcommand: nil
    )
}

extension Martlet {
    /// The one place where an error becomes a line and a status.
    static func main() async {
        do {
            var command = try parseAsRoot()
            if var command = command as? any AsyncParsableCommand {
                try await command.run()
            } else {
                try command.run()
            }
        } catch {
            exit(withError: PlainReason.line(error) ?? error)
        }
    }
}

/// Which Martlet this is.
enum Version {
    static let current = "0.1.0"
}
