import Insight
import Ledger

/// A price that rose or fell, or a payment that did not come, of a bill or of a series that was found.
struct RecurringChangeView: Sendable {
    let change: RecurringChange
    let bill: BillID?
    let key: RecurringKey?
    let name: String
    let account: AccountID?
    let currency: Currency

    /// How far back changes are told of.
    static let days = 365

    /// - Throws: `MoneyError.overflow`
    static func list(_ report: RecurringReport) throws -> [RecurringChangeView] {
        let since = report.today.adding(days: -days)
        let found = try report.find()
        let ofSeries = try found.filter { $0.bill == nil && !$0.isDismissed }.flatMap { one in
            try RecurringChange.changes(
                one.series.priceChanges,
                missed: one.series.missed,
                timesAYear: one.frequency,
                since: since
            ).map {
                RecurringChangeView(
                    change: $0,
                    bill: nil,
                    key: one.key,
                    name: one.payeeName,
                    account: one.series.account,
                    currency: one.series.band.currency
                )
            }
        }
        let series = RecurringReport.seriesByBill(found)
        let ofBills = try report.bills.flatMap { one in
            try RecurringChange.changes(
                one.priceChanges(series[one.bill.id]),
                missed: one.missed,
                timesAYear: one.frequency,
                since: since
            ).map {
                RecurringChangeView(
                    change: $0,
                    bill: one.bill.id,
                    key: nil,
                    name: one.bill.name,
                    account: one.bill.account,
                    currency: one.bill.currency
                )
            }
        }
        return (ofSeries + ofBills).sorted {
            ($1.change.date, $0.name) < ($0.change.date, $1.name)
        }
    }

    static let shape = Shape<RecurringChangeView>("RecurringChange") { shape in
        shape.choice("kind", \.change.kind)
        shape.choice("source") { $0.bill == nil ? Subscription.Source.found : .bill }
        shape.idOrNil("bill_id", \.bill)
        shape.textOrNil("key", \.key?.description)
        shape.text("name", \.name)
        shape.idOrNil("account_id", \.account)
        shape.currency("currency", \.currency)
        shape.date("date", \.change.date)
        shape.amountOrNil("before", \.change.before)
        shape.amountOrNil("after", \.change.after)
        shape.amountOrNil("yearly_change", \.change.yearly)
    }
}
