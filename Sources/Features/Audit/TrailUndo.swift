import HTTPTypes
import Ledger
import Storage

/// Takes back what an entry of the trail did, as a new entry that names it.
///
/// It goes through the services that people's own changes go through, so that no rule of the ledger is
/// passed by. What has changed since is left alone and told.
struct TrailUndo {
    let write: HouseholdWrite
    let keys: HouseholdKeys
    let imports: ImportService
    /// Why what wants a fresh proof is refused; nil when who asks has just shown who they are.
    var unproved: APIError?
    /// What the token of who asks is good for; nil for a session.
    var scopes: Set<Scope>?

    /// A change of more rows is not taken back in one piece.
    static let changeLimit = 10_000

    private struct Way {
        /// What the change itself asks of whoever makes it.
        let need: Endpoint.Need
        /// The first word of its routes, which a token must be good for.
        let resource: String
        let actions: Set<String>

        init(_ need: Endpoint.Need, _ resource: String, _ actions: Set<String>) {
            (self.need, self.resource, self.actions) = (need, resource, actions)
        }
    }

    /// What there is a way back from, by what it is about.
    private static let ways: [String: Way] = [
        "account": Way(
            .editor,
            "accounts",
            ["create", "update", "delete", "restore", "reorder", "show"]
        ),
        "category": Way(.editor, "categories", ["create", "update", "delete", "restore"]),
        "transaction": Way(
            .editor,
            "transactions",
            [
                "create", "update", "delete", "restore", "bulk_patch", "bulk_delete",
                "bulk_restore",
            ]
        ),
        "budget": Way(.editor, "budgets", ["create", "update", "delete", "restore"]),
        "budget_settings": Way(.editor, "budgets", ["update"]),
        "budget_period": Way(
            .editor,
            "budgets",
            ["assign", "move", "cover", "fill", "hold", "flex", "lock", "unlock"]
        ),
        "task": Way(
            .editor,
            "tasks",
            [
                "create", "update", "delete", "restore", "bulk_patch", "bulk_delete",
                "bulk_restore",
            ]
        ),
        "bill": Way(
            .editor,
            "bills",
            [
                "create", "update", "delete", "restore", "pause", "resume", "change", "skip",
                "unskip", "post", "match", "unmatch", "reject",
            ]
        ),
        "goal": Way(
            .editor,
            "goals",
            ["create", "update", "delete", "restore", "reorder", "pause", "resume", "finish"]
        ),
        "goal_contribution": Way(.editor, "goals", ["create", "delete", "automatic"]),
        "debt": Way(.editor, "debts", ["create", "update", "delete", "restore"]),
        "debt_settings": Way(.editor, "debts", ["update"]),
        "recurring": Way(.editor, "recurring", ["dismiss", "restore"]),
        "transfer": Way(.editor, "transfers", ["link", "unlink", "reject", "unreject"]),
        "import": Way(.editor, "imports", ["create", "commit"]),
        "household": Way(.owner, "household", ["update"]),
        "member": Way(.freshOwner, "household", ["update"]),
        "invitation": Way(.freshOwner, "household", ["create"]),
        "grant": Way(.freshOwner, "household", ["create"]),
    ]

    /// Nil for what there is no way back from.
    private static func way(_ record: AuditChain.Record) -> Way? {
        ways[record.entity].flatMap { $0.actions.contains(record.action) ? $0 : nil }
    }

    /// Whether a member may try. What has changed since may still stand in the way.
    static func isOpen(_ record: AuditChain.Record, to member: Member) -> Bool {
        guard let least = way(record)?.need.leastRole else { return false }
        switch (least, record.action) {
        // Who sees an account is said by the owner, or by who added it.
        case (.editor, "show"):
            return member.role == .owner
                || member.role == .editor && record.actorID == member.person.value
        case (.editor, _): return member.role.mayWrite
        default: return member.role == .owner
        }
    }

    /// - Throws: 404, 409 `audit.cannot_undo` with the reason, 403 for whoever could not make the change itself.
    func run(_ sequence: Int64) throws -> TrailEntry {
        let reader = try TrailReader(write.transaction, write.member, keys)
        let entry = try reader.entry(sequence)
        let way = try Self.mustBePossible(entry)
        if let scopes {
            let wanted = Scope(.post, way.resource)
            guard scopes.contains(where: { $0.allows(wanted) }) else {
                throw APIError.tokenNotEnough
            }
        }
        if let least = way.need.leastRole { try write.role.demand(least) }
        if way.need.isFresh, let unproved { throw unproved }
        guard entry.record.changeCount <= Self.changeLimit else {
            throw APIError.cannotUndo("It changed more than \(Self.changeLimit) rows at once.")
        }
        let changes = try reader.changes(of: sequence, from: 0, limit: Self.changeLimit).changes
        guard changes.count == entry.record.changeCount else {
            throw APIError.cannotUndo("You do not see all that it changed.")
        }
        do {
            try takeBack(UndoneEntry(entry, changes))
        } catch let error as APIError where (400..<500).contains(error.status.code) {
            guard error.code != APIError.cannotUndoCode else { throw error }
            throw APIError.cannotUndo(error.message)
        }
        write.takesBack(sequence)
        guard let made = write.entry else {
            throw APIError.cannotUndo("There is nothing left to take back.")
        }
        return try view(made.record, made.note, made.client)
    }

    private func takeBack(_ entry: UndoneEntry) throws {
        switch entry.entity {
        case "account" where entry.action == "show":
            try AccountVisibilityService().takeBack(entry, in: write)
        case "account": try AccountService().takeBack(entry, in: write)
        case "category": try CategoryService().takeBack(entry, in: write)
        case "budget", "budget_settings", "budget_period":
            try BudgetService().takeBack(entry, in: write)
        case "transaction": try TransactionService().takeBack(entry, in: write)
        case "transfer": try TransferService().takeBack(entry, in: write)
        case "goal", "goal_contribution": try GoalService().takeBack(entry, in: write)
        case "debt", "debt_settings": try DebtService().takeBack(entry, in: write)
        case "task": try TaskService().takeBack(entry, in: write)
        case "bill": try BillService().takeBack(entry, in: write)
        case "recurring": try RecurringService().takeBack(entry, in: write)
        case "import": try imports.takeBack(entry, in: write)
        case "household": try HouseholdService.takeBack(entry, in: write)
        case "member": try MemberService().takeBack(entry, in: write)
        case "invitation": try InvitationService.withdraw(entry.id(), in: write)
        case "grant": try GrantService().end(entry.id(), in: write)
        default: throw APIError.cannotUndo("There is no way back from it.")
        }
    }

    private static func mustBePossible(_ entry: TrailEntry) throws -> Way {
        if let by = entry.undoneBy {
            throw APIError.cannotUndo("It was taken back already, by entry \(by).")
        }
        guard let way = way(entry.record) else {
            throw APIError.cannotUndo(reason(entry.record.entity, entry.record.action))
        }
        guard !entry.isErased else {
            throw APIError.cannotUndo("What it changed was erased.")
        }
        return way
    }

    /// Why there is no way back from some kinds.
    private static func reason(_ entity: String, _ action: String) -> String {
        switch (entity, action) {
        case (_, "export"), (_, "refuse"), ("import", "read"), ("import", "fail"),
            ("grant", "look"):
            "It changed nothing in the books."
        case (_, "purge"): "What it removed is gone for good."
        case ("import", "undo"): "Import the file again instead."
        case ("import", "update"): "Correct the preview itself instead."
        case ("task", "ask"): "Tick or delete the tasks themselves instead."
        case ("bill", "unpost"): "Book it again instead."
        case ("bill", "propose"): "Reject it again instead."
        case ("demo", "create"): "Delete the demo's accounts instead."
        case ("household", "create"): "The household is there since then."
        case ("household", "hand_over"): "Only who owns it now can hand it back."
        case ("member", "join"): "Remove them instead."
        case ("member", "leave"), ("member", "remove"): "Invite them again instead."
        case ("invitation", "withdraw"): "Invite them again instead."
        case ("grant", "delete"): "Let them in again instead."
        default: "There is no way back from it."
        }
    }

    /// The new entry as it will be read.
    private func view(
        _ record: AuditChain.Record,
        _ note: AuditNote,
        _ client: ClientDevice?
    ) throws -> TrailEntry {
        let name = try write.transaction.first(
            "SELECT name FROM person WHERE id = \(write.member.person)"
        ) { try $0.text() }
        return TrailEntry(
            record: record,
            actorName: name,
            before: try note.before.map { try JSONReader.read($0, keyLimit: .max) } ?? .null,
            after: try note.after.map { try JSONReader.read($0, keyLimit: .max) } ?? .null,
            address: client?.address,
            device: client?.device,
            changeCount: record.changeCount,
            undoneBy: nil,
            isErased: false,
            isOpenToUndo: Self.isOpen(record, to: write.member)
        )
    }
}

/// What a service is told of the entry that it takes back.
struct UndoneEntry {
    let entity: String
    let action: String
    let at: Instant
    let before: JSONValue
    let after: JSONValue
    let changes: [TrailDetail.Change]
    private let entityID: UniqueID?

    fileprivate init(_ entry: TrailEntry, _ changes: [TrailDetail.Change]) {
        entity = entry.record.entity
        action = entry.record.action
        at = entry.record.at
        before = entry.before
        after = entry.after
        self.changes = changes
        entityID = entry.record.entityID
    }

    /// What it was about.
    func id<Entity>(_: Entity.Type = Entity.self) throws -> Identifier<Entity> {
        guard let entityID else { throw APIError.unreadableEntry }
        return Identifier(entityID)
    }

    /// Whether some fields are as the entry left them.
    func isUnchanged(_ fields: [String], in current: JSONValue) -> Bool {
        fields.allSatisfy { after[$0] != nil && after[$0] == current[$0] }
    }

    /// The fields that the entry changed, with what was in them before.
    ///
    /// - Throws: 409 when one of them was changed again since.
    func changed(_ fields: [String], since current: JSONValue) throws -> [JSONMember] {
        try Self.changed(fields, before, after, since: current)
    }

    /// The same of a row of a bulk change.
    static func changed(
        _ fields: [String],
        _ before: JSONValue,
        _ after: JSONValue,
        since current: JSONValue
    ) throws -> [JSONMember] {
        try fields.compactMap { field in
            guard let old = before[field], let new = after[field] else {
                throw APIError.unreadableEntry
            }
            guard old != new else { return nil }
            guard current[field] == new else { throw APIError.changedSince }
            return JSONMember(name: field, value: old)
        }
    }
}

extension APIError {
    static let cannotUndoCode = "audit.cannot_undo"

    static func cannotUndo(_ reason: String) -> APIError {
        .conflict(cannotUndoCode, reason)
    }

    static let changedSince = cannotUndo("It has been changed again since.")
    /// For an entry of a version that wrote less.
    static let unreadableEntry = cannotUndo("The entry does not say enough to take it back.")
}
