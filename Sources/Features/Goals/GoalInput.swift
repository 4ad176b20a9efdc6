import Ledger

/// A new goal.
struct GoalInput: RequestFields {
    let kind: GoalRecord.Kind
    let currency: Currency?
    let name: String
    let decisions: GoalDecisions

    init(_ fields: inout FieldReader) {
        name = fields.required("name", .text(GoalRecord.Limits.name))
        kind = fields.required("kind", .choice())
        currency = fields.optional("currency", .currency)
        decisions = GoalDecisions(&fields)
    }
}

/// What may be changed of a goal.
struct GoalPatch: RequestFields {
    let name: String?
    let decisions: GoalDecisions

    init(_ fields: inout FieldReader) {
        name = fields.ifPresent("name", .text(GoalRecord.Limits.name))
        decisions = GoalDecisions(&fields)
    }
}

/// What people decide about a goal, new or not.
struct GoalDecisions: RequestFields {
    let note: Patch<String>
    let targetAmount: Patch<EnteredAmount>
    let targetDate: Patch<LocalDate>
    let startDate: LocalDate?
    let repeatMonths: Patch<Int>
    let monthsOfSpending: Patch<Int>
    let averageMonths: Patch<Int>
    let automatic: Patch<GoalAutomaticInput>

    init(_ fields: inout FieldReader) {
        typealias Limits = GoalRecord.Limits
        note = fields.patch("note", .lines(Limits.note))
        targetAmount = fields.patch("target_amount", .amount(.positive))
        targetDate = fields.patch("target_date", .date)
        startDate = fields.ifPresent("start_date", .date)
        repeatMonths = fields.patch("repeat_months", .integer(Limits.repeatMonths))
        monthsOfSpending = fields.patch("months_of_spending", .integer(Limits.monthsOfSpending))
        averageMonths = fields.patch("average_months", .integer(Limits.averageMonths))
        automatic = fields.patch("automatic", .object())
    }

    /// - Throws: 422 for what a goal of its kind cannot have, or lacks.
    func apply(to record: inout GoalRecord, today: LocalDate) throws(APIError) {
        record.note = note.applied(to: record.note).flatMap { $0.isEmpty ? nil : $0 }
        switch targetAmount {
        case .absent: break
        case .clear: record.targetAmount = nil
        case .value(let amount):
            record.targetAmount = try amount.money(in: record.currency, field: "target_amount")
        }
        record.targetDate = targetDate.applied(to: record.targetDate)
        if !targetDate.isAbsent { record.targetDay = record.targetDate.map { $0.monthlyDay } }
        record.startDate = startDate ?? record.startDate
        record.repeatMonths = repeatMonths.applied(to: record.repeatMonths)
        record.monthsOfSpending = monthsOfSpending.applied(to: record.monthsOfSpending)
        record.averageMonths = averageMonths.applied(to: record.averageMonths)
        try record.check(today: today, isDateNew: !targetDate.isAbsent || startDate != nil)
    }
}

extension GoalRecord {
    fileprivate func check(today: LocalDate, isDateNew: Bool) throws(APIError) {
        let faults = faultsOfKind + (isDateNew ? faultsOfDates(today) : [])
        guard faults.isEmpty else { throw .invalid(faults) }
    }

    private var faultsOfKind: [FieldError] {
        let isFund = kind == .emergencyFund
        let comesAgain = kind == .sinkingFund
        let aims = comesAgain || kind == .purchase
        return [
            Self.fault("target_amount", targetAmount != nil, isNeeded: aims, isAllowed: !isFund),
            Self.fault("target_date", targetDate != nil, isNeeded: comesAgain, isAllowed: true),
            Self.fault(
                "repeat_months",
                repeatMonths != nil,
                isNeeded: comesAgain,
                isAllowed: comesAgain
            ),
            Self.fault(
                "months_of_spending",
                monthsOfSpending != nil,
                isNeeded: isFund,
                isAllowed: isFund
            ),
            Self.fault("average_months", averageMonths != nil, isNeeded: isFund, isAllowed: isFund),
        ].compactMap(\.self)
    }

    private static func fault(
        _ field: String,
        _ isThere: Bool,
        isNeeded: Bool,
        isAllowed: Bool
    ) -> FieldError? {
        if isNeeded, !isThere { return FieldError(field, "required", "is required for this kind") }
        if isThere, !isAllowed {
            return FieldError(field, "not_for_kind", "does not belong to this kind")
        }
        return nil
    }

    private func faultsOfDates(_ today: LocalDate) -> [FieldError] {
        let last = today.adding(months: 12 * Limits.yearsAhead)
        var faults: [FieldError] = []
        if startDate < today.adding(months: -12 * Limits.yearsAhead) || startDate > last {
            let years = Limits.yearsAhead
            faults.append(
                FieldError("start_date", "out_of_range", "at most \(years) years from today")
            )
        }
        guard let targetDate else { return faults }
        if targetDate < startDate {
            faults.append(
                FieldError("target_date", "before_start", "must not be before start_date")
            )
        } else if targetDate > last {
            faults.append(
                FieldError("target_date", "too_far", "at most \(Limits.yearsAhead) years ahead")
            )
        }
        return faults
    }
}

/// How earmarks are to come by themselves.
struct GoalAutomaticInput: RequestFields {
    let name: GoalRecord.Automatic.RuleName
    let account: AccountID
    let amount: EnteredAmount?
    let day: Int?
    let category: AccountID?

    init(_ fields: inout FieldReader) {
        name = fields.required("rule", .choice())
        account = fields.required("account_id", .id())
        amount = fields.optional("amount", .amount(.positive))
        day = fields.optional("day", .integer(1...31))
        category = fields.optional("category_id", .id())
        let isFixed = name == .fixed
        for (field, isOurs) in [("amount", isFixed), ("day", isFixed), ("category_id", !isFixed)] {
            if isOurs, !fields.isPresent(field) {
                fields.fault(field, "required", "is required for \(name.rawValue)")
            }
            if !isOurs, fields.isPresent(field) {
                fields.fault(field, "not_for_rule", "does not belong to \(name.rawValue)")
            }
        }
    }
}

/// Money that is to be meant for a goal, or no longer.
struct GoalContributionInput: RequestFields {
    let account: AccountID
    let amount: EnteredAmount
    let date: LocalDate?
    let note: String?
    let allowsOvercommitted: Bool

    init(_ fields: inout FieldReader) {
        account = fields.required("account_id", .id())
        amount = fields.required("amount", .amount())
        date = fields.optional("date", .date)
        note = fields.optional("note", .lines(GoalRecord.Limits.contributionNote))
        allowsOvercommitted = fields.optional("allow_overcommitted", .boolean) ?? false
    }
}

/// What becomes of the earmarks of a goal that is finished, and whether it comes again.
struct GoalFinishInput: RequestFields {
    let earmarks: Earmarks
    let again: Bool?

    enum Earmarks: String, CaseIterable, Sendable {
        case release, keep
    }

    init(_ fields: inout FieldReader) {
        earmarks = fields.required("earmarks", .choice())
        again = fields.optional("again", .boolean)
    }
}

/// Whether more may be meant for goals than is there.
struct GoalAllowance: RequestFields {
    let allowsOvercommitted: Bool

    init(_ fields: inout FieldReader) {
        allowsOvercommitted = fields.optional("allow_overcommitted", .boolean) ?? false
    }
}

struct GoalListQuery: RequestFields {
    let state: GoalRecord.State?
    let includesDeleted: Bool

    init(_ fields: inout FieldReader) {
        state = fields.optional("state", .choice())
        includesDeleted = fields.optional("include_deleted", .boolean) ?? false
    }
}

/// Every live goal once, in the order that people want.
struct GoalOrder: RequestFields {
    let ids: [GoalID]

    init(_ fields: inout FieldReader) {
        ids = fields.required("ids", .list(.id(), 0...GoalRecord.Limits.count))
    }
}

struct GoalContributionQuery: RequestFields {
    let limit: Int
    let cursor: GoalContributionCursor?

    init(_ fields: inout FieldReader) {
        limit = fields.optional("limit", .integer(1...500)) ?? 50
        cursor = fields.cursor(1...GoalContributionCursor.lengthLimit) {
            GoalContributionCursor($0)
        }
    }
}

/// Where a history goes on: the day and the id of the last row.
struct GoalContributionCursor: Sendable {
    let date: LocalDate
    let id: GoalContributionID

    static let lengthLimit = 64

    var text: String { "\(date)_\(id)" }

    init(_ row: GoalContribution) {
        (date, id) = (row.date, row.id)
    }

    init?(_ text: String) {
        let parts = text.split(separator: "_")
        guard parts.count == 2, let date = LocalDate(parts[0]),
            let id = GoalContributionID(parts[1])
        else { return nil }
        (self.date, self.id) = (date, id)
    }
}
