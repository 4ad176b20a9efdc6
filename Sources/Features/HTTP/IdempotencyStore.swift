import HTTPTypes
import Ledger
import Storage

/// A request that its client may repeat, and what it asked.
package struct IdempotencyClaim: Sendable {
    /// 1 to 255 characters, chosen by the client.
    let key: String
    let requestHash: [UInt8]

    /// Nil when the client sent no key.
    ///
    /// - Parameter question: what is asked for. A quick hash of it is kept.
    /// - Throws: 400 when the key is empty or longer than 255 characters.
    init?(_ headers: HTTPFields, question: [UInt8]) throws(APIError) {
        guard let key = headers[.idempotencyKey] else { return nil }
        guard (1...255).contains(key.utf8.count), key.utf8.allSatisfy({ (33...126).contains($0) })
        else {
            throw .malformed("idempotency.key", "An Idempotency-Key has 1 to 255 characters.")
        }
        self.key = key
        requestHash = AuditChain.digest(question)
    }
}

/// The first answers of requests with an `Idempotency-Key`, committed with what they did.
struct IdempotencyStore {
    let transaction: any SQLTransaction
    let household: HouseholdID
    let person: PersonID

    /// - Throws: 422 when the key was used for another request.
    func reply(to claim: IdempotencyClaim) throws -> Reply? {
        let stored = try transaction.first(
            """
            SELECT request_hash, status, etag, body FROM idempotency_key
            WHERE household_id = \(household) AND person_id = \(person) AND key = \(claim.key)
            """
        ) { (try $0.bytes(), try $0.int(), try $0.textOrNil(), try $0.bytes()) }
        guard let (hash, status, etag, body) = stored else { return nil }
        guard hash == claim.requestHash else { throw APIError.idempotencyMismatch }
        var reply = Reply(.init(code: status), data: body.isEmpty ? nil : body)
        if let etag { reply.headers[.eTag] = etag }
        reply.headers[.idempotencyReplayed] = "true"
        return reply
    }

    /// How long a first answer is kept: twice what a client may count on.
    static let keptSeconds: Int64 = 48 * 3_600

    func save(_ reply: Reply, for claim: IdempotencyClaim, at now: Instant) throws {
        try transaction.execute(
            """
            DELETE FROM idempotency_key
            WHERE household_id = \(household) AND created_at < \(now.adding(seconds: -Self.keptSeconds))
            """
        )
        try transaction.execute(
            """
            INSERT INTO idempotency_key
                (household_id, person_id, key, request_hash, status, etag, body, created_at)
            VALUES (\(household), \(person), \(claim.key), \(claim.requestHash),
                \(reply.status.code), \(reply.headers[.eTag]), \(reply.data ?? []), \(now))
            """
        )
    }
}

extension APIError {
    static let idempotencyMismatch = APIError(
        .unprocessableContent,
        "idempotency.mismatch",
        "This Idempotency-Key was used for another request."
    )
}

extension HTTPField.Name {
    static let idempotencyKey = HTTPField.Name("Idempotency-Key")!
    static let idempotencyReplayed = HTTPField.Name("Idempotency-Replayed")!
    static let household = HTTPField.Name("Martlet-Household")!
}
