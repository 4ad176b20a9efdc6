import HTTPTypes
import Ledger
import Storage

/// Whether an address is its owner's, and changing it.
struct EmailService: Sendable {
    let context: IdentityContext
    private var environment: ServerEnvironment { context.environment }

    init(_ context: IdentityContext) {
        self.context = context
    }

    /// Writes to a person so that they can show that the address is theirs. An older link ends.
    static func sendVerification(
        to id: PersonID,
        _ transaction: any SQLTransaction,
        _ environment: ServerEnvironment
    ) throws {
        let person = try PersonStore(transaction).loadPerson(id)
        let token = OpaqueToken()
        let tokens = OneTimeTokenStore(transaction)
        let now = environment.clock.now()
        try tokens.endAll([.verifyEmail], of: id, at: now)
        try tokens.issue(token, .verifyEmail, for: id, payload: person.email, at: now)
        try MailQueue(transaction, environment).add(
            .verifyEmail(name: person.name, link: environment.link("verify", token)),
            to: person.email,
            locale: person.locale
        )
    }

    func resendVerification(to person: PersonID) async throws {
        try await environment.database.write(.shared) { [environment] transaction in
            let found = try PersonStore(transaction).loadPerson(person)
            guard found.emailVerifiedAt == nil else { return }
            try Self.sendVerification(to: person, transaction, environment)
        }
    }

    /// Writes to the address that a person wants to have. It becomes theirs when they follow the
    /// link. Whether someone else has it already is not told.
    func requestChange(to email: EmailAddress, of person: PersonID, _ visit: Visit) async throws {
        let now = environment.clock.now()
        try await environment.database.write(.shared) { [environment] transaction in
            let people = PersonStore(transaction)
            let found = try people.loadPerson(person)
            let isTaken = try people.findCredential(email: email.folded) != nil
            let token = OpaqueToken()
            let tokens = OneTimeTokenStore(transaction)
            try tokens.endAll([.changeEmail], of: person, at: now)
            try tokens.issue(token, .changeEmail, for: person, payload: email.text, at: now)
            try SecurityTrail(transaction, environment).add(
                SecurityEvent(
                    "email_change_request",
                    of: person,
                    visit,
                    details: JSONWriter.object(["to": email.text])
                )
            )
            // A thief of the session asks too: the owner hears of it before it is too late.
            let mail = MailQueue(transaction, environment)
            try mail.add(
                .emailChangeAsked(
                    name: found.name,
                    newEmail: email.text,
                    address: visit.client.address
                ),
                to: found.email,
                locale: found.locale
            )
            guard !isTaken else { return }
            try mail.add(
                .confirmNewEmail(name: found.name, link: environment.link("verify", token)),
                to: email.text,
                locale: found.locale
            )
        }
    }

    /// Follows a link of either kind.
    ///
    /// - Throws: 410 for a link that is not good, 409 when someone else took the address meanwhile.
    func verify(_ token: OpaqueToken, _ visit: Visit) async throws {
        do {
            try await environment.database.write(.shared) { [self] transaction in
                try follow(token, visit, transaction)
            }
        } catch StorageError.uniqueViolation {
            throw APIError.emailTaken
        }
    }

    private func follow(
        _ token: OpaqueToken,
        _ visit: Visit,
        _ transaction: any SQLTransaction
    ) throws {
        let now = environment.clock.now()
        let tokens = OneTimeTokenStore(transaction)
        let people = PersonStore(transaction)
        var event = "email_verify"
        let ticket: OneTimeTokenStore.Ticket
        if let found = try tokens.redeem(token, .verifyEmail, at: now) {
            ticket = found
        } else if let found = try tokens.redeem(token, .changeEmail, at: now) {
            ticket = found
            event = "email_change"
        } else {
            throw APIError.linkUsed
        }
        guard let id = ticket.person, let person = try people.findCredential(of: id)?.person,
            !person.isDisabled, let email = EmailAddress(ticket.payload)
        else { throw APIError.linkUsed }
        if event == "email_change" {
            try people.saveEmail(email, of: id)
            try tokens.endAll([.resetPassword, .verifyEmail], of: id, at: now)
            try MailQueue(transaction, environment).add(
                .emailChanged(name: person.name, newEmail: email.text),
                to: person.email,
                locale: person.locale
            )
        } else {
            // The link was for an address that is not theirs any more.
            guard person.email == email.text else { throw APIError.linkUsed }
        }
        try people.noteVerified(id, at: now)
        try SecurityTrail(transaction, environment).add(
            SecurityEvent(
                event,
                of: id,
                visit
            )
        )
    }
}
