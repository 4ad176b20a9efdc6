import Ledger
import Storage

/// That somebody agreed to a version of a page.
struct Consent: Sendable {
    let kind: PageKind
    let version: Int64
    let acceptedAt: Instant

    static let shape = Shape<Consent>("Consent") { shape in
        shape.choice("kind", \.kind)
        shape.integer("version", \.version)
        shape.instant("accepted_at", \.acceptedAt)
    }
}

/// What people agreed to.
struct ConsentStore {
    let transaction: any SQLTransaction

    /// The newest first.
    func all(of person: PersonID) throws -> [Consent] {
        try transaction.rows(
            """
            SELECT kind, version, accepted_at FROM consent WHERE person_id = \(person)
            ORDER BY accepted_at DESC, kind, version DESC LIMIT 1000
            """
        ) { row in
            Consent(
                kind: PageKind(rawValue: try row.text()) ?? .terms,
                version: try row.integer(),
                acceptedAt: try row.instant()
            )
        }
    }

    /// The first time counts.
    ///
    /// - Returns: whether it was the first time.
    func save(_ consent: Consent, of person: PersonID) throws -> Bool {
        try transaction.executeCounting(
            """
            INSERT INTO consent (person_id, kind, version, accepted_at)
            VALUES (\(person), \(consent.kind.rawValue), \(consent.version), \(consent.acceptedAt))
            ON CONFLICT (person_id, kind, version) DO NOTHING
            """
        ) == 1
    }
}
