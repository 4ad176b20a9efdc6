import Ledger

/// Categories as the tree that they form.
struct CategoryTree {
    /// Parents before their children, siblings by position.
    let inOrder: [CategoryRecord]
    private let byID: [AccountID: CategoryRecord]
    private let children: [AccountID?: [CategoryRecord]]

    /// - Parameter records: by position. One whose parent is not among them counts as a root.
    init(_ records: [CategoryRecord]) {
        let byID = Dictionary(uniqueKeysWithValues: records.map { ($0.id, $0) })
        let children = Dictionary(grouping: records) { record in
            record.parent.flatMap { byID[$0] == nil ? nil : $0 }
        }
        var ordered: [CategoryRecord] = []
        var waiting = Array((children[nil] ?? []).reversed())
        while let next = waiting.popLast() {
            ordered.append(next)
            waiting += (children[next.id] ?? []).reversed()
        }
        self.byID = byID
        self.children = children
        inOrder = ordered
    }

    var nextPosition: Int64 { (inOrder.map(\.position).max() ?? 0) + 1 }

    var roots: [CategoryRecord] { children[nil] ?? [] }

    func children(of id: AccountID) -> [CategoryRecord] { children[id] ?? [] }

    func find(_ id: AccountID) -> CategoryRecord? { byID[id] }

    /// A category and everything below it.
    func subtree(of id: AccountID) -> Set<AccountID> {
        var found: Set<AccountID> = []
        var waiting = [id]
        while let next = waiting.popLast() {
            guard found.insert(next).inserted else { continue }
            waiting += (children[next] ?? []).map(\.id)
        }
        return found
    }

    /// How many levels there are from the root to a category, itself included.
    func depth(of id: AccountID) -> Int {
        var depth = 0
        var next: AccountID? = id
        while let current = next, let record = byID[current], depth <= inOrder.count {
            depth += 1
            next = record.parent
        }
        return depth
    }

    /// How many levels there are from a category to its lowest descendant, itself included.
    func height(of id: AccountID) -> Int {
        var level = [id]
        var height = 0
        while !level.isEmpty, height <= inOrder.count {
            height += 1
            level = level.flatMap { children[$0] ?? [] }.map(\.id)
        }
        return height
    }
}
