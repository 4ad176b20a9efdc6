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
                    .providerLinked(provider.name),
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
            try change.record(.providerUnlinked, entityID: id.value, transaction)
        }
        context.authenticator.forget(person: change.person)
    }

    func identity(
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
}
