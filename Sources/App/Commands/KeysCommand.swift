import ArgumentParser
import Features
import Foundation
import Logging
import Storage

struct KeysCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "keys",
        abstract: "Change the keys that everything is sealed and signed with.",
        subcommands: [Rotate.self, Status.self]
    )

    struct Rotate: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "rotate",
            abstract: "Make new keys, and wrap every data key anew.",
            discussion: """
                Works beside a running server, which goes on meanwhile and does the work itself. \
                Nobody is signed out. A master key that comes from the environment is changed \
                there: give the new one as MASTER_KEY and the last one as MASTER_KEY_PREVIOUS.
                """
        )

        @OptionGroup var shared: SharedOptions

        func run() async throws {
            let configuration = try shared.configuration()
            let folder = try DataFolder(configuration.dataDirectory)
            let keys = try FolderKeys(folder, configuration)
            guard !keys.hasPrevious(.master) else {
                throw StartError(
                    "the last change of keys is not finished: start the server, or wait"
                )
            }
            let place = try await ReadingPlace.open(
                configuration,
                logger: configuration.bootstrapLogger()
            )
            try await place.database.close()
            try keys.change(.accessToken)
            if keys.given == nil {
                try keys.change(.master)
            } else {
                print("The master key comes from the environment: it stays.")
            }
            print("New keys are in \(folder.path).")
            try await finish(configuration, keys)
        }

        /// Wraps everything anew where no server does.
        private func finish(_ configuration: MartletConfiguration, _ keys: FolderKeys) async throws
        {
            if case .sqlite = configuration.database {
                do {
                    // Let go of at once: whoever opens the database takes it again.
                    _ = try keys.folder.lock()
                } catch {
                    return print("The running server wraps the data keys anew.")
                }
            }
            let workspace = try await Workspace.open(
                configuration,
                logger: Logger(label: "martlet")
            )
            let count = try await KeyRewrap(workspace.database, workspace.environment.keys).run()
            try await workspace.database.close()
            print("Data keys wrapped anew: \(count).")
            print("The last keys stay until a server that runs has seen the new ones.")
        }
    }

    struct Status: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "status",
            abstract: "Say whether a change of keys is finished."
        )

        @OptionGroup var shared: SharedOptions

        func run() async throws {
            let configuration = try shared.configuration()
            let place = try await ReadingPlace.open(
                configuration,
                logger: configuration.bootstrapLogger()
            )
            let waiting = try await KeyRewrap(place.database, place.keys).waiting()
            try await place.database.close()
            let keys = try FolderKeys(place.folder, configuration)
            print("Data keys that wait to be wrapped anew: \(waiting).")
            for kind in FolderKeys.Kind.allCases where keys.hasPrevious(kind) {
                print("\(kind.previous) is still there.")
            }
        }
    }
}
