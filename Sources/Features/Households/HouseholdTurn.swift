import Ledger
import Storage

extension SQLTransaction {
    /// Waits until no other change of the household is under way, and keeps others waiting until this one ends.
    func takeTurn(of household: HouseholdID) throws {
        try execute("SELECT 1 FROM household WHERE id = \(household) \(dialect.forUpdate)")
    }
}
