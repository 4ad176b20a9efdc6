package import Ledger
package import Storage

/// A node of the ledger with what use cases ask about it.
package struct Node: Sendable {
    package let ledger: LedgerNode
    package let name: String
    package let minimumBalance: Money?
    package let isDeleted: Bool
    package let closedAt: LocalDate?

    package var id: AccountID { ledger.id }
}

/// Nodes of all five classes, by id and by what the ledger needs them for.
package struct NodeStore {
    package let transaction: any SQLTransaction
    package let household: HouseholdID

    package init(transaction: any SQLTransaction, household: HouseholdID) {
        self.transaction = transaction
        self.household = household
    }

    private static let columns: SQLText =
        "id, class, system, currency, name, minimum_balance, deleted_at, closed_at"

    package func find(_ ids: some Collection<AccountID>) throws -> [AccountID: Node] {
        guard !ids.isEmpty else { return [:] }
        return try nodes("household_id = \(household) AND id IN \(list: ids)")
    }

    /// Nodes by id, and the household's own for some needs of the ledger, in one question.
    package func find(
        _ ids: some Collection<AccountID>,
        and needs: [SystemNode]
    ) throws -> (nodes: [AccountID: Node], systems: [SystemNode: AccountID]) {
        let names = needs.map(\.rawValue)
        let found = try nodes(
            ids.isEmpty
                ? "household_id = \(household) AND system IN \(list: names)"
                : """
                household_id = \(household)
                    AND (id IN \(list: ids) OR system IN \(list: names))
                """
        )
        var systems: [SystemNode: AccountID] = [:]
        for node in found.values {
            if let need = node.ledger.system, needs.contains(need) { systems[need] = node.id }
        }
        if let missing = needs.first(where: { systems[$0] == nil }) { throw Self.missing(missing) }
        return (found, systems)
    }

    package func all() throws -> [AccountID: Node] {
        try nodes("household_id = \(household)")
    }

    /// The household's own node for a need of the ledger.
    package func load(_ system: SystemNode) throws -> Node {
        let found = try nodes("household_id = \(household) AND system = \(system.rawValue)")
        guard let node = found.values.first else { throw Self.missing(system) }
        return node
    }

    private static func missing(_ system: SystemNode) -> StorageError {
        .engine(code: "founding", message: "no \(system.rawValue) node")
    }

    private func nodes(_ condition: SQLText) throws -> [AccountID: Node] {
        var nodes: [AccountID: Node] = [:]
        try transaction.forEach("SELECT \(Self.columns) FROM account WHERE \(condition)") { row in
            let node = try Self.node(&row)
            nodes[node.id] = node
        }
        return nodes
    }

    private static func node(_ row: inout SQLRow) throws -> Node {
        let id: AccountID = try row.identifier()
        let accountClass = AccountClass(rawValue: try row.text()) ?? .equity
        let system = try row.textOrNil().flatMap(SystemNode.init)
        let currency = try row.currencyOrNil()
        let name = try row.text()
        let minimum = try row.amountOrNil()
        return Node(
            ledger: LedgerNode(
                id: id,
                accountClass: accountClass,
                system: system,
                currency: currency
            ),
            name: name,
            minimumBalance: minimum.flatMap { amount in
                currency.map { Money(tenThousandths: amount, $0) }
            },
            isDeleted: try row.integerOrNil() != nil,
            closedAt: try row.dateOrNil()
        )
    }
}
