import Ledger
import Storage

extension BudgetService {
    private static let decided = ["rollover", "kind", "group", "position", "fill", "priority"]
    private static let settings = ["view", "period", "month_start", "holidays"]

    /// Takes back an entry of the trail.
    ///
    /// - Throws: 409 `audit.cannot_undo`
    func takeBack(_ entry: UndoneEntry, in write: HouseholdWrite) throws {
        switch (entry.entity, entry.action) {
        case ("budget_settings", _): try takeBackSettings(entry, in: write)
        case ("budget_period", _): try takeBackPlan(entry, in: write)
        case (_, "create"), (_, "restore"): try takeBackBirth(entry, in: write)
        case (_, "delete"): try takeBackDeletion(entry, in: write)
        default: try takeBackUpdate(entry, in: write)
        }
    }

    private func takeBackBirth(_ entry: UndoneEntry, in write: HouseholdWrite) throws {
        let id: AccountID = try entry.id()
        guard entry.isUnchanged(["version"], in: try current(id, write)) else {
            throw APIError.changedSince
        }
        try delete(id, expecting: nil, in: write)
    }

    private func takeBackDeletion(_ entry: UndoneEntry, in write: HouseholdWrite) throws {
        let id: AccountID = try entry.id()
        guard try load(id, write).deletedAt == entry.at else { throw APIError.changedSince }
        _ = try restore(id, in: write)
    }

    private func takeBackUpdate(_ entry: UndoneEntry, in write: HouseholdWrite) throws {
        let id: AccountID = try entry.id()
        var members = try entry.changed(Self.decided, since: try current(id, write))
        members = members.map { member in
            member.name == "fill"
                ? JSONMember(name: "fill", value: Self.entered(member.value)) : member
        }
        _ = try update(id, try FieldReader.read(from: members), expecting: nil, in: write)
    }

    /// A rule as it is sent: what it does not need is left out.
    private static func entered(_ fill: JSONValue) -> JSONValue {
        guard case .object(let members) = fill else { return fill }
        return .object(members.filter { $0.value != .null })
    }

    private func takeBackSettings(_ entry: UndoneEntry, in write: HouseholdWrite) throws {
        let now = try JSONReader.read(BudgetSettings.shape.bytes(try store(write).settings()))
        let members = try entry.changed(Self.settings, since: now)
        let patch: BudgetSettingsPatch = try FieldReader.read(from: members)
        _ = try update(patch, expecting: nil, in: write)
    }

    private func current(_ id: AccountID, _ write: HouseholdWrite) throws -> JSONValue {
        try JSONReader.read(BudgetRecord.shape.bytes(try load(id, write)), keyLimit: .max)
    }

    // MARK: Plans

    /// Gives every number back that the entry changed, all of them or none.
    private func takeBackPlan(_ entry: UndoneEntry, in write: HouseholdWrite) throws {
        guard let first = entry.after["first_day"]?.plain,
            let last = entry.after["last_day"]?.plain
        else { throw APIError.unreadableEntry }
        let planning = try BudgetPlanning(first, in: write)
        let span = planning.book.period.span
        guard span.first.description == first, span.last.description == last else {
            throw APIError.cannotUndo("The budget has other periods since.")
        }
        switch entry.action {
        case "lock", "unlock":
            guard planning.book.isLocked == (entry.action == "lock") else {
                throw APIError.changedSince
            }
            try planning.setLocked(entry.action == "unlock")
        default: try takeBackNumbers(entry, planning, write)
        }
    }

    private func takeBackNumbers(
        _ entry: UndoneEntry,
        _ planning: BudgetPlanning,
        _ write: HouseholdWrite
    ) throws {
        let (before, after) = (try Self.amounts(entry.before), try Self.amounts(entry.after))
        let currency = planning.book.currency
        let zero = Money.zero(currency)
        var changes: [PlanChange] = []
        for (id, amount) in after {
            let now = planning.book.plan.assigned[id] ?? zero
            guard now.tenThousandths == amount else { throw APIError.changedSince }
            let old = Money(tenThousandths: before[id] ?? 0, currency)
            changes.append(PlanChange(envelope: id, before: now, after: old))
        }
        var held: Money?
        if let text = entry.after["held"]?.plain {
            guard (planning.book.plan.held ?? zero).tenThousandths == (try Decimal4.parse(text))
            else { throw APIError.changedSince }
            held = try entry.before["held"]?.plain.map {
                Money(tenThousandths: try Decimal4.parse($0), currency)
            }
        }
        try planning.apply("assign", changes, held: held)
        try removeCreated(entry, write)
    }

    /// The budgets that a fill made, as long as nobody has changed them.
    private func removeCreated(_ entry: UndoneEntry, _ write: HouseholdWrite) throws {
        guard case .array(let list) = entry.after["created"] else { return }
        for id in list.compactMap({ $0.plain.flatMap { AccountID($0) } }) {
            var record = try load(id, write)
            guard record.deletedAt == nil, record.updatedAt == entry.at else {
                throw APIError.changedSince
            }
            record.deletedAt = write.now
            try store(write).update(record, at: write.now)
        }
    }

    private static func amounts(_ note: JSONValue) throws -> [AccountID: Int64] {
        guard case .array(let list) = note["amounts"] else { throw APIError.unreadableEntry }
        var amounts: [AccountID: Int64] = [:]
        for item in list {
            guard let id = item["envelope_id"]?.plain.flatMap({ AccountID($0) }),
                let text = item["amount"]?.plain
            else { throw APIError.unreadableEntry }
            amounts[id] = try Decimal4.parse(text)
        }
        return amounts
    }
}
