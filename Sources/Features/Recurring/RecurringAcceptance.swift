import Insight
import Ledger
import Storage

/// What people say of a bill that is made of a series; the rest is as it was found.
struct RecurringAcceptance: RequestFields {
    let name: String?
    let category: AccountID?
    let postsItself: Bool?
    let remindDays: Int?

    init(_ fields: inout FieldReader) {
        name = fields.optional("name", .text(BillRecord.Limits.name))
        category = fields.optional("category_id", .id())
        postsItself = fields.optional("auto_post", .boolean)
        remindDays = fields.optional("remind_days", .integer(BillRecord.Limits.days))
    }

    /// The fields of the new bill.
    ///
    /// - Throws: `MoneyError.overflow`
    func members(of found: FoundSeries, in write: HouseholdWrite) throws -> [JSONMember] {
        let series = found.series
        let direction: BillRecord.Direction = series.band.typical.isNegative ? .expense : .income
        var members: [JSONMember] = []
        func add(_ name: String, _ text: String?) {
            guard let text else { return }
            members.append(JSONMember(name: name, value: .string(text)))
        }
        let ownName = String(
            found.payeeName.unicodeScalars.prefix(BillRecord.Limits.name.upperBound)
        )
        add("name", name ?? ownName)
        add("direction", direction.rawValue)
        add("payee", found.payeeName)
        add("account_id", series.account.description)
        add("category_id", try category(of: found, direction, in: write)?.description)
        add("start_on", series.schedule.start.description)
        add("repeat", series.schedule.rule?.description)
        add("working_days", series.schedule.workingDays.rawValue)
        for (name, amount) in try amounts(of: series.band) { add(name, amount) }
        if let postsItself {
            members.append(JSONMember(name: "auto_post", value: .boolean(postsItself)))
        }
        if let (before, after) = Self.window(series.period) {
            for (name, days) in [("days_before", before), ("days_after", after)] {
                members.append(JSONMember(name: name, value: .number(String(days))))
            }
        }
        if let remindDays {
            members.append(JSONMember(name: "remind_days", value: .number(String(remindDays))))
        }
        return members
    }

    /// What comes so often that the usual windows of two times would share more than half of the days between them gets
    /// a smaller one; nil for the usual.
    private static func window(_ period: RecurrencePeriod) -> (before: Int, after: Int)? {
        let days = Int(364 / period.timesAYear)
        let most = days * 3 / 2 - 1
        guard most < BillRecord.Limits.usualBefore + BillRecord.Limits.usualAfter else {
            return nil
        }
        return (most / 3, most - most / 3)
    }

    /// Without signs and in whole minor units, as people enter them; banks write more decimals.
    private func amounts(of band: AmountBand) throws -> [(String, String)] {
        func text(_ amount: Money) throws -> String {
            try amount.magnitude().scaled(by: 1, over: 1).decimal
        }
        let usual = try text(band.typical)
        guard !band.isExact else { return [("amount_kind", "fixed"), ("amount", usual)] }
        let isOut = band.typical.isNegative
        return [
            ("amount_kind", "range"), ("amount", usual),
            ("amount_low", try text(isOut ? band.high : band.low)),
            ("amount_high", try text(isOut ? band.low : band.high)),
        ]
    }

    /// The one that was named, or that of the payments: spending may have come back as income.
    private func category(
        of found: FoundSeries,
        _ direction: BillRecord.Direction,
        in write: HouseholdWrite
    ) throws -> AccountID? {
        if let category { return category }
        guard let usual = found.category else { return nil }
        let node = try NodeStore(transaction: write.seen, household: write.household)
            .find([usual])[usual]
        let wanted: AccountClass = direction == .income ? .income : .expense
        return node?.ledger.accountClass == wanted && node?.isDeleted == false ? usual : nil
    }
}
