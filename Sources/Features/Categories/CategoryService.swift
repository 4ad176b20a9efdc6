import Ledger
import Storage

/// A category as it is answered.
package struct CategoryView: Sendable {
    let record: CategoryRecord
    let transactionCount: Int64

    package enum Kind: String, CaseIterable, Sendable { case income, expense }

    package static let shape = Shape<CategoryView>("Category") { shape in
        shape.id("id", \.record.id)
        shape.text("name", \.record.name)
        shape.choice("kind") { $0.record.isIncome ? Kind.income : .expense }
        shape.idOrNil("parent_id", \.record.parent)
        shape.textOrNil("system") { $0.record.system == nil ? nil : "uncategorised" }
        shape.integer("position", \.record.position)
        shape.integer("transaction_count", \.transactionCount)
        shape.instantOrNil("deleted_at", \.record.deletedAt)
        shape.integer("version", \.record.version)
        shape.instant("created_at", \.record.createdAt)
        shape.instant("updated_at", \.record.updatedAt)
    }
}

/// What people do with categories. One method is one use case.
struct CategoryService: Sendable {
    /// How deep the tree may be.
    static let depthLimit = 10
    /// How many a household may have.
    static let countLimit = 1_000

    /// Every category, parents before their children.
    func list(_ store: CategoryStore, includingDeleted: Bool) throws -> [CategoryView] {
        let counts = try store.counts()
        let tree = CategoryTree(try store.all(includingDeleted: includingDeleted))
        return tree.inOrder.map { CategoryView(record: $0, transactionCount: counts[$0.id] ?? 0) }
    }

    func view(_ id: AccountID, _ store: CategoryStore) throws -> CategoryView {
        guard let record = try store.all(includingDeleted: true).first(where: { $0.id == id })
        else {
            throw APIError.notFound("category")
        }
        return CategoryView(record: record, transactionCount: try store.counts()[id] ?? 0)
    }

    func create(_ input: CategoryInput, in write: HouseholdWrite) throws -> CategoryView {
        let store = store(write)
        let tree = CategoryTree(try store.all(includingDeleted: false))
        guard tree.inOrder.count < Self.countLimit else {
            throw APIError.conflict(
                "category.too_many",
                "At most \(Self.countLimit) categories are possible."
            )
        }
        let isIncome = input.kind == .income
        try Self.check(input.name, under: input.parent, isIncome: isIncome, except: nil, tree)
        let record = CategoryRecord(
            id: write.ids.next(),
            name: input.name,
            isIncome: isIncome,
            parent: input.parent,
            system: nil,
            position: tree.nextPosition,
            deletedAt: nil,
            version: 1,
            createdAt: write.now,
            updatedAt: write.now
        )
        try store.insert(record)
        let view = CategoryView(record: record, transactionCount: 0)
        write.record(
            AuditNote("create", "category", record.id.value, after: CategoryView.shape.bytes(view))
        )
        return view
    }

    func update(
        _ id: AccountID,
        _ patch: CategoryPatch,
        expecting version: Int64?,
        in write: HouseholdWrite
    ) throws -> CategoryView {
        let store = store(write)
        let before = try live(id, expecting: version, store)
        let tree = CategoryTree(try store.all(includingDeleted: false))
        let name = patch.name ?? before.record.name
        let parent = patch.parent.applied(to: before.record.parent)
        if before.record.system != nil, patch.name != nil || !patch.parent.isAbsent {
            throw APIError.conflict(
                "category.system",
                "\(before.record.name) belongs to the ledger itself."
            )
        }
        if let parent, tree.subtree(of: id).contains(parent) {
            throw APIError.invalid(
                "parent_id",
                "inside_itself",
                "a category cannot lie inside itself"
            )
        }
        try Self.check(
            name,
            under: parent,
            isIncome: before.record.isIncome,
            except: id,
            tree
        )
        try store.update(
            id,
            name: name,
            parent: parent,
            position: patch.position.map(Int64.init) ?? before.record.position,
            at: write.now
        )
        let after = try view(id, store)
        write.record(
            AuditNote(
                "update",
                "category",
                id.value,
                before: CategoryView.shape.bytes(before),
                after: CategoryView.shape.bytes(after)
            )
        )
        return after
    }

    /// Deletes a category and what lies below it.
    ///
    /// - Parameter target: where their transactions go.
    /// - Throws: 409 `category.in_use` when there are transactions and no target.
    func delete(
        _ id: AccountID,
        moveTo target: AccountID?,
        expecting version: Int64?,
        in write: HouseholdWrite
    ) throws {
        let store = store(write)
        let before = try live(id, expecting: version, store)
        guard before.record.system == nil else {
            throw APIError.conflict(
                "category.system",
                "\(before.record.name) belongs to the ledger itself."
            )
        }
        let ids = try store.subtree(of: id)
        let node = try target.map { try self.target($0, except: ids, in: write) }
        let moved = try moveTransactions(of: ids, to: node, in: write)
        try store.forget(ids, replacement: node?.ledger)
        // What was deleted before keeps its own day, and does not come back with this.
        let live = try store.all(includingDeleted: false).map(\.id).filter(Set(ids).contains)
        try store.setDeleted(live, at: write.now, now: write.now)
        write.record(
            AuditNote(
                "delete",
                "category",
                id.value,
                before: CategoryView.shape.bytes(before),
                changes: moved
            )
        )
    }

    func restore(_ id: AccountID, in write: HouseholdWrite) throws -> CategoryView {
        let store = store(write)
        let before = try view(id, store)
        guard let deleted = before.record.deletedAt else { return before }
        guard deleted.adding(seconds: TransactionService.restorableSeconds) >= write.now else {
            throw APIError.notFound("category")
        }
        let tree = CategoryTree(try store.all(includingDeleted: false))
        // What was deleted with it comes back with it; a parent that is gone leaves it at the top.
        let all = try store.all(includingDeleted: true)
        let below = CategoryTree(all).subtree(of: id)
        let together = all.filter { below.contains($0.id) && $0.deletedAt == deleted }.map(\.id)
        let parent = before.record.parent.flatMap { tree.find($0) == nil ? nil : $0 }
        try Self.check(
            before.record.name,
            under: parent,
            isIncome: before.record.isIncome,
            except: id,
            tree
        )
        try store.setDeleted(together, at: nil, now: write.now)
        if parent != before.record.parent {
            try store.update(
                id,
                name: before.record.name,
                parent: parent,
                position: before.record.position,
                at: write.now
            )
        }
        let after = try view(id, store)
        write.record(
            AuditNote("restore", "category", id.value, after: CategoryView.shape.bytes(after))
        )
        return after
    }

    // MARK: Parts

    func store(_ write: HouseholdWrite) -> CategoryStore {
        CategoryStore(transaction: write.seen, household: write.household)
    }

    private func live(
        _ id: AccountID,
        expecting version: Int64?,
        _ store: CategoryStore
    ) throws -> CategoryView {
        let view = try view(id, store)
        guard view.record.deletedAt == nil else { throw APIError.notFound("category") }
        guard version == nil || version == view.record.version else { throw APIError.stale }
        return view
    }

    private static func check(
        _ name: String,
        under parent: AccountID?,
        isIncome: Bool,
        except: AccountID?,
        _ tree: CategoryTree
    ) throws {
        if let parent {
            guard let record = tree.find(parent) else {
                throw APIError.invalid("parent_id", "not_found", "there is no such category")
            }
            guard record.isIncome == isIncome else {
                throw APIError.invalid("parent_id", "wrong_kind", "must be of the same kind")
            }
            let height = except.map { tree.height(of: $0) } ?? 1
            guard tree.depth(of: parent) + height <= depthLimit else {
                throw APIError.invalid("parent_id", "too_deep", "at most \(depthLimit) levels")
            }
        }
        let twin = tree.inOrder.first {
            $0.id != except && $0.parent == parent && $0.isIncome == isIncome
                && $0.name.lowercased() == name.lowercased()
        }
        if twin != nil {
            throw APIError.invalid("name", "taken", "there is a category of this name beside it")
        }
    }
}

extension CategoryView: Versioned {
    var version: Int64 { record.version }
}
