import Ledger
import Storage

/// A bill in the making: what a request says over what was there.
struct BillDraft {
    private(set) var record: BillRecord
    private let isNew: Bool
    private let write: HouseholdWrite

    init(_ record: BillRecord, isNew: Bool, in write: HouseholdWrite) {
        self.record = record
        self.isNew = isNew
        self.write = write
    }

    /// - Throws: 422 with the field that does not fit.
    mutating func apply(_ patch: BillPatch) throws {
        let before = record
        record.name = patch.name ?? record.name
        record.direction = patch.direction ?? record.direction
        record.payee = patch.payee.applied(to: record.payee)
        record.note = patch.note.applied(to: record.note).flatMap { $0.isEmpty ? nil : $0 }
        record.daysBefore = patch.daysBefore ?? record.daysBefore
        record.daysAfter = patch.daysAfter ?? record.daysAfter
        record.allowsParts = patch.allowsParts ?? record.allowsParts
        record.remindDays = patch.remindDays.applied(to: record.remindDays)
        try applyNodes(patch)
        record.amount = try amount(patch, before)
        try applySchedule(patch, before)
        try applyPosting(patch)
        try checkSize(before)
        let isRescheduled =
            record.start != before.start || record.rule != before.rule
            || record.monthEnd != before.monthEnd || record.workingDays != before.workingDays
            || record.holidays != before.holidays
        if isNew {
            // What can still be paid in time is asked for.
            record.askedFrom = write.today.adding(days: -record.daysAfter)
        } else if isRescheduled {
            // By another rule other days lie behind us, and nobody owes them.
            record.askedFrom = write.today
            record.postsFrom = record.postsFrom.map { max($0, write.today) }
        }
    }

    // MARK: Accounts

    private mutating func applyNodes(_ patch: BillPatch) throws {
        record.account = patch.account.applied(to: record.account)
        record.toAccount = patch.toAccount.applied(to: record.toAccount)
        record.category = patch.category.applied(to: record.category)
        let nodes = try NodeStore(transaction: write.seen, household: write.household)
            .find(Set([record.account, record.toAccount, record.category].compactMap(\.self)))
        let account = try real(record.account, "account_id", nodes)
        let toAccount = try real(record.toAccount, "to_account_id", nodes)
        if let currency = account?.ledger.currency {
            guard patch.currency == nil || patch.currency == currency else {
                throw APIError.invalid(
                    "currency",
                    "wrong_currency",
                    "the account is kept in \(currency.code)"
                )
            }
            record.currency = currency
        } else {
            record.currency = patch.currency ?? record.currency
        }
        if record.direction == .transfer {
            try checkTransfer(from: account, to: toAccount)
        } else if record.toAccount != nil {
            throw APIError.invalid("to_account_id", "only_transfer", "only for a transfer")
        }
        if let category = record.category {
            guard record.direction != .transfer else {
                throw APIError.invalid(
                    "category_id",
                    "not_for_transfer",
                    "a transfer has no category"
                )
            }
            guard let node = nodes[category], node.ledger.accountClass.isCategory, !node.isDeleted
            else {
                throw APIError.invalid("category_id", "not_found", "there is no such category")
            }
        }
    }

    private func real(
        _ id: AccountID?,
        _ field: String,
        _ nodes: [AccountID: Node]
    ) throws -> Node? {
        guard let id else { return nil }
        guard let node = nodes[id], node.ledger.accountClass.isReal, !node.isDeleted else {
            throw APIError.invalid(field, "not_found", "there is no such account")
        }
        return node
    }

    private func checkTransfer(from account: Node?, to target: Node?) throws {
        guard let account else {
            throw APIError.invalid("account_id", "required", "is required for a transfer")
        }
        guard let target else {
            throw APIError.invalid("to_account_id", "required", "is required for a transfer")
        }
        guard account.id != target.id else {
            throw APIError.invalid("to_account_id", "same_account", "must be another account")
        }
        guard account.ledger.currency == target.ledger.currency else {
            throw APIError.invalid(
                "to_account_id",
                "wrong_currency",
                "both accounts must be kept in the same currency"
            )
        }
    }

    // MARK: Amounts

    private func amount(_ patch: BillPatch, _ before: BillRecord) throws -> BillRecord.Amount {
        let kind = patch.amountKind ?? before.amount.kind
        let own = patch.amount
            .applied(to: isNew ? nil : before.amount.usual.map(Self.entered))
        let usual = try own?.money(in: record.currency, field: "amount")
        try mustFit(patch, kind)
        switch kind {
        case .fixed:
            guard let usual else {
                throw APIError.invalid("amount", "required", "is required for a fixed amount")
            }
            return .fixed(usual)
        case .learned:
            let old = before.amount.learning
            return .learned(
                first: usual,
                last: patch.learnFrom.applied(to: old?.last) ?? 3,
                tolerancePercent: patch.tolerancePercent
                    .applied(to: old.map { Int($0.tolerancePercent) }).map(Int64.init) ?? 10
            )
        case .range: return try range(patch, before)
        }
    }

    private func mustFit(_ patch: BillPatch, _ kind: BillRecord.AmountKind) throws {
        func isSet<Value>(_ patch: Patch<Value>) -> Bool {
            if case .value = patch { true } else { false }
        }
        for (name, isPresent, owner) in [
            ("amount_low", isSet(patch.amountLow), BillRecord.AmountKind.range),
            ("amount_high", isSet(patch.amountHigh), .range),
            ("learn_from", isSet(patch.learnFrom), .learned),
            ("tolerance_percent", isSet(patch.tolerancePercent), .learned),
        ] where isPresent && owner != kind {
            throw APIError.invalid(
                name,
                "only_\(owner.rawValue)",
                "only for the amount_kind \(owner.rawValue)"
            )
        }
    }

    private func range(_ patch: BillPatch, _ before: BillRecord) throws -> BillRecord.Amount {
        let ends = before.amount.ends
        let low = try end(patch.amountLow.applied(to: ends.map { Self.entered($0.low) }), "low")
        let high = try end(patch.amountHigh.applied(to: ends.map { Self.entered($0.high) }), "high")
        guard low.tenThousandths <= high.tenThousandths else {
            throw APIError.invalid(
                "amount_high",
                "before_amount_low",
                "must not be less than amount_low"
            )
        }
        guard let middle = try Money.median(of: [low, high]) else {
            throw APIError.invalid("amount_low", "required", "is required for a range")
        }
        var usual = middle
        if case .value(let entered) = patch.amount {
            usual = try entered.money(in: record.currency, field: "amount")
        } else if case .absent = patch.amount, let ends, let old = before.amount.usual,
            old.currency == record.currency, try Money.median(of: [ends.low, ends.high]) != old
        {
            // Somebody chose it, so it stays.
            usual = old
        }
        guard usual.tenThousandths >= low.tenThousandths,
            usual.tenThousandths <= high.tenThousandths
        else {
            throw APIError.invalid(
                "amount",
                "out_of_band",
                "must lie between amount_low and amount_high"
            )
        }
        return .range(low: low, usual: usual, high: high)
    }

    private func end(_ amount: EnteredAmount?, _ name: String) throws -> Money {
        guard let amount else {
            throw APIError.invalid("amount_\(name)", "required", "is required for a range")
        }
        return try amount.money(in: record.currency, field: "amount_\(name)")
    }

    /// In another currency it is judged again.
    private static func entered(_ money: Money) -> EnteredAmount {
        EnteredAmount(tenThousandths: money.tenThousandths)
    }

    // MARK: Days

    private mutating func applySchedule(_ patch: BillPatch, _ before: BillRecord) throws {
        record.start = patch.start ?? record.start
        record.end = patch.end.applied(to: record.end)
        record.rule = patch.rule.applied(to: record.rule)
        record.monthEnd = patch.monthEnd ?? record.monthEnd
        record.workingDays = patch.workingDays ?? record.workingDays
        record.holidays = patch.holidays ?? record.holidays
        if let end = record.end, end < record.start {
            throw APIError.invalid("end_on", "before_start", "must not be before start_on")
        }
        // One of before may stay.
        let isOther = isNew || record.rule != before.rule || record.start != before.start
        if isOther, record.rule?.hasEnded(before: record.start) == true {
            throw APIError.invalid("repeat", "before_start", "must not end before start_on")
        }
    }

    /// What was allowed before may stay.
    private func checkSize(_ before: BillRecord) throws {
        let isOther =
            isNew || record.amount != before.amount || record.rule != before.rule
            || record.start != before.start
        guard isOther, let most = record.amount.ends?.high ?? record.amount.usual,
            !record.canBeSummed(most)
        else { return }
        throw APIError.tooMuchAYear(record.amount.kind == .range ? "amount_high" : "amount")
    }

    private mutating func applyPosting(_ patch: BillPatch) throws {
        switch patch.postsItself {
        case true?: record.postsFrom = record.postsFrom ?? write.today
        case false?: record.postsFrom = nil
        case nil: break
        }
        guard record.postsFrom == nil || record.account != nil else {
            throw APIError.invalid(
                "auto_post",
                "needs_account",
                "what is booked by itself needs an account_id"
            )
        }
    }
}

extension APIError {
    static func tooMuchAYear(_ field: String) -> APIError {
        .invalid(field, "too_much", "a year of it must come to at most 100 000 000 000")
    }
}
