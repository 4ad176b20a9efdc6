import Ledger
import Storage

extension CategoryService {
    private static let decided = ["name", "parent_id", "position"]

    /// Takes back an entry of the trail.
    ///
    /// - Throws: 409 `audit.cannot_undo`
    func takeBack(_ entry: UndoneEntry, in write: HouseholdWrite) throws {
        switch entry.action {
        case "create", "restore": try takeBackBirth(entry, in: write)
        case "delete": try takeBackDeletion(entry, in: write)
        default: try takeBackUpdate(entry, in: write)
        }
    }

    private func takeBackBirth(_ entry: UndoneEntry, in write: HouseholdWrite) throws {
        let id: AccountID = try entry.id()
        let store = store(write)
        let current = try current(id, store)
        try Self.mustBeLive(current)
        guard entry.isUnchanged(["version"], in: current) else { throw APIError.changedSince }
        if entry.action == "create" {
            let tree = CategoryTree(try store.all(includingDeleted: false))
            guard tree.subtree(of: id).count == 1 else {
                throw APIError.cannotUndo("There are categories below it by now.")
            }
        }
        // What came back into it with its restoring goes where it was before.
        let moved = try TransactionService().moveBack(entry.changes, in: write)
        let before = CategoryView.shape.bytes(try view(id, store))
        try delete(id, moveTo: nil, expecting: nil, in: write)
        guard !moved.isEmpty else { return }
        write.record(AuditNote("delete", "category", id.value, before: before, changes: moved))
    }

    /// Brings the categories back, and what lay in them.
    private func takeBackDeletion(_ entry: UndoneEntry, in write: HouseholdWrite) throws {
        let id: AccountID = try entry.id()
        let found = try store(write).all(includingDeleted: true).first { $0.id == id }
        guard let deleted = found?.deletedAt else {
            throw APIError.cannotUndo("The category has been brought back, or removed for good.")
        }
        guard deleted == entry.at else { throw APIError.changedSince }
        let view = try restore(id, in: write)
        guard view.record.parent?.description == entry.before["parent_id"]?.plain else {
            throw APIError.cannotUndo("The category that it lay in is gone.")
        }
        let moved = try TransactionService().moveBack(entry.changes, in: write)
        write.record(
            AuditNote(
                "restore",
                "category",
                id.value,
                after: CategoryView.shape.bytes(try self.view(id, store(write))),
                changes: moved
            )
        )
    }

    private func takeBackUpdate(_ entry: UndoneEntry, in write: HouseholdWrite) throws {
        let id: AccountID = try entry.id()
        let current = try current(id, store(write))
        try Self.mustBeLive(current)
        let members = try entry.changed(Self.decided, since: current)
        _ = try update(id, try FieldReader.read(from: members), expecting: nil, in: write)
    }

    private static func mustBeLive(_ current: JSONValue) throws {
        guard current["deleted_at"] == .null else {
            throw APIError.cannotUndo("The category was deleted since.")
        }
    }

    /// The category as the trail would keep it now.
    private func current(_ id: AccountID, _ store: CategoryStore) throws -> JSONValue {
        try JSONReader.read(CategoryView.shape.bytes(try view(id, store)))
    }
}
