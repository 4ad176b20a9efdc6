import Credentials
import Ledger
import Storage

extension Entity {
    enum Passkey {}
}

typealias PasskeyID = Identifier<Entity.Passkey>

/// A passkey as its owner sees it.
struct PasskeyRecord: Sendable {
    let id: PasskeyID
    let name: String
    let createdAt: Instant
    let usedAt: Instant?
    let isBackedUp: Bool
}

/// A passkey, and whose it is.
struct OwnedPasskey: Sendable {
    let id: PasskeyID
    let person: PersonID
    let passkey: RelyingParty.Passkey
}

/// The passkeys of people.
struct PasskeyStore {
    /// How many a person may have.
    static let limit = 20

    let transaction: any SQLTransaction

    init(_ transaction: any SQLTransaction) {
        self.transaction = transaction
    }

    func insert(
        _ id: PasskeyID,
        _ made: RelyingParty.Registration,
        named name: String,
        of person: PersonID,
        at now: Instant
    ) throws {
        try transaction.execute(
            """
            INSERT INTO passkey (id, person_id, credential_id, public_key, sign_count,
                verifies_user, is_backup_eligible, is_backed_up, name, created_at)
            VALUES (\(id), \(person), \(made.id), \(made.publicKey), \(Int64(made.signCount)),
                \(made.isUserVerified), \(made.isBackupEligible), \(made.isBackedUp), \(name),
                \(now))
            """
        )
    }

    func list(of person: PersonID) throws -> [PasskeyRecord] {
        try transaction.rows(
            """
            SELECT id, name, created_at, used_at, is_backed_up FROM passkey
            WHERE person_id = \(person) ORDER BY created_at, id
            """
        ) { row in
            PasskeyRecord(
                id: try row.identifier(),
                name: try row.text(),
                createdAt: try row.instant(),
                usedAt: try row.instantOrNil(),
                isBackedUp: try row.boolean()
            )
        }
    }

    /// What authenticators call the passkeys of a person.
    func credentialIDs(of person: PersonID) throws -> [[UInt8]] {
        try transaction.rows(
            "SELECT credential_id FROM passkey WHERE person_id = \(person) ORDER BY created_at, id"
        ) { try $0.bytes() }
    }

    func find(credentialID: [UInt8]) throws -> OwnedPasskey? {
        try transaction.first(
            """
            SELECT id, person_id, credential_id, public_key, sign_count, is_backup_eligible
            FROM passkey WHERE credential_id = \(credentialID)
            """
        ) { row in
            let id: PasskeyID = try row.identifier()
            let person: PersonID = try row.identifier()
            return OwnedPasskey(
                id: id,
                person: person,
                passkey: RelyingParty.Passkey(
                    id: try row.bytes(),
                    publicKey: try row.bytes(),
                    signCount: UInt32(clamping: try row.integer()),
                    isBackupEligible: try row.boolean(),
                    userHandle: person.value.bytes
                )
            )
        }
    }

    /// Notes a use. Of two answers with the same count, one is noted.
    func note(_ use: RelyingParty.Use, of owned: OwnedPasskey, at now: Instant) throws -> Bool {
        try transaction.executeCounting(
            """
            UPDATE passkey SET sign_count = \(Int64(use.signCount)), used_at = \(now),
                is_backed_up = \(use.isBackedUp),
                verifies_user = CASE WHEN \(use.isUserVerified) THEN \(true) ELSE verifies_user END
            WHERE id = \(owned.id) AND sign_count = \(Int64(owned.passkey.signCount))
            """
        ) == 1
    }

    func rename(_ id: PasskeyID, to name: String, of person: PersonID) throws -> Bool {
        try transaction.executeCounting(
            "UPDATE passkey SET name = \(name) WHERE id = \(id) AND person_id = \(person)"
        ) == 1
    }

    func removeAll(of person: PersonID) throws {
        try transaction.execute("DELETE FROM passkey WHERE person_id = \(person)")
    }

    func remove(_ id: PasskeyID, of person: PersonID) throws -> Bool {
        try transaction.executeCounting(
            "DELETE FROM passkey WHERE id = \(id) AND person_id = \(person)"
        ) == 1
    }
}
