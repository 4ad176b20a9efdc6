import ArgumentParser
import Features
import Foundation
import Logging
import Storage

struct OpenAPICommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "openapi",
        abstract: "Print the description of the API (OpenAPI 3.1)."
    )

    /// The routes are made as `serve` makes them, over a data folder that is thrown away.
    func run() async throws {
        let folder = FileManager.default.temporaryDirectory
            .appending(path: "martlet-openapi-\(getpid())").path
        defer { try? FileManager.default.removeItem(atPath: folder) }  // The system clears it too.
        let configuration = try MartletConfiguration(file: nil, environment: ["DATA_DIR": folder])
        let quiet = Logger(label: "martlet") { _ in SwiftLogNoOpLogHandler() }
        let workspace = try await Workspace.open(configuration, logger: quiet)
        let router = try await buildRouter(workspace, nil)
        try await workspace.database.close()
        let document = OpenAPIDocument(router.endpoints, version: Version.current)
        FileHandle.standardOutput.write(Data(document.bytes))
    }
}
