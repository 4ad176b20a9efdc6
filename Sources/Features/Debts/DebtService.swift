import Ledger
import Storage

/// What people say of their debts. One method is one use case.
struct DebtService: Sendable {
    /// Says what a lender asks for, anew or for the first time.
    func put(
        _ id: AccountID,
        _ input: DebtInput,
        in write: HouseholdWrite
    ) throws -> DebtView {
        let store = Self.seen(write)
        let before = try reader(write).view(id)
        let currency = before.balance.currency
        let minimum = try input.minimum(in: currency)
        if var terms = try store.terms(of: id, currency) {
            if before.terms == nil { try mustHaveRoom(write) }
            terms.yearlyRate = input.yearlyRate
            terms.minimum = minimum
            terms.deletedAt = nil
            try store.update(terms, at: write.now)
        } else {
            try mustHaveRoom(write)
            try store.insert(
                DebtTerms(
                    account: id,
                    yearlyRate: input.yearlyRate,
                    minimum: minimum,
                    position: try Self.books(write).lastPosition() + 1,
                    version: 1,
                    createdAt: write.now,
                    updatedAt: write.now
                )
            )
        }
        let after = try reader(write).view(id)
        let isNew = before.terms == nil
        note(isNew ? "create" : "update", before: isNew ? nil : before, after: after, write)
        return after
    }

    /// Forgets what a lender asks for. The account stays.
    func delete(_ id: AccountID, expecting version: Int64?, in write: HouseholdWrite) throws {
        let store = Self.seen(write)
        let before = try reader(write).view(id)
        guard var terms = before.terms?.stored else { throw APIError.notFound("debt") }
        guard version == nil || version == terms.version else { throw APIError.stale }
        terms.deletedAt = write.now
        try store.update(terms, at: write.now)
        note("delete", before: before, after: nil, write)
    }

    func restore(_ id: AccountID, in write: HouseholdWrite) throws -> DebtView {
        let store = Self.seen(write)
        let before = try reader(write).view(id)
        guard before.terms == nil else { return before }
        guard var terms = try store.terms(of: id, before.balance.currency),
            let deleted = terms.deletedAt,
            deleted.adding(seconds: TransactionService.restorableSeconds) >= write.now
        else { throw APIError.notFound("debt") }
        try mustHaveRoom(write)
        terms.deletedAt = nil
        try store.update(terms, at: write.now)
        let after = try reader(write).view(id)
        note("restore", before: nil, after: after, write)
        return after
    }

    func update(
        _ patch: DebtSettingsPatch,
        expecting version: Int64?,
        in write: HouseholdWrite
    ) throws -> DebtSettings {
        let currency = write.member.currency
        let before = try Self.seen(write).settings(currency)
        guard version == nil || version == before.version else { throw APIError.stale }
        var settings = before
        settings.strategy = patch.strategy ?? before.strategy
        settings.extra =
            try patch.extra?.money(in: currency, field: "extra_amount") ?? before.extra
        if let order = patch.order { settings.order = try Self.order(order, before.order) }
        guard settings != before else { return before }
        if settings.order != before.order { try place(settings.order, in: write) }
        settings.version += 1
        try Self.books(write).save(settings, at: write.now)
        let after = try Self.seen(write).settings(currency)
        write.record(
            AuditNote(
                "update",
                "debt_settings",
                nil,
                before: DebtSettings.shape.bytes(before),
                after: DebtSettings.shape.bytes(after)
            )
        )
        return after
    }

    // MARK: Steps

    /// Those that are named, then the others as they were.
    private static func order(
        _ named: [AccountID],
        _ known: [AccountID]
    ) throws(APIError) -> [AccountID] {
        guard Set(named).count == named.count, Set(named).isSubset(of: known) else {
            throw .invalid("order", "not_found", "each a debt with terms, and none twice")
        }
        return named + known.filter { !named.contains($0) }
    }

    /// A debt that is not seen keeps its place between the others.
    private func place(_ ids: [AccountID], in write: HouseholdWrite) throws {
        var rest = ids[...]
        let store = Self.books(write)
        let all = try store.accounts().filter { $0.terms != nil }.map(\.id)
        for (index, id) in all.enumerated() {
            let here = write.member.sees.sees(id) ? rest.removeFirst() : id
            try store.setPosition(Int64(index + 1), of: here)
        }
    }

    private func mustHaveRoom(_ write: HouseholdWrite) throws {
        let count = try Self.books(write).accounts().count { $0.terms != nil }
        guard count < DebtStore.countLimit else {
            throw APIError.conflict(
                "debt.too_many",
                "At most \(DebtStore.countLimit) debts can be planned."
            )
        }
    }

    // MARK: Parts

    /// What the member sees: a debt on a hidden account is not there.
    private static func seen(_ write: HouseholdWrite) -> DebtStore {
        DebtStore(transaction: write.seen, household: write.household)
    }

    private static func books(_ write: HouseholdWrite) -> DebtStore {
        DebtStore(transaction: write.transaction, household: write.household)
    }

    private func reader(_ write: HouseholdWrite) -> DebtReader {
        DebtReader(transaction: write.seen, member: write.member, today: write.today)
    }

    private func note(
        _ action: String,
        before: DebtView?,
        after: DebtView?,
        _ write: HouseholdWrite
    ) {
        write.record(
            AuditNote(
                action,
                "debt",
                (after ?? before)?.account.value,
                before: before.map(DebtView.trail.bytes),
                after: after.map(DebtView.trail.bytes)
            )
        )
    }
}

extension DebtService {
    private static let decided = [
        "yearly_rate", "minimum_kind", "minimum_amount", "minimum_share",
    ]

    /// Takes back an entry of the trail.
    ///
    /// - Throws: 409 `audit.cannot_undo`
    func takeBack(_ entry: UndoneEntry, in write: HouseholdWrite) throws {
        guard entry.entity == "debt" else { return try takeBackSettings(entry, in: write) }
        let id: AccountID = try entry.id()
        let view = try reader(write).view(id)
        let current = try JSONReader.read(DebtView.trail.bytes(view))
        switch entry.action {
        case "delete":
            let stored = try Self.seen(write).terms(of: id, view.balance.currency)
            guard stored?.deletedAt == entry.at else { throw APIError.changedSince }
            _ = try restore(id, in: write)
        case "create", "restore":
            guard entry.isUnchanged(["version"], in: current) else { throw APIError.changedSince }
            try delete(id, expecting: nil, in: write)
        default:
            guard entry.isUnchanged(Self.decided, in: current) else { throw APIError.changedSince }
            let members = Self.decided.compactMap { name in
                entry.before[name].map { JSONMember(name: name, value: $0) }
            }
            _ = try put(id, FieldReader.read(from: members), in: write)
        }
    }

    private func takeBackSettings(_ entry: UndoneEntry, in write: HouseholdWrite) throws {
        let settings = try Self.seen(write).settings(write.member.currency)
        let members = try entry.changed(
            ["strategy", "extra_amount", "order"],
            since: try JSONReader.read(DebtSettings.shape.bytes(settings))
        )
        _ = try update(FieldReader.read(from: members), expecting: nil, in: write)
    }
}
