import Ledger
import Storage

/// The versions of the pages that somebody agrees to by signing up: those that they were shown.
struct GivenConsents: Sendable {
    private let versions: [PageKind: Int64]

    init(_ fields: inout FieldReader) {
        var versions: [PageKind: Int64] = [:]
        for kind in PageKind.allCases {
            guard let version = fields.optional(Self.field(kind), .integer(1...1_000_000)) else {
                continue
            }
            versions[kind] = Int64(version)
        }
        self.versions = versions
    }

    /// Notes what somebody new agreed to, in the transaction that makes them.
    ///
    /// - Throws: 422 for a version that there is not.
    func write(
        of person: PersonID,
        _ visit: Visit,
        _ transaction: any SQLTransaction,
        _ environment: ServerEnvironment
    ) throws {
        for (kind, version) in versions.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
            let consent = Consent(
                kind: kind,
                version: version,
                acceptedAt: environment.clock.now()
            )
            let consents = ConsentStore(transaction: transaction)
            try consents.accept(consent, field: Self.field(kind), of: person, visit, environment)
        }
    }

    private static func field(_ kind: PageKind) -> String { "\(kind.rawValue)_version" }
}

extension ConsentStore {
    /// Notes that somebody agrees, and an event of it the first time.
    ///
    /// - Parameter field: what a client calls the version.
    /// - Throws: 422 for a version that there is not.
    func accept(
        _ consent: Consent,
        field: String,
        of person: PersonID,
        _ visit: Visit,
        _ environment: ServerEnvironment
    ) throws {
        let newest = try PageStore(transaction: transaction).load(consent.kind).version
        guard consent.version <= newest else {
            throw APIError.invalid(field, "not_there", "at most \(newest)")
        }
        guard try save(consent, of: person) else { return }
        try SecurityTrail(transaction, environment).add(
            SecurityEvent(
                "consent",
                of: person,
                entity: "page",
                visit,
                details: JSONWriter.object([
                    "kind": consent.kind.rawValue, "version": String(consent.version),
                ])
            )
        )
    }
}
