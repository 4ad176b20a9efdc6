import Ledger
import Storage

extension GoalService {
    /// What people decide of a goal, as the trail keeps it.
    private static let decided = [
        "name", "state", "note", "target_amount", "target_date", "start_date", "repeat_months",
        "months_of_spending", "average_months",
    ]

    /// Takes back an entry of the trail.
    ///
    /// - Throws: 409 `audit.cannot_undo`
    func takeBack(_ entry: UndoneEntry, in write: HouseholdWrite) throws {
        switch (entry.entity, entry.action) {
        case ("goal_contribution", "create"): try takeBackContribution(entry, in: write)
        case ("goal_contribution", "delete"): try bringBackContribution(entry, in: write)
        case ("goal_contribution", _): try takeBackAutomatic(entry, in: write)
        case (_, "create"), (_, "restore"): try takeBackBirth(entry, in: write)
        case (_, "delete"):
            let id: GoalID = try entry.id()
            guard try Self.books(write).load(id).deletedAt == entry.at else {
                throw APIError.changedSince
            }
            _ = try restore(id, allowingOvercommitted: false, in: write)
        case (_, "reorder"): try takeBackOrder(entry, in: write)
        default: try takeBackChange(entry, in: write)
        }
    }

    private func takeBackBirth(_ entry: UndoneEntry, in write: HouseholdWrite) throws {
        let id: GoalID = try entry.id()
        let current = try live(id, expecting: nil, write)
        let isNew = entry.action == "create"
        guard entry.isUnchanged(["version"], in: try Self.json(current)),
            try !isNew || Self.books(write).countContributions(of: id) == 0
        else { throw APIError.changedSince }
        try delete(id, expecting: nil, in: write)
    }

    private func takeBackOrder(_ entry: UndoneEntry, in write: HouseholdWrite) throws {
        let order = try Self.books(write).all().map(\.id)
        guard order == Self.ids(entry.after) else { throw APIError.changedSince }
        _ = try reorder(Self.ids(entry.before), in: write)
    }

    /// A change of what was decided, a pause, its end, or that it was finished, with what was taken off then.
    private func takeBackChange(_ entry: UndoneEntry, in write: HouseholdWrite) throws {
        let before = try live(try entry.id(), expecting: nil, write)
        var record = before
        var members = try entry.changed(Self.decided, since: try Self.json(before))
        if let automatic = try Self.automatic(entry, before) { members.append(automatic) }
        if let state = members.first(where: { $0.name == "state" })?.value.plain {
            record.state = GoalRecord.State(rawValue: state) ?? record.state
            record.finishedAt = record.state == .finished ? write.now : nil
        }
        members.removeAll { $0.name == "state" }
        let decisions: GoalPatch = try FieldReader.read(from: members)
        record.name = decisions.name ?? record.name
        try decide(decisions.decisions, on: &record, in: write)
        // The trail has the date alone. The day that was asked for stays as long as the date is one of its.
        if let day = before.targetDay, let date = record.targetDate,
            day.date(in: date.month) == date
        {
            record.targetDay = day
        }
        let changes = try entry.changes.map { try takeBack($0, of: before, in: write) }
        try save(record, instead: before, "update", changes, in: write)
        try settle(record.id, isNew: true, in: write)
    }

    /// The rule as it was, where the entry changed it. How far it has got is nobody's decision.
    private static func automatic(
        _ entry: UndoneEntry,
        _ record: GoalRecord
    ) throws -> JSONMember? {
        func entered(_ value: JSONValue?) -> JSONValue {
            guard case .object(let members)? = value else { return .null }
            return .object(members.filter { $0.name != "through" && $0.value != .null })
        }
        let (old, new) = (entered(entry.before["automatic"]), entered(entry.after["automatic"]))
        guard old != new else { return nil }
        guard entered(try json(record)["automatic"]) == new else { throw APIError.changedSince }
        return JSONMember(name: "automatic", value: old)
    }

    // MARK: Contributions

    private func takeBackContribution(_ entry: UndoneEntry, in write: HouseholdWrite) throws {
        try deleteContribution(
            try entry.id(),
            of: try Self.goal(entry.after),
            allowingOvercommitted: false,
            in: write
        )
    }

    private func bringBackContribution(_ entry: UndoneEntry, in write: HouseholdWrite) throws {
        let store = Self.books(write)
        let goal = try live(Self.goal(entry.before), expecting: nil, write)
        let contribution = try store.contribution(try entry.id(), of: goal.id)
        guard contribution.deletedAt == entry.at else { throw APIError.changedSince }
        try mustAllow(contribution.amount, contribution, of: goal, false, write)
        try store.setDeleted(nil, contribution.id)
        try settle(goal.id, in: write)
        note("create", after: contribution, write)
    }

    private func takeBackAutomatic(_ entry: UndoneEntry, in write: HouseholdWrite) throws {
        let changes = try entry.changes.map { change in
            let goal = try live(Self.goal(change.after), expecting: nil, write)
            return try takeBack(change, of: goal, in: write)
        }
        write.record(AuditNote("take_back", "goal_contribution", nil, changes: changes))
    }

    private func takeBack(
        _ change: TrailDetail.Change,
        of goal: GoalRecord,
        in write: HouseholdWrite
    ) throws -> AuditNote.Change {
        let store = Self.books(write)
        let contribution = try store.contribution(GoalContributionID(change.entity), of: goal.id)
        guard contribution.deletedAt == nil else { throw APIError.changedSince }
        try mustAllow(try contribution.amount.negated(), contribution, of: goal, false, write)
        try store.setDeleted(write.now, contribution.id)
        try settle(goal.id, in: write)
        return Self.change(before: contribution)
    }

    // MARK: Parts

    private static func goal(_ value: JSONValue) throws -> GoalID {
        guard let id = value["goal_id"]?.plain.flatMap({ GoalID($0) }) else {
            throw APIError.unreadableEntry
        }
        return id
    }

    private static func json(_ record: GoalRecord) throws -> JSONValue {
        try JSONReader.read(GoalRecord.trail.bytes(record), keyLimit: .max)
    }

    private static func ids(_ list: JSONValue) -> [GoalID] {
        guard case .array(let ids) = list else { return [] }
        return ids.compactMap { $0.plain.flatMap { GoalID($0) } }
    }
}
