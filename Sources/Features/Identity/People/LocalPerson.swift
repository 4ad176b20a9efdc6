import Foundation
package import Ledger
import Storage

/// Whose household is worked on from the command line: whoever may run it on the data folder may do anything there.
package struct LocalPerson: Sendable {
    let environment: ServerEnvironment
    let passwords: PasswordHasher

    package init(_ environment: ServerEnvironment, passwords: PasswordHasher = PasswordHasher()) {
        self.environment = environment
        self.passwords = passwords
    }

    /// The person's default household; nil when nobody has the address.
    package func findMember(email: EmailAddress) async throws -> Member? {
        try await environment.database.read(.shared) { transaction in
            let people = PersonStore(transaction)
            guard let person = try people.findCredential(email: email.folded)?.person,
                let household = try people.households(of: person.id).first
            else { return nil }
            return Member(person, in: household, sees: .everything)
        }
    }

    /// Everyone with a household, for a command that was not told whom it is for.
    ///
    /// - Parameter limit: how many are looked up.
    package func emails(limit: Int) async throws -> [String] {
        try await environment.database.read(.shared) { transaction in
            try transaction.rows(
                "SELECT email FROM person ORDER BY created_at, id LIMIT \(limit)"
            ) { try $0.text() }
        }
    }

    /// Makes a person with a household of their own.
    ///
    /// - Throws: 422 for a password that signing up would refuse, 409 when the address is taken.
    package func found(
        email: EmailAddress,
        password: String,
        name: String,
        currency: Currency
    ) async throws -> Member {
        guard PasswordRules.length.contains(password.count),
            !PasswordRules.isGuessable(password)
        else {
            throw APIError.invalid(
                "password",
                "too_weak",
                "must have at least \(PasswordRules.length.lowerBound) characters and not be a usual one"
            )
        }
        let founding = try await founding(email, password, name, of: name, in: currency)
        do {
            return try await environment.database.write(.household(founding.household)) {
                [environment] transaction in
                try founding.write(transaction, environment, requestID: "command-line")
                return founding.founder
            }
        } catch StorageError.uniqueViolation {
            throw APIError.conflict("auth.email_taken", "Someone has this address already.")
        }
    }

    /// Somebody with a household, who lives by the clock of this machine.
    func founding(
        _ email: EmailAddress,
        _ password: String,
        _ name: String,
        of householdName: String,
        in currency: Currency
    ) async throws -> HouseholdFounding {
        let household: HouseholdID = environment.ids.next()
        return HouseholdFounding(
            person: environment.ids.next(),
            household: household,
            email: email,
            personName: name,
            passwordHash: try await passwords.hash(password),
            timeZone: TimeZone.current.identifier,
            locale: "en",
            householdName: householdName,
            currency: currency,
            weekStart: .monday,
            sealedKey: try environment.keys.makeWrapped(for: household)
        )
    }
}
