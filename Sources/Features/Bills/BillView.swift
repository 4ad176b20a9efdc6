import Ledger
import Storage

/// A bill as it is answered.
package struct BillView: Sendable {
    package let record: BillRecord
    var accountName: String?
    var toAccountName: String?
    var categoryName: String?
    /// What is expected next, without a sign.
    var expected: Money?
    var next: Occurrence?
    var state: BillRecord.State

    package static let shape = Shape<BillView>("Bill", declare)

    /// For the trail: also what only the server needs, so that an undo can put it back.
    static let trail = Shape<BillView>("TracedBill") { shape in
        declare(&shape)
        shape.date("asked_from", \.record.askedFrom)
        shape.dateOrNil("posts_from", \.record.postsFrom)
    }

    private static func declare(_ shape: inout Shape<BillView>) {
        shape.id("id", \.record.id)
        shape.text("name", \.record.name)
        shape.choice("direction", \.record.direction)
        shape.textOrNil("payee", \.record.payee)
        shape.idOrNil("account_id", \.record.account)
        shape.textOrNil("account_name", \.accountName)
        shape.idOrNil("to_account_id", \.record.toAccount)
        shape.textOrNil("to_account_name", \.toAccountName)
        shape.idOrNil("category_id", \.record.category)
        shape.textOrNil("category_name", \.categoryName)
        shape.currency("currency", \.record.currency)
        shape.choice("amount_kind", \.record.amount.kind)
        shape.amountOrNil("amount", \.record.amount.usual)
        shape.amountOrNil("amount_low", \.record.amount.ends?.low)
        shape.amountOrNil("amount_high", \.record.amount.ends?.high)
        shape.integerOrNil("learn_from") { $0.record.amount.learning.map { Int64($0.last) } }
        shape.integerOrNil("tolerance_percent", \.record.amount.learning?.tolerancePercent)
        shape.amountOrNil("expected_amount", \.expected)
        declareSchedule(&shape)
        shape.boolean("allows_parts", \.record.allowsParts)
        shape.boolean("auto_post") { $0.record.postsFrom != nil }
        shape.integerOrNil("remind_days") { $0.record.remindDays.map(Int64.init) }
        shape.textOrNil("note", \.record.note)
        shape.choice("state", \.state)
        shape.dateOrNil("paused_on", \.record.pausedOn)
        shape.dateOrNil("next_on", \.next?.date)
        shape.dateOrNil("next_nominal_on", \.next?.nominal)
        shape.integer("version", \.record.version)
        shape.instant("created_at", \.record.createdAt)
        shape.instant("updated_at", \.record.updatedAt)
        shape.instantOrNil("deleted_at", \.record.deletedAt)
    }

    private static func declareSchedule(_ shape: inout Shape<BillView>) {
        shape.date("start_on", \.record.start)
        shape.dateOrNil("end_on", \.record.end)
        shape.textOrNil("repeat") { $0.record.rule?.description }
        shape.text("repeat_words", \.record.schedule.words)
        shape.choice("month_end", \.record.monthEnd)
        shape.choice("working_days", \.record.workingDays)
        shape.choice("holidays", \.record.holidays)
        shape.integer("days_before") { Int64($0.record.daysBefore) }
        shape.integer("days_after") { Int64($0.record.daysAfter) }
    }
}

extension BillView: Versioned {
    var version: Int64 { record.version }
}
