import ArgumentParser
import Features
import Foundation
import Ledger
import Storage

struct UserCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "user",
        abstract: "People, for whoever holds the machine.",
        discussion: """
            Passwords are asked for on the terminal or read from standard input, never from the \
            command line, which other users of the machine can see. On SQLite the server must be \
            stopped, but for `list`; on PostgreSQL it may run.

            Examples:
              martlet user create ann@example.org --name Ann --role admin
              martlet user reset-password ann@example.org --link
              martlet user reset-factors ann@example.org --yes
              martlet user promote ann@example.org
              martlet user list
            """,
        subcommands: [
            Create.self, ResetPassword.self, ResetFactors.self, Promote.self, List.self,
        ]
    )
}

/// Whom a command is about.
struct PersonArgument: ParsableArguments {
    @Argument(help: "The e-mail address of the person.")
    var email: String

    func validate() throws {
        guard EmailAddress(email) != nil else {
            throw ValidationError("\(email) is no address such as ann@example.org")
        }
    }

    /// - Throws: never, once it was validated.
    func address() throws -> EmailAddress {
        guard let address = EmailAddress(email) else { throw StartError("\(email) is no address") }
        return address
    }
}

extension SystemRole: ExpressibleByArgument {}

extension SharedOptions {
    /// Does something to people and closes the database again.
    fileprivate func changePeople(_ body: (LocalPerson) async throws -> Void) async throws {
        let configuration = try configuration()
        let workspace = try await Workspace.open(
            configuration,
            logger: configuration.bootstrapLogger()
        )
        let outcome: Result<Void, any Error>
        do {
            outcome = .success(try await body(workspace.people))
        } catch {
            outcome = .failure(error)
        }
        try await workspace.database.close()
        try outcome.get()
    }
}

extension UserCommand {
    struct Create: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "create",
            abstract: "Sign somebody up, with a household of their own.",
            discussion: "The first person is the administrator, whatever --role says."
        )

        @OptionGroup var shared: SharedOptions
        @OptionGroup var person: PersonArgument
        @OptionGroup var password: PasswordOption

        @Option(help: "Their name; by default what stands before the @.")
        var name: String?

        @Option(help: "The currency of their household.")
        var currency = "EUR"

        @Option(help: "What they may do on the server: user, support, auditor or admin.")
        var role = SystemRole.user

        func validate() throws {
            guard Currency(code: currency) != nil else {
                throw ValidationError("--currency must be a code of ISO 4217 such as EUR")
            }
            guard (1...120).contains((name ?? person.email).count) else {
                throw ValidationError("--name must have 1 to 120 characters")
            }
        }

        func run() async throws {
            let address = try person.address()
            let chosen = try password.read(twice: true)
            guard let currency = Currency(code: currency) else { return }
            try await shared.changePeople { people in
                try await people.create(
                    address,
                    password: chosen,
                    name: name ?? String(address.text.prefix { $0 != "@" }),
                    currency: currency,
                    role: role
                )
            }
            print("\(address.text) is signed up")
        }
    }

    struct ResetPassword: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "reset-password",
            abstract: "Give somebody a new password, or a link to choose one.",
            discussion: """
                Every device of theirs is signed out, and a letter tells them. With --link nothing \
                changes until they follow it: once, within half an hour. Second factors stay.
                """
        )

        @OptionGroup var shared: SharedOptions
        @OptionGroup var person: PersonArgument
        @OptionGroup var password: PasswordOption

        @Flag(help: "Print a link to give to them, instead of choosing a password.")
        var link = false

        func run() async throws {
            let address = try person.address()
            guard !link else {
                return try await shared.changePeople { people in
                    print(try await people.resetLink(of: address))
                }
            }
            let chosen = try password.read(twice: true)
            try await shared.changePeople { people in
                try await people.resetPassword(of: address, to: chosen)
            }
            print("\(address.text) has a new password; every device is signed out")
        }
    }

    struct ResetFactors: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "reset-factors",
            abstract: "Take away the second factors of somebody who has lost theirs.",
            discussion: """
                The authenticator app, the backup codes and all passkeys are removed, every device of \
                theirs is signed out, and a letter tells them. Their password and their providers \
                stay. Who signed in by passkeys alone needs a password then: a link to choose one is \
                printed, good once, within half an hour. Make sure that whoever asks is who they say.
                """
        )

        @OptionGroup var shared: SharedOptions
        @OptionGroup var person: PersonArgument

        @Flag(help: "Do it. What is removed does not come back.")
        var yes = false

        func validate() throws {
            guard yes else {
                throw ValidationError(
                    "this removes every second factor of \(person.email) for good: say --yes"
                )
            }
        }

        func run() async throws {
            let address = try person.address()
            try await shared.changePeople { people in
                if let link = try await people.resetFactors(of: address) { print(link) }
            }
            print("\(address.text) has no second factor any more; every device is signed out")
        }
    }

    struct Promote: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "promote",
            abstract: "Give somebody another role on the server."
        )

        @OptionGroup var shared: SharedOptions
        @OptionGroup var person: PersonArgument

        @Option(help: "What they may do: user, support, auditor or admin.")
        var role = SystemRole.admin

        func run() async throws {
            let address = try person.address()
            try await shared.changePeople { people in
                try await people.promote(address, to: role)
            }
            print("\(address.text) is \(role.rawValue) now")
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "list",
            abstract: "List everybody. It may run beside a server."
        )

        @OptionGroup var shared: SharedOptions

        func run() async throws {
            let configuration = try shared.configuration()
            let logger = configuration.bootstrapLogger()
            let place = try await ReadingPlace.open(configuration, logger: logger)
            let lines = try await LocalPerson.lines(place.database)
            try await place.database.close()
            for line in lines { print(line.words) }
        }
    }
}

extension LocalPerson.Line {
    /// Tabs between, so that other programs can take it apart.
    fileprivate var words: String {
        var words = [email, role.rawValue, createdAt.rfc3339, name]
        if !isVerified { words.append("unconfirmed") }
        if isShutOut { words.append("shut out") }
        if let eraseAt { words.append("erased at \(eraseAt.rfc3339)") }
        return words.joined(separator: "\t")
    }
}
