import ArgumentParser
import Features
import Foundation
import Ledger
import Storage

struct ImportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Book what is new in a file from a bank.",
        discussion: """
            The format is told from the content: CSV of any bank, OFX, QFX. Rows that were imported \
            before are left out, so a file can be imported twice. A file that cannot be read \
            changes nothing. While a server runs, use the web app or POST /api/v1/imports instead.

            Examples:
              martlet import statement.csv --account "Current account"
              martlet import card.ofx --account Card --email ann@example.org
            """
    )

    @OptionGroup var shared: SharedOptions

    @Argument(help: "The file.", completion: .file())
    var file: String

    @Option(help: "The name of the account that it is about.")
    var account: String

    @Option(help: "Whose household; not needed where there is only one person.")
    var email: String?

    /// The largest file that is read.
    ///
    /// - Units: bytes
    private static let byteLimit = 1 << 30

    func run() async throws {
        let bytes = try content()
        let configuration = try shared.configuration()
        let workspace = try await Workspace.open(
            configuration,
            logger: configuration.bootstrapLogger()
        )
        do {
            try await book(bytes, workspace)
        } catch let error as APIError {
            try await workspace.database.close()
            throw StartError("\(file): \(error.message)")
        }
        try await workspace.database.close()
    }

    private func content() throws -> [UInt8] {
        do {
            let size = try FileManager.default.attributesOfItem(atPath: file)[.size] as? Int ?? 0
            guard size <= Self.byteLimit else {
                throw StartError(
                    "\(file) has more than \(Self.byteLimit >> 20) MiB: take it in parts"
                )
            }
            return Array(try Data(contentsOf: URL(fileURLWithPath: file)))
        } catch let error as CocoaError {
            throw StartError("\(file) cannot be read: \(PlainReason.file(error))")
        }
    }

    private func book(_ bytes: [UInt8], _ workspace: Workspace) async throws {
        let member = try await member(workspace)
        let account = try await findAccount(member, workspace)
        let progress = Progress("Booking rows")
        let name = URL(fileURLWithPath: file).lastPathComponent
        let done = try await ImportService(workspace.environment, byteLimit: Self.byteLimit)
            .importFile(name, bytes, into: account, as: member) { progress.show($0, of: $1) }
        let report = done.report
        progress.finish("\(report.new) of \(report.rows) booked")
        for problem in done.problems { Progress.say("\(file): \(problem)") }
        for question in report.questions {
            Progress.say(
                "\(file): \(question.message) Assumed: \(question.choices.first ?? "nothing")."
            )
        }
        print(
            """
            \(report.new) new, \(report.duplicates) known already, \(report.problems) not \
            understood, \(report.transfersLinked) transfers linked
            """
        )
        if report.problems > 0 { throw ExitCode(2) }
    }

    private func member(_ workspace: Workspace) async throws -> Member {
        let people = workspace.people
        let emails = try await people.emails(limit: 10)
        guard let chosen = email ?? (emails.count == 1 ? emails.first : nil) else {
            throw StartError(
                emails.isEmpty
                    ? "nobody has signed up yet: start `martlet serve` and sign up first"
                    : "say whose household it is with --email: \(emails.joined(separator: ", "))"
            )
        }
        guard let address = EmailAddress(chosen),
            let member = try await people.findMember(email: address)
        else { throw StartError("nobody has the address \(chosen)") }
        return member
    }

    private func findAccount(_ member: Member, _ workspace: Workspace) async throws -> AccountID {
        let household = member.household
        let accounts = try await workspace.database.read(.household(household)) { transaction in
            try AccountStore(transaction: transaction, household: household)
                .all(includingDeleted: false)
        }
        guard let found = accounts.first(where: { $0.name.lowercased() == account.lowercased() })
        else {
            let names = accounts.map { "\"\($0.name)\"" }.joined(separator: ", ")
            throw StartError(
                "there is no account \"\(account)\": " + (names.isEmpty ? "add one first" : names)
            )
        }
        return found.id
    }
}
