import ArgumentParser
import Features
import Foundation
import Storage

struct DoctorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract: "Check that the books are whole, and name each row that is not.",
        discussion: """
            Adds up every posting again and compares it with the balances and sums that are kept; \
            follows the audit trail from its first entry to its last; checks that what points to a \
            row finds it. It changes nothing, and may run beside a server. It ends with 0 when all \
            is well, 1 when something is broken.

            Examples:
              martlet doctor
              martlet doctor --json | jq '.findings[].table'
            """
    )

    @OptionGroup var shared: SharedOptions

    @Flag(help: "Answer in JSON.")
    var json = false

    func run() async throws {
        let configuration = try shared.configuration()
        let logger = configuration.bootstrapLogger()
        let place = try await ReadingPlace.open(configuration, logger: logger)
        let progress = Progress("Checking households")
        let files = try TrailFiles(archive: TrailArchive(folder: place.folder.auditArchive))
        let doctor = Doctor(place.database, keys: place.keys, files: files)
        let report = try await doctor.examine {
            progress.show($0, of: $1)
        }
        try await place.database.close()
        progress.finish("\(report.households) checked")
        if json {
            FileHandle.standardOutput.write(Data(report.json + [10]))
        } else {
            for finding in report.findings { print(finding.line) }
            print(
                """
                \(report.households) households, \(report.transactions) transactions: \
                \(report.isClean ? "all is well" : "\(report.findings.count) broken")
                """
            )
            if report.purgeable > 0 {
                print(
                    """
                    \(report.purgeable) deleted transactions are past their 30 days: a server that \
                    runs removes them, once a day.
                    """
                )
            }
        }
        if !report.isClean { throw ExitCode.failure }
    }
}
