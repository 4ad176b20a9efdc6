import HTTPTypes
import Ledger
import Storage

/// Asking people to join a household, and joining it. One method is one use case.
struct InvitationService: Sendable {
    private let environment: ServerEnvironment

    /// How many invitations of a household may be open at once.
    static let openLimit = 50
    /// How many letters a household may have sent: nobody fills strangers' mailboxes from here.
    static let letterLimits: [(count: Int, seconds: Int64)] = [(20, 3_600), (100, 86_400)]

    init(_ environment: ServerEnvironment) {
        self.environment = environment
    }

    // MARK: Asking

    struct Made: Sendable {
        let invitation: Invitation
        /// Shown this once.
        let link: String
    }

    /// - Throws: 409 for somebody who is a member, and when too many are open or inside; 429 when too
    ///   many letters went out.
    func invite(
        _ email: EmailAddress?,
        as role: HouseholdRole,
        _ token: OpaqueToken,
        in write: HouseholdWrite
    ) throws -> Made {
        let store = InvitationStore(transaction: write.transaction)
        let members = try MemberStore(transaction: write.transaction, household: write.household)
            .all()
        let open = try store.open(of: write.household, at: write.now).count
        guard open < Self.openLimit, members.count < HouseholdLimits.members else {
            throw APIError.conflict(
                "household.too_many_invitations",
                "At most \(Self.openLimit) may be open, and \(HouseholdLimits.members) be members."
            )
        }
        if let email, members.contains(where: { EmailAddress($0.email)?.folded == email.folded }) {
            throw APIError.alreadyMember
        }
        if email != nil { try demandLetter(store, in: write) }
        guard let inviter = members.first(where: { $0.person == write.member.person }),
            let card = try PersonStore(write.transaction).households(of: inviter.person)
                .first(where: { $0.id == write.household })
        else { throw APIError.notFound("household") }
        let invitation = Invitation(
            id: write.ids.next(),
            household: write.household,
            email: email?.text,
            foldedEmail: email?.folded,
            role: role,
            householdName: card.name,
            inviter: inviter.name,
            createdAt: write.now,
            expiresAt: write.now.adding(seconds: InvitationStore.lifetimeSeconds)
        )
        try store.forget(
            of: write.household,
            madeBefore: write.now.adding(seconds: -InvitationStore.keptSeconds)
        )
        try store.insert(invitation, token, by: inviter.person)
        let link = environment.link("invitation", token)
        if let email {
            try MailQueue(write.transaction, environment).add(
                .invitation(
                    inviter: inviter.name,
                    household: card.name,
                    role: role.rawValue,
                    link: link
                ),
                to: email.text,
                locale: try locale(of: email, invitedBy: inviter.person, write.transaction)
            )
        }
        Self.note("create", invitation.id, after: Invitation.described.bytes(invitation), in: write)
        return Made(invitation: invitation, link: link)
    }

    /// The language of whoever is known to have the address, else of who invites them.
    private func locale(
        of email: EmailAddress,
        invitedBy inviter: PersonID,
        _ transaction: any SQLTransaction
    ) throws -> String {
        let people = PersonStore(transaction)
        if let invited = try people.findCredential(email: email.folded)?.person,
            invited.emailVerifiedAt != nil, !invited.isDisabled
        {
            return invited.locale
        }
        return try people.loadPerson(inviter).locale
    }

    private func demandLetter(_ store: InvitationStore, in write: HouseholdWrite) throws {
        for limit in Self.letterLimits {
            let start = write.now.adding(seconds: -limit.seconds)
            let first = try store.sentAt(
                lettersAgo: limit.count,
                of: write.household,
                since: start
            )
            guard let first else { continue }
            let microseconds = first.microseconds - start.microseconds
            throw APIError.tooManyLetters(after: Int((microseconds + 999_999) / 1_000_000))
        }
    }

    /// - Throws: 404
    static func withdraw(_ id: InvitationID, in write: HouseholdWrite) throws {
        let store = InvitationStore(transaction: write.transaction)
        guard try store.withdraw(id, of: write.household, at: write.now) else {
            throw APIError.notFound("invitation")
        }
        note("withdraw", id, after: nil, in: write)
    }

    private static func note(
        _ action: String,
        _ id: InvitationID,
        after: [UInt8]?,
        in write: HouseholdWrite
    ) {
        write.record(AuditNote(action, "invitation", id.value, after: after))
    }

    // MARK: Joining

    /// - Throws: 404 for a token that opens nothing, whatever the reason
    func look(at text: String) async throws -> PendingInvitation {
        guard let token = OpaqueToken(text) else { throw APIError.notFound("invitation") }
        let now = environment.clock.now()
        let found = try await environment.database.read(.shared) {
            try InvitationStore(transaction: $0).find(token, at: now)
        }
        guard let found else { throw APIError.notFound("invitation") }
        return PendingInvitation(invitation: found)
    }

    /// Lets somebody who is signed in join.
    ///
    /// - Throws: 403 for an invitation to another address, 404, 409 for a member or an address that is not proved
    func accept(
        _ text: String,
        by person: PersonID,
        requestID: String,
        on client: ClientDevice
    ) async throws -> HouseholdID {
        let pending = try await look(at: text)
        let household = pending.household
        try await environment.database.write(.household(household)) { [self] transaction in
            let joining = try PersonStore(transaction).loadPerson(person)
            if let wanted = pending.invitation.foldedEmail {
                guard EmailAddress(joining.email)?.folded == wanted else {
                    throw APIError.invitationForAnother
                }
                guard joining.emailVerifiedAt != nil else { throw APIError.verifyFirst }
            }
            try join(pending, joining, requestID: requestID, on: client, transaction)
        }
        return household
    }

    /// Takes somebody into the household, in a transaction of its scope.
    ///
    /// Who signs up with an invitation comes in by this too: that they hold the link and the address is the one that was
    /// invited is for the caller to see to.
    func join(
        _ pending: PendingInvitation,
        _ person: Person,
        requestID: String,
        on client: ClientDevice,
        _ transaction: any SQLTransaction
    ) throws {
        let (invitation, now) = (pending.invitation, environment.clock.now())
        // The household first, as every change of it does.
        try transaction.takeTurn(of: invitation.household)
        let store = MemberStore(transaction: transaction, household: invitation.household)
        let members = try store.all()
        guard !members.contains(where: { $0.person == person.id }) else {
            throw APIError.alreadyMember
        }
        guard members.count < HouseholdLimits.members else {
            throw APIError.conflict(
                "household.too_many_members",
                "A household has at most \(HouseholdLimits.members) members."
            )
        }
        guard
            try InvitationStore(transaction: transaction).accept(invitation, by: person.id, at: now)
        else { throw APIError.notFound("invitation") }
        let others = try PersonStore(transaction).households(of: person.id)
        try store.insert(person.id, invitation.role, isDefault: others.isEmpty, at: now)
        try AccountVisibilityStore(transaction: transaction, household: invitation.household)
            .hideAgain(from: person.id)
        try note(joined: person, by: invitation, requestID: requestID, on: client, transaction)
    }

    private func note(
        joined person: Person,
        by invitation: Invitation,
        requestID: String,
        on client: ClientDevice,
        _ transaction: any SQLTransaction
    ) throws {
        let member = try PersonStore(transaction).memberships(of: person)
            .first { $0.household == invitation.household }
        guard let member else { throw APIError.notFound("household") }
        let write = try HouseholdWrite(
            transaction,
            HouseholdWriteContext(
                member: member,
                least: .viewer,
                now: environment.clock.now(),
                today: environment.clock.today(in: member.timeZone),
                requestID: requestID,
                ids: environment.ids,
                keys: environment.keys,
                client: client,
                events: environment.events
            )
        )
        write.record(
            AuditNote(
                "join",
                "member",
                person.id.value,
                after: MemberService.description(of: person.id, invitation.role)
            )
        )
        try write.finish()
    }
}

/// An invitation that was found by its token.
struct PendingInvitation: Sendable {
    let invitation: Invitation

    var household: HouseholdID { invitation.household }

    /// Whether it is meant for whoever has an address.
    func isFor(_ email: EmailAddress) -> Bool {
        invitation.foldedEmail.map { $0 == email.folded } ?? true
    }
}

extension APIError {
    static let alreadyMember = APIError.conflict(
        "household.already_member",
        "They are a member of the household already."
    )
    static let invitationForAnother = APIError(
        .forbidden,
        "invitation.for_another",
        "The invitation is for another address."
    )
    static func tooManyLetters(after seconds: Int) -> APIError {
        let limits = InvitationService.letterLimits
        return APIError(
            .tooManyRequests,
            "invitation.too_many_letters",
            """
            A household sends at most \(limits[0].count) invitations by letter an hour and \
            \(limits[1].count) a day. Try again in \((seconds + 59) / 60) min, or pass on a link.
            """,
            retryAfterSeconds: seconds
        )
    }
    static let verifyFirst = APIError.conflict(
        "invitation.verify_first",
        "Prove first that the address is yours: follow the link in the letter to it."
    )
}
