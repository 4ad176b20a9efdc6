import HTTPTypes
import Ledger
import Logging
import Storage

/// The one place where a password is checked: it counts, takes the same time for everyone, and
/// leaves its line in the trail.
struct PasswordDoor: Sendable {
    private let context: IdentityContext
    private var environment: ServerEnvironment { context.environment }

    init(_ context: IdentityContext) {
        self.context = context
    }

    /// A password that was right.
    struct Checked: Sendable {
        let credential: Credential
        fileprivate let email: String
        fileprivate let visit: Visit

        /// Takes back the try that was counted, in the transaction that the password opened.
        func forgive(_ transaction: any SQLTransaction) throws {
            try SignInGuard(
                transaction,
                email: email,
                by: visit,
                known: credential.person
            ).forgive()
        }
    }

    /// Checks a password, and does what it opens. Tries for one account take turns: of many right
    /// ones at once each is right.
    ///
    /// - Parameters:
    ///   - email: as `EmailAddress.folded` writes it.
    ///   - action: what it is wanted for, in the trail.
    ///   - open: must call `forgive` in its transaction.
    /// - Throws: 401, the same for an unknown address as for a wrong password; 423 after too many
    ///   wrong tries.
    func check<Value: Sendable>(
        _ password: String,
        email: String,
        _ action: String,
        _ visit: Visit,
        then open: @Sendable (Checked) async throws -> Value
    ) async throws -> Value {
        try await context.turns.take(email) {
            try await open(try await check(password, email, action, visit))
        }
    }

    private func check(
        _ password: String,
        _ email: String,
        _ action: String,
        _ visit: Visit
    ) async throws -> Checked {
        let now = environment.clock.now()
        let (known, isLast) = try await environment.database.write(.shared) { transaction in
            let known = try PersonStore(transaction).findCredential(email: email)
            let guesses = SignInGuard(transaction, email: email, by: visit, known: known?.person)
            return (known, try guesses.claim(at: now))
        }
        let isRight: Bool
        do {
            isRight = try await context.passwords.verify(
                password,
                against: known?.passwordHash,
                among: context.storedCosts.prefixes(context.passwords, environment)
            )
        } catch {
            // Nobody looked at it: it was no try.
            try await environment.database.write(.shared) { transaction in
                try SignInGuard(transaction, email: email, by: visit, known: known?.person)
                    .forgive()
            }
            throw error
        }
        if isRight, let known, !known.person.isDisabled {
            return Checked(credential: known, email: email, visit: visit)
        }
        let failure = Failure(
            person: known?.person,
            email: email,
            action: action,
            isLast: isLast,
            visit: visit
        )
        try await environment.database.write(.shared) { [environment] transaction in
            try failure.note(transaction, environment)
        }
        if isLast {
            environment.logger.notice(
                "a lane of sign-in was locked after wrong tries",
                metadata: ["request": "\(visit.requestID)", "address": "\(visit.client.address)"]
            )
        }
        throw APIError.wrongCredentials
    }

    private struct Failure: Sendable {
        let person: Person?
        let email: String
        let action: String
        /// Whether it was the last that the lane had.
        let isLast: Bool
        let visit: Visit

        func note(_ transaction: any SQLTransaction, _ environment: ServerEnvironment) throws {
            try SecurityTrail(transaction, environment).add(
                SecurityEvent(
                    action,
                    .failure,
                    about: person.map { .person($0.id) } ?? .server,
                    by: .nobody,
                    entity: "password",
                    on: visit.client,
                    requestID: visit.requestID,
                    details: JSONWriter.object(isLast ? ["then": "locked"] : [:])
                )
            )
            guard isLast, let person, !person.isDisabled else { return }
            let guesses = SignInGuard(transaction, email: email, by: visit, known: person)
            guard try guesses.mayTell(at: environment.clock.now()) else { return }
            try MailQueue(transaction, environment).add(
                .accountLocked(
                    name: person.name,
                    address: visit.client.address,
                    minutes: Int(SignInGuard.laneSeconds / 60)
                ),
                to: person.email,
                locale: person.locale
            )
        }
    }
}

extension APIError {
    static let wrongCredentials = APIError(
        .unauthorized,
        "auth.invalid_credentials",
        "The address or the password is wrong."
    )
}
