import Insight
import Ledger
import Storage

/// What people say of payments that were found to come again. One method is one use case.
///
/// The series are found before the household is locked: others need not wait for a search.
struct RecurringService: Sendable {
    /// - Throws: 409 `recurring.too_many`
    func dismiss(_ found: FoundSeries, in write: HouseholdWrite) throws -> FoundSeries {
        let store = store(write)
        var found = found
        let choices = try store.choices()
        if let known = Self.choice(of: found, choices), known.name == .dismissed {
            found.choice = known
            return found
        }
        let choice = try add(found, bill: nil, choices, in: write)
        write.record(note("dismiss", choice, after: choice))
        found.choice = choice
        return found
    }

    func restore(_ found: FoundSeries, in write: HouseholdWrite) throws -> FoundSeries {
        var found = found
        guard let known = Self.choice(of: found, try store(write).choices()),
            known.name == .dismissed, try store(write).remove(known.id)
        else { return found }
        write.record(note("restore", known, before: known))
        found.choice = nil
        return found
    }

    /// What was said last of a series; the nearest by amount, as it was when the series was found.
    private static func choice(
        of found: FoundSeries,
        _ choices: [RecurringChoice]
    ) -> RecurringChoice? {
        if let known = found.choice { return choices.first { $0.id == known.id } }
        // Somebody else may have been quicker.
        return choices.last { $0.mark == found.mark }
    }

    func add(
        _ found: FoundSeries,
        bill: BillID?,
        _ choices: [RecurringChoice],
        in write: HouseholdWrite
    ) throws -> RecurringChoice {
        guard choices.count < RecurringChoice.countLimit else {
            throw APIError.conflict(
                "recurring.too_many",
                "At most \(RecurringChoice.countLimit) choices are kept."
            )
        }
        let choice = RecurringChoice(
            id: write.ids.next(),
            mark: found.mark,
            bill: bill,
            createdAt: write.now
        )
        try store(write).insert(choice)
        return choice
    }

    private func note(
        _ action: String,
        _ choice: RecurringChoice,
        before: RecurringChoice? = nil,
        after: RecurringChoice? = nil
    ) -> AuditNote {
        AuditNote(
            action,
            "recurring",
            choice.id.value,
            before: before.map(RecurringChoice.shape.bytes),
            after: after.map(RecurringChoice.shape.bytes)
        )
    }

    private func store(_ write: HouseholdWrite) -> RecurringStore {
        RecurringStore(transaction: write.seen, household: write.household)
    }

    /// Makes a bill of a series, as the search understands it.
    ///
    /// - Throws: 409 `recurring.is_bill`, `recurring.ended`
    func accept(
        _ found: FoundSeries,
        _ input: RecurringAcceptance,
        in write: HouseholdWrite
    ) throws -> BillView {
        let store = store(write)
        let choices = try store.choices()
        // Somebody else may have been quicker.
        let taken = choices.last { $0.bill != nil && $0.mark == found.mark }?.bill
        let bills = BillStore(transaction: write.seen, household: write.household)
        guard
            try found.bill == nil && taken.flatMap(bills.find).map({ $0.deletedAt != nil }) ?? true
        else {
            throw APIError.conflict("recurring.is_bill", "There is a bill for these payments.")
        }
        guard !found.series.hasEnded else {
            throw APIError.conflict("recurring.ended", "These payments have ended.")
        }
        let members = try input.members(of: found, in: write)
        let view = try BillService().create(FieldReader.read(from: members), in: write)
        if let known = Self.choice(of: found, choices) { _ = try store.remove(known.id) }
        _ = try add(found, bill: view.record.id, choices, in: write)
        return view
    }

    // MARK: Undo

    /// Takes back an entry of the trail.
    ///
    /// - Throws: 409 `audit.cannot_undo`
    func takeBack(_ entry: UndoneEntry, in write: HouseholdWrite) throws {
        let store = store(write)
        let isDismissal = entry.action == "dismiss"
        let json = isDismissal ? entry.after : entry.before
        let choice = try Self.choice(entry.id(), json, at: write.now)
        let choices = try store.choices()
        if isDismissal {
            guard try store.remove(choice.id) else { throw APIError.changedSince }
            write.record(note("restore", choice, before: choice))
        } else {
            guard !choices.contains(where: { $0.mark.mayBe(choice.mark) }) else {
                throw APIError.changedSince
            }
            guard choices.count < RecurringChoice.countLimit else { throw APIError.changedSince }
            try store.insert(choice)
            write.record(note("dismiss", choice, after: choice))
        }
    }

    private static func choice(
        _ id: RecurringChoiceID,
        _ json: JSONValue,
        at now: Instant
    ) throws -> RecurringChoice {
        guard let account = json["account_id"]?.plain.flatMap({ AccountID($0) }),
            let payee = json["payee"]?.plain,
            let currency = json["currency"]?.plain.flatMap({ Currency(code: $0) }),
            let amount = json["amount"]?.plain
        else { throw APIError.unreadableEntry }
        return RecurringChoice(
            id: id,
            mark: SeriesMark(
                account: account,
                payee: payee,
                amount: try Money(exact: amount, currency)
            ),
            bill: nil,
            createdAt: now
        )
    }
}
