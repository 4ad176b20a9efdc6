import Ledger
import Storage

/// Something that a household saves for, as it is stored.
struct GoalRecord: Sendable {
    let id: GoalID
    var name: String
    let kind: Kind
    var state: State
    let currency: Currency
    var note: String?
    /// What people want to have; nil for an emergency fund, and where nothing is aimed at.
    var targetAmount: Money?
    var targetDate: LocalDate?
    /// The day that was asked for, which a month may be too short for; nil before it was kept, and without a date.
    var targetDay: MonthlyDay?
    /// Where its path begins: of what comes again, the path of this time.
    var startDate: LocalDate
    /// After how many months it comes again.
    var repeatMonths: Int?
    /// How long an emergency fund lasts, and over how many months spending is averaged for it.
    var monthsOfSpending: Int?
    var averageMonths: Int?
    var automatic: Automatic?
    var position: Int64
    /// When the target was there for the first time, this time.
    var reachedAt: Instant?
    var finishedAt: Instant?
    var deletedAt: Instant?
    var version: Int64
    let createdAt: Instant
    var updatedAt: Instant

    enum Kind: String, CaseIterable, Sendable {
        case purchase
        case emergencyFund = "emergency_fund"
        case sinkingFund = "sinking_fund"
        case saving
    }

    enum State: String, CaseIterable, Sendable {
        case active, paused, finished
    }

    /// How earmarks come by themselves.
    struct Automatic: Sendable, Equatable {
        let rule: Rule
        let account: AccountID
        /// What has been seen to, this day included.
        var through: LocalDate

        enum Rule: Sendable, Equatable {
            case fixed(Money, MonthlyDay)
            /// What a category is assigned in each period of the budget, once that is over.
            case budget(AccountID)
        }

        enum RuleName: String, CaseIterable, Sendable { case fixed, budget }

        var ruleName: RuleName { if case .fixed = rule { .fixed } else { .budget } }
        var amount: Money? { if case .fixed(let amount, _) = rule { amount } else { nil } }
        var day: Int? { if case .fixed(_, let day) = rule { day.day } else { nil } }
        var category: AccountID? { if case .budget(let id) = rule { id } else { nil } }

        static let shape = Shape<Automatic>("GoalAutomatic") { shape in
            shape.choice("rule", \.ruleName)
            shape.id("account_id", \.account)
            shape.amountOrNil("amount", \.amount)
            shape.integerOrNil("day") { $0.day.map(Int64.init) }
            shape.idOrNil("category_id", \.category)
            shape.date("through", \.through)
        }
    }
}

extension GoalRecord {
    /// The longest texts and times.
    enum Limits {
        static let name = 1...120
        static let note = 0...2_000
        static let contributionNote = 0...500
        static let repeatMonths = 1...120
        static let monthsOfSpending = 1...60
        static let averageMonths = 1...24
        /// How far ahead a target may lie.
        static let yearsAhead = 40
        /// Live ones of a household.
        static let count = 200
        /// Of one goal, those that count.
        static let contributions = 10_000
    }

    /// What the trail keeps: what people decided, and nothing that is computed, so that it tells of no account but the one
    /// that it names.
    static let trail = Shape<GoalRecord>("TracedGoal") { shape in
        shape.id("id", \.id)
        shape.text("name", \.name)
        shape.choice("kind", \.kind)
        shape.choice("state", \.state)
        shape.currency("currency", \.currency)
        shape.textOrNil("note", \.note)
        shape.amountOrNil("target_amount", \.targetAmount)
        shape.dateOrNil("target_date", \.targetDate)
        shape.date("start_date", \.startDate)
        shape.integerOrNil("repeat_months") { $0.repeatMonths.map(Int64.init) }
        shape.integerOrNil("months_of_spending") { $0.monthsOfSpending.map(Int64.init) }
        shape.integerOrNil("average_months") { $0.averageMonths.map(Int64.init) }
        shape.objectOrNil("automatic", Automatic.shape, \.automatic)
        shape.integer("position", \.position)
        shape.instantOrNil("finished_at", \.finishedAt)
        shape.instantOrNil("deleted_at", \.deletedAt)
        shape.integer("version", \.version)
        shape.instant("created_at", \.createdAt)
        shape.instant("updated_at", \.updatedAt)
    }
}

/// Money on an account that is meant for a goal, or no longer. It stays on the account.
struct GoalContribution: Sendable {
    let id: GoalContributionID
    let goal: GoalID
    let goalName: String
    let account: AccountID
    let accountName: String
    /// Below zero: taken out.
    let amount: Money
    let date: LocalDate
    let source: Source
    /// The first day of the period that an automatic one was made for.
    let period: LocalDate?
    /// What the rule of an automatic one wanted.
    let planned: Money?
    let note: String?
    /// Who made it, and what they are called as long as they belong to the household.
    let person: PersonID?
    let personName: String?
    let createdAt: Instant
    var deletedAt: Instant?

    enum Source: String, CaseIterable, Sendable {
        case manual, automatic, release
    }

    static let shape = Shape<GoalContribution>("GoalContribution") { shape in
        shape.id("id", \.id)
        shape.id("goal_id", \.goal)
        shape.id("account_id", \.account)
        shape.text("account_name", \.accountName)
        declareRest(&shape)
        shape.idOrNil("person_id", \.person)
        shape.textOrNil("person_name", \.personName)
        shape.instant("created_at", \.createdAt)
    }

    static let trail = Shape<GoalContribution>("TracedGoalContribution") { shape in
        shape.id("id", \.id)
        shape.text("name", \.goalName)
        shape.id("goal_id", \.goal)
        shape.id("account_id", \.account)
        declareRest(&shape)
    }

    private static func declareRest(_ shape: inout Shape<GoalContribution>) {
        shape.amount("amount", \.amount)
        shape.currency("currency", \.amount.currency)
        shape.date("date", \.date)
        shape.choice("source", \.source)
        shape.amountOrNil("planned_amount", \.planned)
        shape.textOrNil("note", \.note)
    }
}
