import HTTPTypes
import Ledger
import Storage

/// What a member may change: a transaction of which they see every part.
extension HouseholdWrite {
    /// Those of some transactions that the member sees at least a part of, and whether some part is hidden.
    private func parts(
        of ids: some Collection<TransactionID>
    ) throws -> [TransactionID: Bool] {
        var parts: [TransactionID: Bool] = [:]
        var rest = Array(ids)[...]
        while !rest.isEmpty {
            let piece = rest.prefix(BulkPosting.pieceSize)
            rest = rest.dropFirst(piece.count)
            try seen.forEach(
                """
                SELECT t.id, t.is_masked FROM ledger_transaction t
                WHERE t.household_id = \(household) AND t.id IN \(list: piece)
                """
            ) { row in
                let id: TransactionID = try row.identifier()
                parts[id] = try row.boolean()
            }
        }
        return parts
    }

    /// Those of which the member sees everything.
    func fullySeen(_ ids: [TransactionID]) throws -> Set<TransactionID> {
        guard member.sees != .everything else { return Set(ids) }
        return Set(try parts(of: ids).filter { !$0.value }.keys)
    }

    /// - Throws: 404 when one of them is not seen, 409 when a part of one is not.
    func mustSeeAll(of ids: some Collection<TransactionID>) throws {
        guard member.sees != .everything else { return }
        let parts = try parts(of: ids)
        guard ids.allSatisfy({ parts[$0] != nil }) else { throw APIError.notFound("transaction") }
        guard !parts.values.contains(true) else { throw APIError.partlyHidden }
    }
}

extension APIError {
    static let partlyHidden = APIError.conflict(
        "transaction.private",
        "A part of it lies on an account that you do not see, so you cannot change it."
    )
}
