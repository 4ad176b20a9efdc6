import Ledger
import Storage

extension AccountService {
    /// What a person decides of an account, as it is answered.
    private static let decided = [
        "name", "kind", "minimum_balance", "opening_balance", "opening_date", "closed_at",
    ]

    private static let decidedLater = ["is_budgeted", "budget_category_id"]

    /// What is the same again as long as nobody touches the account or books on it.
    private static let untouched = ["version", "balance", "transaction_count"]

    /// Takes back an entry of the trail.
    ///
    /// - Throws: 409 `audit.cannot_undo`
    func takeBack(_ entry: UndoneEntry, in write: HouseholdWrite) throws {
        switch entry.action {
        case "create", "restore": try takeBackBirth(entry, in: write)
        case "delete": try takeBackDeletion(entry, in: write)
        case "reorder": try takeBackOrder(entry, in: write)
        default: try takeBackUpdate(entry, in: write)
        }
    }

    private func takeBackBirth(_ entry: UndoneEntry, in write: HouseholdWrite) throws {
        let id: AccountID = try entry.id()
        let current = try current(id, in: write)
        guard current["deleted_at"] == .null else {
            throw APIError.cannotUndo("The account was deleted since.")
        }
        guard entry.isUnchanged(Self.untouched, in: current) else { throw APIError.changedSince }
        try delete(id, expecting: nil, in: write)
    }

    private func takeBackDeletion(_ entry: UndoneEntry, in write: HouseholdWrite) throws {
        let id: AccountID = try entry.id()
        let store = AccountStore(transaction: write.transaction, household: write.household)
        guard let deleted = try store.find(id)?.deletedAt else {
            throw APIError.cannotUndo("The account has been brought back, or removed for good.")
        }
        guard deleted == entry.at else { throw APIError.changedSince }
        _ = try restore(id, in: write)
    }

    private func takeBackOrder(_ entry: UndoneEntry, in write: HouseholdWrite) throws {
        let store = AccountStore(transaction: write.transaction, household: write.household)
        let order = try store.all(includingDeleted: false).map(\.id)
        guard order == Self.ids(entry.after) else { throw APIError.changedSince }
        _ = try reorder(Self.ids(entry.before), in: write)
    }

    private func takeBackUpdate(_ entry: UndoneEntry, in write: HouseholdWrite) throws {
        let id: AccountID = try entry.id()
        let current = try current(id, in: write)
        guard current["deleted_at"] == .null else {
            throw APIError.cannotUndo("The account was deleted since.")
        }
        // Older entries do not say what had no name yet.
        let told = Self.decided + Self.decidedLater.filter { entry.before[$0] != nil }
        var members = try entry.changed(told, since: current)
        // Where there was no opening balance there was no day of it either.
        members.removeAll { $0.name == "opening_date" && $0.value == .null }
        _ = try update(id, try FieldReader.read(from: members), expecting: nil, in: write)
        let after = try self.current(id, in: write)
        guard Self.decided.allSatisfy({ after[$0] == entry.before[$0] || current[$0] == after[$0] })
        else { throw APIError.cannotUndo("It can no longer be made what it was.") }
    }

    /// The account as the trail would keep it now.
    private func current(_ id: AccountID, in write: HouseholdWrite) throws -> JSONValue {
        let view = try AccountReader(
            transaction: write.transaction,
            member: write.member,
            today: write.today
        ).view(id)
        return try JSONReader.read(AccountView.shape.bytes(view))
    }

    private static func ids(_ list: JSONValue) -> [AccountID] {
        guard case .array(let ids) = list else { return [] }
        return ids.compactMap { $0.plain.flatMap { AccountID($0) } }
    }
}
