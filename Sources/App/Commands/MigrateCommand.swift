import ArgumentParser
import Storage

struct MigrateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "migrate",
        abstract: "Bring the database to the shape that this version needs, and stop.",
        discussion: "`martlet serve` does the same when it starts."
    )

    @OptionGroup var shared: SharedOptions

    func run() async throws {
        let configuration = try shared.configuration()
        let workspace = try await Workspace.open(
            configuration,
            logger: configuration.bootstrapLogger()
        )
        try await workspace.database.close()
        print("The database is up to date.")
    }
}
