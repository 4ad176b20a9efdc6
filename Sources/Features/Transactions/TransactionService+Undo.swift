import Ledger
import Storage

extension TransactionService {
    /// Takes back an entry of the trail.
    ///
    /// - Throws: 409 `audit.cannot_undo`
    func takeBack(_ entry: UndoneEntry, in write: HouseholdWrite) throws {
        switch entry.action {
        case "create", "restore":
            let id: TransactionID = try entry.id()
            let record = try find(id, write)
            guard entry.after["version"]?.plain == String(record.version) else {
                throw APIError.changedSince
            }
            try delete(id, expecting: nil, in: write)
        case "delete":
            let id: TransactionID = try entry.id()
            try mustBeDeleted(id, at: entry.at, write)
            _ = try restore(id, in: write)
        case "update":
            try takeBackUpdate(entry, in: write)
        default:
            try takeBackMany(entry, in: write)
        }
    }

    private func takeBackUpdate(_ entry: UndoneEntry, in write: HouseholdWrite) throws {
        let id: TransactionID = try entry.id()
        let record = try find(id, write)
        let before = try detail(id, write)
        try step(record, entry.before, entry.after, in: write)
        write.record(
            AuditNote(
                "update",
                "transaction",
                id.value,
                before: TransactionView.detail.bytes(before),
                after: TransactionView.detail.bytes(try detail(id, write))
            )
        )
    }

    /// The last first, as if each had been taken back by itself.
    private func takeBackMany(_ entry: UndoneEntry, in write: HouseholdWrite) throws {
        let inverse =
            switch entry.action {
            case "bulk_delete": "bulk_restore"
            case "bulk_restore": "bulk_delete"
            default: "bulk_patch"
            }
        var changes: [AuditNote.Change] = []
        for change in entry.changes.reversed() {
            let id = TransactionID(change.entity)
            let before = try detail(id, write)
            switch entry.action {
            case "bulk_delete":
                try mustBeDeleted(id, at: entry.at, write)
                let record = try stored(id, write)
                try Self.mustBeRestorable(record, at: write.now)
                try Self.mustHaveLiveNodes(record, LedgerBook(write))
                _ = try LedgerBook(write).restore(record)
            case "bulk_restore":
                let record = try find(id, write)
                guard change.after["version"]?.plain == String(record.version) else {
                    throw APIError.changedSince
                }
                try Self.mustNotBeLinked(record)
                _ = try LedgerBook(write).remove(record)
            default:
                try step(find(id, write), change.before, change.after, in: write)
            }
            changes.append(Self.change(id, before, try detail(id, write)))
        }
        write.record(AuditNote(inverse, "transaction", nil, changes: changes))
    }

    /// Gives back the postings that a deleted category passed on.
    func moveBack(
        _ changes: [TrailDetail.Change],
        in write: HouseholdWrite
    ) throws -> [AuditNote.Change] {
        try changes.reversed().map { change in
            let id = TransactionID(change.entity)
            let before = try detail(id, write)
            let record = try stored(id, write)
            try step(record, change.before, change.after, in: write)
            return Self.change(id, before, try detail(id, write))
        }
    }

    private func step(
        _ record: TransactionRecord,
        _ before: JSONValue,
        _ after: JSONValue,
        in write: HouseholdWrite
    ) throws {
        let trace = try TransactionTrace(record)
            .back(from: TransactionTrace(after), to: TransactionTrace(before))
        let content = record.content.with(trace)
        let book = LedgerBook(write)
        let known = try book.nodes.find(Set(content.postings.postings.map(\.account)))
        if content.postings != record.content.postings {
            try Self.mustNotBeLinked(record)
            if let dead = known.values.first(where: \.isDeleted) {
                throw APIError.cannotUndo("\(dead.name) is deleted. Restore it first.")
            }
        }
        _ = try book.revise(record, to: content, known: known)
    }

    private static func change(
        _ id: TransactionID,
        _ before: TransactionView,
        _ after: TransactionView
    ) -> AuditNote.Change {
        .init(
            entity: id.value,
            before: TransactionView.detail.bytes(before),
            after: TransactionView.detail.bytes(after)
        )
    }

    private func find(_ id: TransactionID, _ write: HouseholdWrite) throws -> TransactionRecord {
        let record = try stored(id, write)
        guard record.deletedAt == nil else {
            throw APIError.cannotUndo("The transaction was deleted since.")
        }
        return record
    }

    private func mustBeDeleted(
        _ id: TransactionID,
        at moment: Instant,
        _ write: HouseholdWrite
    ) throws {
        guard let deleted = try stored(id, write).deletedAt else {
            throw APIError.cannotUndo("The transaction has been brought back since.")
        }
        guard deleted == moment else { throw APIError.changedSince }
    }

    /// A transaction, a deleted one too.
    private func stored(_ id: TransactionID, _ write: HouseholdWrite) throws -> TransactionRecord {
        try write.mustSeeAll(of: [id])
        return try TransactionStore(transaction: write.transaction, household: write.household)
            .load(id)
    }
}
