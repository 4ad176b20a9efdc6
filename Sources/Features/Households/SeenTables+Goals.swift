import Ledger
import Storage

/// Goals are seen by everyone, without the rule that names an account that is not. Earmarks and debts are seen with their
/// account.
extension SeenTables {
    var goal: SQLText {
        func unlessHidden(_ column: String) -> SQLText {
            let column = SQLText(stringLiteral: column)
            return """
                CASE WHEN o.automatic_account_id IN \(list: hidden) THEN NULL ELSE o.\(column) END
                    AS \(column)
                """
        }
        let rule = ["rule", "account_id", "amount", "day", "category_id", "through"]
            .map { unlessHidden("automatic_" + $0) }
        return """
            SELECT o.household_id, o.id, o.name, o.kind, o.state, o.currency, o.note,
                o.target_amount, o.target_date, o.target_day, o.start_date, o.repeat_months,
                o.months_of_spending, o.average_months, o.position, o.reached_at, o.finished_at,
                o.deleted_at, o.version, o.created_at, o.updated_at,
                \(rule.joined(by: ", "))
            FROM \(whole("goal")) o WHERE o.household_id = \(household)
            """
    }
}
