import Insight
import Ledger
import Storage

extension BillService {
    /// What people decide of a bill, as it is answered.
    private static let decided = [
        "name", "direction", "payee", "account_id", "to_account_id", "category_id", "currency",
        "amount_kind", "amount", "amount_low", "amount_high", "learn_from", "tolerance_percent",
        "start_on", "end_on", "repeat", "month_end", "working_days", "holidays", "days_before",
        "days_after", "allows_parts", "auto_post", "remind_days", "note",
    ]

    /// Takes back an entry of the trail.
    ///
    /// - Throws: 409 `audit.cannot_undo`
    func takeBack(_ entry: UndoneEntry, in write: HouseholdWrite) throws {
        let id: BillID = try entry.id()
        switch entry.action {
        case "create", "restore":
            let view = try current(id, write)
            guard entry.after["version"]?.plain == String(view.record.version) else {
                throw APIError.changedSince
            }
            try delete(id, expecting: nil, in: write)
        case "delete":
            let view = try BillBook(write).load(id)
            guard let deleted = view.record.deletedAt else {
                throw APIError.cannotUndo("The bill has been brought back since.")
            }
            guard deleted == entry.at else { throw APIError.changedSince }
            _ = try restore(id, in: write)
        case "update", "pause", "resume": try stepBack(id, entry, in: write)
        default: try OccurrenceService().takeBack(entry, of: id, in: write)
        }
    }

    private func current(_ id: BillID, _ write: HouseholdWrite) throws -> BillView {
        let view = try BillBook(write).load(id)
        guard view.record.deletedAt == nil else {
            throw APIError.cannotUndo("The bill was deleted since.")
        }
        return view
    }

    private func stepBack(_ id: BillID, _ entry: UndoneEntry, in write: HouseholdWrite) throws {
        let before = try current(id, write)
        let now = try JSONReader.read(BillView.trail.bytes(before), keyLimit: .max)
        let members = try entry.changed(Self.decided, since: now)
        var draft = BillDraft(before.record, isNew: false, in: write)
        try draft.apply(try FieldReader.read(from: members))
        var record = draft.record
        for (name, path) in [
            ("paused_on", \BillRecord.pausedOn), ("posts_from", \BillRecord.postsFrom),
        ] {
            guard let change = try Self.day(name, entry, since: now) else { continue }
            record[keyPath: path] = change
        }
        if let from = try Self.day("asked_from", entry, since: now) ?? nil {
            record.askedFrom = from
        }
        let inverse = ["pause": "resume", "resume": "pause"]
        _ = try save(record, over: before, inverse[entry.action] ?? "update", in: write)
    }

    /// The day that stood somewhere before the entry; nil where the entry left it alone.
    private static func day(
        _ name: String,
        _ entry: UndoneEntry,
        since now: JSONValue
    ) throws -> LocalDate?? {
        guard let member = try entry.changed([name], since: now).first else { return nil }
        return .some(member.value.plain.flatMap { LocalDate($0) })
    }
}

extension OccurrenceService {
    /// Takes back what was done with one occurrence.
    fileprivate func takeBack(
        _ entry: UndoneEntry,
        of id: BillID,
        in write: HouseholdWrite
    ) throws {
        guard let day = entry.after["nominal_on"]?.plain.flatMap({ LocalDate($0) }) else {
            throw APIError.unreadableEntry
        }
        let target = try target(id, day, in: write)
        switch entry.action {
        case "skip", "unskip", "change": try stepBack(target, entry, in: write)
        case "match":
            let payment = try payment(target, entry)
            _ = try BillMatcher(write).release(payment)
            try BillMatcher(write).match([target.bill])
            _ = try finish(target, "unmatch", about: payment.transaction, in: write)
        case "unmatch":
            let transaction = try Self.transaction(entry)
            let isAutomatic = Self.wasAutomatic(transaction, entry)
            try link(transaction, target, isAutomatic: isAutomatic, in: write)
            _ = try finish(target, "match", about: transaction, in: write)
        case "reject":
            let transaction = try Self.transaction(entry)
            try target.book.store.setRejected(transaction, for: target.key, false)
            try BillMatcher(write).match([target.bill])
            _ = try finish(target, "propose", about: transaction, in: write)
        default: try unpost(target, entry, in: write)
        }
    }

    private func stepBack(
        _ target: Target,
        _ entry: UndoneEntry,
        in write: HouseholdWrite
    ) throws {
        let now = try JSONReader.read(
            OccurrenceTrace(target.before, nil, nil).bytes,
            keyLimit: .max
        )
        try Self.mustBeOpen(target.before)
        var deviation = target.before.deviation ?? .init()
        for member in try entry.changed(["due_on", "amount_units", "is_skipped"], since: now) {
            switch member.name {
            case "due_on": deviation.due = member.value.plain.flatMap { LocalDate($0) }
            case "amount_units": deviation.amount = member.value.plain.flatMap { Int64($0) }
            default: deviation.isSkipped = member.value == .boolean(true)
            }
        }
        try target.book.store.save(deviation, of: target.key)
        if !deviation.isSkipped { try BillMatcher(write).match([target.bill]) }
        let inverse = ["skip": "unskip", "unskip": "skip"]
        _ = try finish(target, inverse[entry.action] ?? "change", in: write)
    }

    /// Takes away what was booked, as long as nobody has touched it.
    private func unpost(_ target: Target, _ entry: UndoneEntry, in write: HouseholdWrite) throws {
        let payment = try payment(target, entry)
        let transactions = TransactionService()
        let record = try transactions.load(payment.transaction, expecting: nil, write)
        guard entry.after["transaction_version"]?.plain == String(record.version) else {
            throw APIError.changedSince
        }
        try TransactionService.mustNotBeLinked(record)
        _ = try LedgerBook(write).remove(record)
        try BillMatcher(write).match([target.bill])
        _ = try finish(target, "unpost", about: payment.transaction, in: write)
    }

    private func payment(_ target: Target, _ entry: UndoneEntry) throws -> BillPayment {
        let id = try Self.transaction(entry)
        guard let payment = target.before.payments.first(where: { $0.transaction == id }) else {
            throw APIError.changedSince
        }
        return payment
    }

    /// Whether nobody had been asked before the entry.
    private static func wasAutomatic(_ id: TransactionID, _ entry: UndoneEntry) -> Bool {
        guard case .array(let payments)? = entry.before["payments"] else { return false }
        let payment = payments.first { $0["transaction_id"]?.plain == id.description }
        return payment?["is_automatic"] == .boolean(true)
    }

    private static func transaction(_ entry: UndoneEntry) throws -> TransactionID {
        guard let id = entry.after["transaction_id"]?.plain.flatMap({ TransactionID($0) }) else {
            throw APIError.unreadableEntry
        }
        return id
    }
}
