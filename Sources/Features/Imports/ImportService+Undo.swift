import Ledger
import Storage

extension ImportService {
    /// Takes back an entry of the trail: what was booked, or the preview that a file became.
    ///
    /// - Throws: 409 `audit.cannot_undo`
    func takeBack(_ entry: UndoneEntry, in write: HouseholdWrite) throws {
        let id: ImportBatchID = try entry.id()
        let batch = try ImportStore(transaction: write.transaction, member: write.member)
            .load(id)
        switch (entry.action, batch.state) {
        case (_, .undone): throw APIError.cannotUndo("The import was taken back already.")
        case ("create", .committed):
            throw APIError.cannotUndo("It has been booked since. Take back that instead.")
        default: _ = try undo(id, expecting: nil, in: write)
        }
    }
}
