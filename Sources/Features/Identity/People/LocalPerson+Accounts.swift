import Foundation
import HTTPTypes
package import Ledger
package import Storage

/// People from the command line. Each step stands in the trail of whom it concerns.
extension LocalPerson {
    /// Signs somebody up, with a household of their own. The first is the administrator.
    ///
    /// - Throws: 422 for a password that signing up would refuse, 409 when the address is taken.
    package func create(
        _ email: EmailAddress,
        password: String,
        name: String,
        currency: Currency,
        role: SystemRole
    ) async throws {
        try Self.demandGood(password)
        let founding = try await founding(
            email,
            password,
            name,
            of: "\(name)’s household",
            in: currency
        )
        let environment = environment
        do {
            try await environment.database.write(.household(founding.household)) { transaction in
                try founding.write(transaction, environment, requestID: Self.requestID)
                try PersonStore(transaction).promoteFirst(founding.person, environment)
                try EmailService.sendVerification(to: founding.person, transaction, environment)
                try Self.note("sign_up", founding.person, transaction, environment)
                if role != .user {
                    try Self.setRole(role, of: founding.person, transaction, environment)
                }
            }
        } catch StorageError.uniqueViolation {
            throw APIError.conflict("auth.email_taken", "Someone has this address already.")
        }
    }

    /// Gives somebody a new password and ends every session and every personal access token of theirs. Their second
    /// factors stay.
    ///
    /// - Throws: 404, 422 for a password that signing up would refuse.
    package func resetPassword(of email: EmailAddress, to password: String) async throws {
        try Self.demandGood(password)
        let hash = try await passwords.hash(password)
        let environment = environment
        try await environment.database.write(.shared) { transaction in
            let person = try Self.load(email, transaction)
            let now = environment.clock.now()
            let people = PersonStore(transaction)
            try people.savePasswordHash(hash, of: person.id)
            try people.raiseEpoch(of: person.id)
            try SessionStore(transaction).endAll(of: person.id, at: now)
            try PersonalTokenStore(transaction).removeAll(of: person.id)
            try CalendarFeedStore(transaction).removeAll(of: person.id)
            try OneTimeTokenStore(transaction).endAll(
                [.resetPassword, .halfLogin, .changeEmail],
                of: person.id,
                at: now
            )
            try Self.note("password_reset", person.id, transaction, environment)
            try MailQueue(transaction, environment).add(
                .passwordChanged(name: person.name),
                to: person.email,
                locale: person.locale
            )
        }
    }

    /// Makes a link by which somebody chooses a new password themselves. An older one ends.
    ///
    /// - Throws: 404
    package func resetLink(of email: EmailAddress) async throws -> String {
        let token = OpaqueToken()
        let environment = environment
        try await environment.database.write(.shared) { transaction in
            let person = try Self.load(email, transaction)
            let now = environment.clock.now()
            let tokens = OneTimeTokenStore(transaction)
            try tokens.endAll([.resetPassword], of: person.id, at: now)
            try tokens.issue(token, .resetPassword, for: person.id, at: now)
            try Self.note("password_reset_request", person.id, transaction, environment)
        }
        return environment.link("reset", token)
    }

    /// Takes away every second factor of somebody who has lost theirs, passkeys among them, and ends
    /// every session.
    ///
    /// - Returns: a link to choose a password by, for somebody who signed in by passkeys alone and
    ///   could not come in without it; nil for everybody else.
    /// - Throws: 404, 409 for somebody who has no second factor
    package func resetFactors(of email: EmailAddress) async throws -> String? {
        let token = OpaqueToken()
        let environment = environment
        let needsLink = try await environment.database.write(.shared) { transaction in
            let person = try Self.load(email, transaction)
            let now = environment.clock.now()
            let ways = WaysIn(transaction: transaction, person: person.id)
            try ways.lock()
            guard try SecondFactorStore(transaction).isSetUp(by: person.id) else {
                throw APIError.conflict("factor.none", "They have no second factor.")
            }
            _ = try TimeCodeStore(transaction, environment).remove(of: person.id)
            try BackupCodeStore(transaction).removeAll(of: person.id)
            try PasskeyStore(transaction).removeAll(of: person.id)
            try CodeGuard(transaction: transaction, person: person.id).forgive()
            try PersonStore(transaction).raiseEpoch(of: person.id)
            try SessionStore(transaction).endAll(of: person.id, at: now)
            let tokens = OneTimeTokenStore(transaction)
            try tokens.endAll([.halfLogin, .challenge, .changeEmail], of: person.id, at: now)
            let change = WayInChange.factorsReset
            try Self.note(change.action, person.id, transaction, environment)
            try MailQueue(transaction, environment).add(
                .secondFactorChanged(name: person.name, change: change),
                to: person.email,
                locale: person.locale
            )
            guard try !ways.isAny() else { return false }
            try tokens.endAll([.resetPassword], of: person.id, at: now)
            try tokens.issue(token, .resetPassword, for: person.id, at: now)
            try Self.note("password_reset_request", person.id, transaction, environment)
            return true
        }
        return needsLink ? environment.link("reset", token) : nil
    }

    /// Gives somebody another role on the server.
    ///
    /// - Throws: 404
    package func promote(_ email: EmailAddress, to role: SystemRole) async throws {
        let environment = environment
        try await environment.database.write(.shared) { transaction in
            let person = try Self.load(email, transaction)
            try Self.setRole(role, of: person.id, transaction, environment)
        }
    }

    /// A line of a list of people.
    package struct Line: Sendable {
        package let id: PersonID
        package let email: String
        package let name: String
        package let role: SystemRole
        package let createdAt: Instant
        package let isVerified: Bool
        /// Whether they may not sign in.
        package let isShutOut: Bool
        package let eraseAt: Instant?
    }

    /// Everybody who was not erased or deleted, in the order in which they came.
    package static func lines(_ database: any SQLDatabase) async throws -> [Line] {
        try await database.read(.shared) { transaction in
            try transaction.rows(
                """
                SELECT id, email, name, system_role, created_at, email_verified_at IS NOT NULL,
                    disabled_at IS NOT NULL, erase_at
                FROM person WHERE deleted_at IS NULL ORDER BY created_at, id
                """
            ) { row in
                Line(
                    id: try row.identifier(),
                    email: try row.text(),
                    name: try row.text(),
                    role: SystemRole(rawValue: try row.text()) ?? .user,
                    createdAt: try row.instant(),
                    isVerified: try row.boolean(),
                    isShutOut: try row.boolean(),
                    eraseAt: try row.instantOrNil()
                )
            }
        }
    }

    // MARK: Parts

    private static let requestID = "command-line"

    /// - Throws: 404 for an address that nobody has, or nobody any more.
    private static func load(
        _ email: EmailAddress,
        _ transaction: any SQLTransaction
    ) throws -> Person {
        let gone = try transaction.first(
            """
            SELECT 1 FROM person WHERE email_folded = \(email.folded) AND deleted_at IS NOT NULL
            """
        ) { try $0.int() }
        guard gone == nil,
            let person = try PersonStore(transaction).findCredential(email: email.folded)?.person
        else { throw APIError(.notFound, "person.not_found", "Nobody has this address.") }
        return person
    }

    private static func setRole(
        _ role: SystemRole,
        of person: PersonID,
        _ transaction: any SQLTransaction,
        _ environment: ServerEnvironment
    ) throws {
        try transaction.execute(
            "UPDATE person SET system_role = \(role.rawValue) WHERE id = \(person)"
        )
        try note("role_change", person, transaction, environment, ["role": role.rawValue])
    }

    private static func note(
        _ action: String,
        _ person: PersonID,
        _ transaction: any SQLTransaction,
        _ environment: ServerEnvironment,
        _ details: [String: String] = [:]
    ) throws {
        try SecurityTrail(transaction, environment).add(
            SecurityEvent(
                action,
                about: .person(person),
                by: .commandLine,
                on: nil,
                requestID: requestID,
                details: details.isEmpty ? nil : JSONWriter.object(details)
            )
        )
    }

    private static func demandGood(_ password: String) throws(APIError) {
        guard case .faults(let faults) = FieldKind.newPassword.parse(.string(password), false)
        else {
            return
        }
        throw .invalid(faults.map { FieldError("password", $0.code, $0.message) })
    }
}
