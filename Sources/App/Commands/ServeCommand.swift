import ArgumentParser
import Foundation
import Hummingbird
import NIOCore
import ServiceLifecycle
import Storage
import UnixSignals

struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Serve the API and the web app until told to stop."
    )

    /// How long requests that are under way may take once the server was told to stop.
    private static let drainSeconds = 8

    @OptionGroup var shared: SharedOptions

    func run() async throws {
        let configuration = try shared.configuration()
        let logger = configuration.bootstrapLogger()
        let workspace = try await Workspace.open(configuration, logger: logger)
        let place = workspace.folder.path
        let application = try await buildApplication(workspace) { channel in
            Self.announce(channel.localAddress, place)
        }
        var services = ServiceGroupConfiguration(
            services: [application],
            gracefulShutdownSignals: [.sigterm, .sigint],
            logger: logger
        )
        services.maximumGracefulShutdownDuration = .seconds(Self.drainSeconds)
        do {
            try await ServiceGroup(configuration: services).run()
        } catch {
            let (host, port) = (configuration.host, configuration.port)
            throw PlainReason.listening(error, host: host, port: port)
        }
        try await workspace.database.close()
    }

    private static func announce(_ address: SocketAddress?, _ place: String) {
        let host = address?.ipAddress ?? "localhost"
        let port = address?.port.map { ":\($0)" } ?? ""
        let isVersion6 = host.contains(":")
        let words = """
            Martlet listens on http://\(isVersion6 ? "[\(host)]" : host)\(port)
            Its data is in \(place)
            Stop it with Ctrl-C.

            """
        FileHandle.standardOutput.write(Data(words.utf8))
    }
}
