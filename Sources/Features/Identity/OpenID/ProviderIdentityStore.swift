import Ledger
import Storage

extension Entity {
    enum ProviderIdentity {}
}

typealias ProviderIdentityID = Identifier<Entity.ProviderIdentity>

/// Who a person is at a provider.
struct ProviderIdentity: Sendable {
    let id: ProviderIdentityID
    let provider: String
    /// The provider as it is called here.
    let name: String
    let email: String?
    let createdAt: Instant
}

/// Identities are found by issuer and subject alone: an address of e-mail is no identity.
struct ProviderIdentityStore {
    /// How many a person may have.
    static let limit = 20

    let transaction: any SQLTransaction

    init(_ transaction: any SQLTransaction) {
        self.transaction = transaction
    }

    func insert(
        _ identity: ProviderIdentity,
        issuer: String,
        subject: String,
        of person: PersonID
    ) throws {
        try transaction.execute(
            """
            INSERT INTO provider_identity
                (id, person_id, provider, issuer, subject, name, email, created_at)
            VALUES (\(identity.id), \(person), \(identity.provider), \(issuer), \(subject),
                \(identity.name), \(identity.email), \(identity.createdAt))
            """
        )
    }

    func list(of person: PersonID) throws -> [ProviderIdentity] {
        try transaction.rows(
            """
            SELECT id, provider, name, email, created_at FROM provider_identity
            WHERE person_id = \(person) ORDER BY created_at, id
            """
        ) { row in
            ProviderIdentity(
                id: try row.identifier(),
                provider: try row.text(),
                name: try row.text(),
                email: try row.textOrNil(),
                createdAt: try row.instant()
            )
        }
    }

    func findPerson(issuer: String, subject: String) throws -> PersonID? {
        try transaction.first(
            """
            SELECT person_id FROM provider_identity
            WHERE issuer = \(issuer) AND subject = \(subject)
            """
        ) { try $0.identifier() }
    }

    func noteUse(issuer: String, subject: String, at now: Instant) throws {
        try transaction.execute(
            """
            UPDATE provider_identity SET used_at = \(now)
            WHERE issuer = \(issuer) AND subject = \(subject)
            """
        )
    }

    func remove(_ id: ProviderIdentityID, of person: PersonID) throws -> Bool {
        try transaction.executeCounting(
            "DELETE FROM provider_identity WHERE id = \(id) AND person_id = \(person)"
        ) == 1
    }
}
