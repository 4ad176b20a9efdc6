/// What the ledger must know of a node to book on it.
package struct LedgerNode: Hashable, Sendable {
    package let id: AccountID
    package let accountClass: AccountClass
    package let system: SystemNode?
    /// The one currency of a real account; nil for nodes that take any.
    package let currency: Currency?

    package init(
        id: AccountID,
        accountClass: AccountClass,
        system: SystemNode? = nil,
        currency: Currency? = nil
    ) {
        self.id = id
        self.accountClass = accountClass
        self.system = system
        self.currency = currency
    }
}
