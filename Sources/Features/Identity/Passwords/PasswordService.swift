import HTTPTypes
import Ledger
import Storage

/// Changing a password, and getting back in without it.
struct PasswordService: Sendable {
    let context: IdentityContext
    private var environment: ServerEnvironment { context.environment }

    init(_ context: IdentityContext) {
        self.context = context
    }

    /// Ends every other session.
    ///
    /// - Throws: 401 for a wrong password, 423 after too many.
    func change(
        from old: String,
        to new: String,
        of person: PersonID,
        keeping session: SessionID,
        _ visit: Visit
    ) async throws {
        let now = environment.clock.now()
        try await check(old, of: person, "password_change", visit) { [self] checked in
            try await context.breached?.demandUnknown(new, field: "new_password")
            let hash = try await context.passwords.hash(new)
            try await environment.database.write(.shared) { [environment] transaction in
                try checked.forgive(transaction)
                try Self.replace(checked.credential.person, hash, transaction, environment)
                let sessions = SessionStore(transaction)
                try sessions.endAll(of: person, except: session, at: now)
                try sessions.prove(session, at: now)
                try SecurityTrail(transaction, environment).add(
                    SecurityEvent(
                        "password_change",
                        of: person,
                        entity: "password",
                        visit
                    )
                )
            }
        }
        context.authenticator.forget(person: person)
    }

    /// Shows again who someone is, so that they may do what a stolen session must not.
    ///
    /// - Throws: 401 for a wrong password, 423 after too many.
    func prove(
        _ password: String,
        of person: PersonID,
        _ session: SessionID,
        _ visit: Visit
    ) async throws {
        let now = environment.clock.now()
        try await check(password, of: person, "prove", visit) { [environment] checked in
            try await environment.database.write(.shared) { transaction in
                try checked.forgive(transaction)
                try SessionStore(transaction).prove(session, at: now)
                try SecurityTrail(transaction, environment).add(
                    SecurityEvent(
                        "prove",
                        of: person,
                        entity: "session",
                        entityID: session.value,
                        visit,
                        details: JSONWriter.object(["by": "password"])
                    )
                )
            }
        }
        context.authenticator.forget(session)
    }

    private func check(
        _ password: String,
        of person: PersonID,
        _ action: String,
        _ visit: Visit,
        then open: @Sendable (PasswordDoor.Checked) async throws -> Void
    ) async throws {
        let email = try await environment.database.read(.shared) { transaction in
            try PersonStore(transaction).foldedEmail(of: person)
        }
        try await PasswordDoor(context).check(password, email: email, action, visit, then: open)
    }

    /// A second letter within this time is not sent.
    private static let letterSeconds: Int64 = 300

    /// Sends a link to whoever has the address. Nothing tells whether anyone does: what is written
    /// for nobody is as much as what is written for somebody.
    func requestReset(email: EmailAddress, _ visit: Visit) async throws {
        let now = environment.clock.now()
        let token = OpaqueToken()
        try await environment.database.write(.shared) { [environment] transaction in
            let found = try PersonStore(transaction).findCredential(email: email.folded)?.person
            let tokens = OneTimeTokenStore(transaction)
            let recent = now.adding(seconds: -Self.letterSeconds)
            let person = try found.flatMap { person in
                // A stranger who asks again and again must not end the link that its owner waits for.
                let hasLetter = try tokens.isWaiting(.resetPassword, of: person.id, since: recent)
                return person.isDisabled || hasLetter ? nil : person
            }
            if let person { try tokens.endAll([.resetPassword], of: person.id, at: now) }
            try tokens.issue(token, .resetPassword, for: person?.id, at: now)
            try SecurityTrail(transaction, environment).add(
                SecurityEvent(
                    "password_reset_request",
                    person == nil ? .failure : .success,
                    about: person.map { .person($0.id) } ?? .server,
                    by: .nobody,
                    entity: "password",
                    on: visit.client,
                    requestID: visit.requestID
                )
            )
            guard let person else { return }
            try MailQueue(transaction, environment).add(
                .resetPassword(name: person.name, link: environment.link("reset", token)),
                to: person.email,
                locale: person.locale
            )
        }
    }

    /// Sets a new password by a link and ends every session and every personal access token. A second
    /// factor is still asked for at the next sign-in.
    ///
    /// - Throws: 410 for a link that is not good, or not any more.
    func reset(_ token: OpaqueToken, to new: String, _ visit: Visit) async throws {
        let now = environment.clock.now()
        // Looked at first, so that a wrong link costs nobody a hash.
        let ticket = try await environment.database.read(.shared) { transaction in
            try OneTimeTokenStore(transaction).look(at: token, .resetPassword, at: now)
        }
        guard ticket?.person != nil else { throw APIError.linkUsed }
        try await context.breached?.demandUnknown(new, field: "new_password")
        let hash = try await context.passwords.hash(new)
        let person = try await environment.database.write(.shared) {
            [environment] transaction -> PersonID in
            let ticket = try OneTimeTokenStore(transaction).redeem(token, .resetPassword, at: now)
            guard let id = ticket?.person,
                let person = try PersonStore(transaction).findCredential(of: id)?.person,
                !person.isDisabled
            else { throw APIError.linkUsed }
            try Self.replace(person, hash, transaction, environment)
            if person.emailVerifiedAt == nil {
                // Whoever set these up has never shown that the address is theirs.
                try PersonStore(transaction).removeDoors(of: id)
            }
            try PersonStore(transaction).noteVerified(id, at: now)
            try PersonStore(transaction).raiseEpoch(of: id)
            try SessionStore(transaction).endAll(of: id, at: now)
            // Whoever lost the password to somebody may have lost tokens to them.
            try PersonalTokenStore(transaction).removeAll(of: id)
            try CalendarFeedStore(transaction).removeAll(of: id)
            try SecurityTrail(transaction, environment).add(
                SecurityEvent(
                    "password_reset",
                    of: id,
                    entity: "password",
                    visit
                )
            )
            return id
        }
        context.authenticator.forget(person: person)
    }

    /// Writes the hash, ends links that are out, and tells the owner.
    private static func replace(
        _ person: Person,
        _ hash: String,
        _ transaction: any SQLTransaction,
        _ environment: ServerEnvironment
    ) throws {
        try PersonStore(transaction).savePasswordHash(hash, of: person.id)
        try OneTimeTokenStore(transaction).endAll(
            [.resetPassword, .halfLogin, .changeEmail],
            of: person.id,
            at: environment.clock.now()
        )
        try MailQueue(transaction, environment).add(
            .passwordChanged(name: person.name),
            to: person.email,
            locale: person.locale
        )
    }
}

extension APIError {
    static let linkUsed = APIError(
        .gone,
        "auth.link_used",
        "This link is not good, or not any more: ask for a new one."
    )
}
