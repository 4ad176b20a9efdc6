import ArgumentParser
import Features
import Foundation
import Ledger
import Storage

struct DemoCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo",
        abstract: "Fill a household with five believable years.",
        discussion: """
            Salaries, rent and then a mortgage, groceries with seasons, a credit card, savings, an \
            account in another currency, holidays, refunds. The same number always gives the same \
            books. The household must be empty; a person who is not there yet is made.

            Examples:
              martlet demo
              martlet demo --transactions 100000 --email ann@example.org
              martlet demo --email bob@example.org --currency JPY
            """
    )

    @OptionGroup var shared: SharedOptions

    @Option(help: "How many transactions, opening balances among them.")
    var transactions = 5_000

    @Option(help: "Whose household to fill.")
    var email = "demo@example.org"

    @Option(help: "The password of a person who is made; by default one that is made up.")
    var password: String?

    @Option(help: "The name of a person who is made.")
    var name = "Demo"

    @Option(help: "The currency of a household that is made.")
    var currency = "EUR"

    func validate() throws {
        guard (1...DemoBook.limit).contains(transactions) else {
            throw ValidationError("--transactions must be from 1 to \(DemoBook.limit)")
        }
        guard EmailAddress(email) != nil else {
            throw ValidationError("--email must be an address such as ann@example.org")
        }
        guard Currency(code: currency) != nil else {
            throw ValidationError("--currency must be a code of ISO 4217 such as EUR")
        }
    }

    func run() async throws {
        let configuration = try shared.configuration()
        let workspace = try await Workspace.open(
            configuration,
            logger: configuration.bootstrapLogger()
        )
        do {
            try await fill(workspace)
        } catch let error as APIError {
            try await workspace.database.close()
            let isTaken = error.code == "demo.not_empty"
            throw StartError(error.message + (isTaken ? " Name someone else with --email." : ""))
        }
        try await workspace.database.close()
    }

    private func fill(_ workspace: Workspace) async throws {
        let environment = workspace.environment
        let people = workspace.people
        guard let address = EmailAddress(email), let currency = Currency(code: currency) else {
            return
        }
        var words = "as before"
        let member: Member
        if let known = try await people.findMember(email: address) {
            member = known
        } else {
            let chosen = password ?? Self.madeUpPassword()
            member = try await people.found(
                email: address,
                password: chosen,
                name: name,
                currency: currency
            )
            words = password == nil ? chosen : "the one you chose"
            // Said at once: nobody could look it up if filling fails.
            print("\(address.text) is signed up, with the password \(words)")
        }
        let progress = Progress("Writing transactions")
        try await DemoBook(transactions: transactions).fill(as: member, environment) {
            progress.show($0, of: transactions)
        }
        progress.finish("\(transactions) written")
        print(
            """
            Start the server with `martlet serve`, open \(workspace.configuration.publicURL) and \
            sign in:
              e-mail:   \(address.text)
              password: \(words)
            """
        )
    }

    /// Twenty letters and digits, none that look alike: 97 bits.
    private static func madeUpPassword() -> String {
        let letters = Array("abcdefghijkmnpqrstuvwxyz23456789")
        return String((0..<20).map { _ in letters[Int.random(in: 0..<letters.count)] })
    }
}
