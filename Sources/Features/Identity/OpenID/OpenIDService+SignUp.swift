import Credentials
import HTTPTypes
import Ledger
import Storage

extension OpenIDService {
    /// Someone new, where signing up is open to them and the provider vouches for their address. An
    /// address that somebody has here links nothing.
    ///
    /// - Parameter invitation: the token of an invitation to a household, which they join then.
    /// - Throws: 403, also for an invitation to another address; 404 for one that is not good; 409
    func signUp(
        _ answer: ProviderAnswer,
        _ provider: OpenIDProvider,
        invitation: String?,
        agreeingTo consents: GivenConsents,
        _ visit: Visit
    ) async throws -> SignedIn {
        switch context.registration {
        case .open: break
        case .invitation where invitation != nil: break
        case .invitation, .closed: throw APIError.registrationClosed
        }
        let environment = context.environment
        let pending: PendingInvitation? =
            if let invitation {
                try await InvitationService(environment).look(at: invitation)
            } else {
                nil
            }
        let claims = try await complete(answer, of: provider, visit)
        guard claims.isEmailVerified, let email = claims.email.flatMap({ EmailAddress($0) }) else {
            throw APIError.addressNotVouched
        }
        guard pending?.isFor(email) ?? true else { throw APIError.invitationForAnother }
        let joining = try joining(email, claims, pending, consents, visit)
        let identity = identity(claims, provider)
        let (session, token): (SessionID, RefreshToken) = (environment.ids.next(), RefreshToken())
        let doors = SignInService(context)
        do {
            let scope = SQLScope.household(joining.household)
            let found = try await environment.database.write(scope) { transaction in
                try joining.write(transaction)
                let people = PersonStore(transaction)
                try people.promoteFirst(joining.person, environment)
                try people.noteVerified(joining.person, at: environment.clock.now())
                try ProviderIdentityStore(transaction).insert(
                    identity,
                    issuer: provider.issuer,
                    subject: claims.token.claims.subject,
                    of: joining.person
                )
                return try doors.begin(
                    session,
                    token,
                    of: joining.person,
                    by: FirstProof.signUp.rawValue,
                    visit,
                    transaction
                )
            }
            return try await doors.signedIn(found, session, token, visit)
        } catch StorageError.uniqueViolation {
            throw APIError.linkFirst
        }
    }

    private func joining(
        _ email: EmailAddress,
        _ claims: ProviderClaims,
        _ invitation: PendingInvitation?,
        _ consents: GivenConsents,
        _ visit: Visit
    ) throws -> Joining {
        let environment = context.environment
        let given = claims.name.map { String($0.trimmed.prefix(120)) } ?? ""
        let name = given.isEmpty ? email.text : given
        let (timeZone, locale) = ("UTC", "en")
        if let invitation {
            let new = NewPerson(
                id: environment.ids.next(),
                email: email,
                name: name,
                passwordHash: "",
                timeZone: timeZone,
                locale: locale
            )
            return Joining(
                new,
                by: invitation,
                agreeingTo: consents,
                visit,
                environment
            )
        }
        let household: HouseholdID = environment.ids.next()
        let founding = HouseholdFounding(
            person: environment.ids.next(),
            household: household,
            email: email,
            personName: name,
            passwordHash: "",
            timeZone: timeZone,
            locale: locale,
            householdName: "\(name)’s household",
            currency: Currency(code: "EUR")!,
            weekStart: .monday,
            sealedKey: try environment.keys.makeWrapped(for: household)
        )
        return Joining(founding: founding, agreeingTo: consents, visit, environment)
    }
}

extension APIError {
    static let addressNotVouched = APIError(
        .forbidden,
        "auth.address_not_vouched",
        "The provider does not say that your address is yours. Sign up here, then link it."
    )

    static let linkFirst = APIError.conflict(
        "auth.link_first",
        "Someone has signed up with this address. Sign in as before, then link the provider."
    )
}
