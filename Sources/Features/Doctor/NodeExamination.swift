import Ledger
import Storage

/// The nodes of a household: those that the ledger needs are there, and categories form a tree.
struct NodeExamination {
    private let transaction: any SQLTransaction
    private let household: HouseholdID
    private let findings: Findings

    init(_ transaction: any SQLTransaction, _ household: HouseholdID, _ findings: Findings) {
        self.transaction = transaction
        self.household = household
        self.findings = findings
    }

    struct Node {
        let ledger: LedgerNode
        let parent: AccountID?
        let balance: Int64
    }

    func run() throws -> [AccountID: Node] {
        var nodes: [AccountID: Node] = [:]
        try transaction.forEach(
            """
            SELECT id, class, system, currency, parent_id, balance FROM account
            WHERE household_id = \(household)
            """
        ) { row in
            let id: AccountID = try row.identifier()
            do {
                nodes[id] = try read(id, &row)
            } catch {
                findings.add("account", id, "cannot be read: \(error)")
            }
        }
        for system in SystemNode.allCases
        where !nodes.values.contains(where: { $0.ledger.system == system }) {
            findings.add("account", "*", "the \(system.rawValue) node is missing")
        }
        for (id, node) in nodes.sorted(by: { $0.key < $1.key }) { examine(id, node, nodes) }
        return nodes
    }

    private func read(_ id: AccountID, _ row: inout SQLRow) throws -> Node {
        let name = try row.text()
        guard let accountClass = AccountClass(rawValue: name) else {
            throw StorageError.unexpectedValue(column: 1)
        }
        let ledger = LedgerNode(
            id: id,
            accountClass: accountClass,
            system: try row.textOrNil().flatMap(SystemNode.init),
            currency: try row.currencyOrNil()
        )
        return Node(
            ledger: ledger,
            parent: try row.identifierOrNil(),
            balance: try row.amount()
        )
    }

    private func examine(_ id: AccountID, _ node: Node, _ nodes: [AccountID: Node]) {
        if let system = node.ledger.system, system.accountClass != node.ledger.accountClass {
            findings.add(
                "account",
                id,
                "the \(system.rawValue) node has another class",
                expected: system.accountClass.rawValue,
                found: node.ledger.accountClass.rawValue
            )
        }
        guard let parent = node.parent else { return }
        guard let above = nodes[parent] else {
            return findings.add("account", id, "its parent \(parent) is not there")
        }
        if above.ledger.accountClass != node.ledger.accountClass {
            findings.add(
                "account",
                id,
                "its parent is of another class",
                expected: node.ledger.accountClass.rawValue,
                found: above.ledger.accountClass.rawValue
            )
        }
        var next = parent
        for _ in 0...nodes.count {
            if next == id { return findings.add("account", id, "lies inside itself") }
            guard let above = nodes[next]?.parent else { return }
            next = above
        }
    }
}
