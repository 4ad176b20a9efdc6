import Ledger
import Storage

/// Rates between currencies, learned from the household's own exchanges (ADR 0012).
struct LearnedRates {
    let transaction: any SQLTransaction
    let household: HouseholdID

    /// An exchange tells what one currency was worth in another that day.
    func remember(_ content: TransactionContent) throws {
        let currency = content.postings.postings[0].amount.currency
        guard content.postings.postings.contains(where: { $0.amount.currency != currency }) else {
            return
        }
        let amounts = Dictionary(grouping: content.postings.postings, by: \.amount.currency)
        guard amounts.count == 2, content.state.countsInBalance else { return }
        let sides = amounts.keys.sorted { $0.code < $1.code }
        let sums = sides.map { currency in
            let into = amounts[currency, default: []].map(\.amount).filter { !$0.isNegative }
            // A sum past the range tells no rate.
            return (try? into.sum(in: currency))?.tenThousandths ?? 0
        }
        guard sums[0] > 0, sums[1] > 0 else { return }
        for (from, to) in [(0, 1), (1, 0)] {
            try transaction.execute(
                """
                INSERT INTO exchange_rate (household_id, currency, target, date, amount, target_amount)
                VALUES (\(household), \(sides[from]), \(sides[to]), \(content.date),
                    \(SQLValue.amount(sums[from])), \(SQLValue.amount(sums[to])))
                ON CONFLICT (household_id, currency, target, date) DO UPDATE SET
                    amount = excluded.amount, target_amount = excluded.target_amount
                """
            )
        }
    }
}
