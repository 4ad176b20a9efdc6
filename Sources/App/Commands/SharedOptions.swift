import ArgumentParser
import Foundation
import Logging

/// What every command understands.
struct SharedOptions: ParsableArguments {
    @Option(help: "A file of KEY=VALUE lines; variables of the environment win over it.")
    var config: String?

    /// - Throws: one line that names the wrong setting.
    func configuration() throws -> MartletConfiguration {
        try MartletConfiguration(file: config, environment: ProcessInfo.processInfo.environment)
    }
}

extension MartletConfiguration {
    /// A logger as it is configured; libraries log through it too.
    func bootstrapLogger() -> Logger {
        let (level, format) = (logLevel, logFormat)
        LoggingSystem.bootstrap { _ in ConsoleLog(level, format) }
        return Logger(label: "martlet")
    }
}
