import Credentials
import HTTPTypes
import Ledger
import Storage

extension OpenIDService {
    /// Links an identity to whoever is signed in.
    ///
    /// - Throws: 409 when it is somebody else's, or there are too many.
    func link(
        _ claims: ProviderClaims,
        _ provider: OpenIDProvider,
        _ change: FactorChange
    ) async throws {
        let identity = identity(claims, provider)
        let subject = claims.token.claims.subject
        do {
            try await context.environment.database.write(.shared) { transaction in
                let identities = ProviderIdentityStore(transaction)
                let owner = try identities.findPerson(issuer: provider.issuer, subject: subject)
                if owner == change.person { return }
                guard owner == nil else { throw APIError.identityTaken }
                guard try identities.list(of: change.person).count < ProviderIdentityStore.limit
                else { throw APIError.tooManyIdentities }
                try identities.insert(
                    identity,
                    issuer: provider.issuer,
                    subject: subject,
                    of: change.person
                )
                try change.record(
                    "identity_linked",
                    "Signing in with \(provider.name) was added.",
                    entityID: identity.id.value,
                    transaction
                )
            }
        } catch StorageError.uniqueViolation {
            throw APIError.identityTaken
        }
        context.authenticator.forget(person: change.person)
    }

    /// - Throws: 409 for the last way in.
    func unlink(_ id: ProviderIdentityID, _ change: FactorChange) async throws {
        try await context.environment.database.write(.shared) { transaction in
            let ways = WaysIn(transaction: transaction, person: change.person)
            try ways.lock()
            guard try ProviderIdentityStore(transaction).remove(id, of: change.person) else {
                throw APIError.notFound("identity")
            }
            try ways.demandOne()
            try change.record(
                "identity_unlinked",
                "Signing in with a provider was removed.",
                entityID: id.value,
                transaction
            )
        }
        context.authenticator.forget(person: change.person)
    }

    /// Someone new, where signing up is open to everyone and the provider vouches for their address.
    /// An address that somebody has here links nothing.
    ///
    /// - Throws: 403, 409
    func signUp(
        _ claims: ProviderClaims,
        _ provider: OpenIDProvider,
        _ visit: Visit
    ) async throws -> SignedIn {
        guard context.registration == .open else { throw APIError.registrationClosed }
        guard claims.isEmailVerified, let email = claims.email.flatMap({ EmailAddress($0) }) else {
            throw APIError.addressNotVouched
        }
        let environment = context.environment
        let name = claims.name.map { String($0.trimmed.prefix(120)) } ?? ""
        let household: HouseholdID = environment.ids.next()
        let founding = HouseholdFounding(
            person: environment.ids.next(),
            household: household,
            email: email,
            personName: name.isEmpty ? email.text : name,
            passwordHash: "",
            timeZone: "UTC",
            locale: "en",
            householdName: "\(name.isEmpty ? email.text : name)’s household",
            currency: Currency(code: "EUR")!,
            weekStart: .monday,
            sealedKey: try environment.keys.makeWrapped(for: household)
        )
        let (session, token): (SessionID, RefreshToken) = (environment.ids.next(), RefreshToken())
        let identity = identity(claims, provider)
        let doors = SignInService(context)
        do {
            let found = try await environment.database.write(.household(household)) { transaction in
                try founding.write(
                    transaction,
                    environment,
                    requestID: visit.requestID,
                    on: visit.client
                )
                let people = PersonStore(transaction)
                try people.promoteFirst(founding.person, environment)
                try people.noteVerified(founding.person, at: environment.clock.now())
                try ProviderIdentityStore(transaction).insert(
                    identity,
                    issuer: provider.issuer,
                    subject: claims.token.claims.subject,
                    of: founding.person
                )
                return try doors.begin(
                    session,
                    token,
                    of: founding.person,
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

    private func identity(
        _ claims: ProviderClaims,
        _ provider: OpenIDProvider
    ) -> ProviderIdentity {
        ProviderIdentity(
            id: context.environment.ids.next(),
            provider: provider.id,
            name: provider.name,
            email: claims.email.map { String($0.prefix(254)) },
            createdAt: context.environment.clock.now()
        )
    }
}

extension APIError {
    static let identityTaken = APIError.conflict(
        "identity.taken",
        "This identity belongs to somebody here already."
    )

    static let tooManyIdentities = APIError.conflict(
        "identity.too_many",
        "You have \(ProviderIdentityStore.limit) identities: remove one first."
    )

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
