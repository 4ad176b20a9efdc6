import Ledger
import Storage

/// A goal as it is answered, with what whoever asks sees of it.
struct GoalView: Sendable {
    let record: GoalRecord
    let course: GoalCourse
    let places: [Place]
    let released: Money
    let spending: SpendingAverage?
    let figures: Figures

    /// Where what is meant for it lies.
    struct Place: Sendable {
        let account: AccountID
        let name: String
        let amount: Money
        let isOvercommitted: Bool

        static let shape = Shape<Place>("GoalPlace") { shape in
            shape.id("account_id", \.account)
            shape.text("name", \.name)
            shape.amount("amount", \.amount)
            shape.boolean("is_overcommitted", \.isOvercommitted)
        }
    }

    enum Pace: String, CaseIterable, Sendable {
        case onTrack = "on_track"
        case behind, ahead, reached, open, paused, finished
    }

    /// What is told of its course.
    struct Figures: Sendable {
        let saved: Money
        let remaining: Money?
        let progressBasisPoints: Int?
        let isReached: Bool
        let pace: Pace
        let planned: Money?
        let behindBy: Money?
        let suggestion: (monthly: Money, due: Money)?
        let arrival: Month?

        init(_ record: GoalRecord, _ course: GoalCourse) throws {
            saved = try course.saved()
            remaining = try course.remaining()
            isReached = try course.isReached()
            planned = try course.planned(through: course.now.adding(months: -1))
            behindBy = try course.behindBy()
            suggestion = record.state == .finished ? nil : try course.suggestion()
            progressBasisPoints = course.target.flatMap { [saved] target in
                guard target.tenThousandths > 0 else { return nil }
                let share = Int128(saved.tenThousandths) * 10_000 / Int128(target.tenThousandths)
                return Int(clamping: share)
            }
            pace =
                switch record.state {
                case .paused: .paused
                case .finished: .finished
                case .active: Pace(rawValue: try course.pace().rawValue) ?? .open
                }
            var monthly = try course.recentPace()
            if case .fixed(let amount, _)? = record.automatic?.rule { monthly = amount }
            arrival =
                record.state == .active ? try monthly.flatMap { try course.arrival(at: $0) } : nil
        }
    }

    static let shape = Shape<GoalView>("Goal") { shape in
        shape.id("id", \.record.id)
        shape.text("name", \.record.name)
        shape.choice("kind", \.record.kind)
        shape.choice("state", \.record.state)
        shape.currency("currency", \.record.currency)
        shape.integer("position", \.record.position)
        shape.textOrNil("note", \.record.note)
        shape.amountOrNil("target_amount", \.record.targetAmount)
        shape.amountOrNil("target", \.course.target)
        shape.dateOrNil("target_date", \.record.targetDate)
        shape.date("start_date", \.record.startDate)
        shape.integerOrNil("repeat_months") { $0.record.repeatMonths.map(Int64.init) }
        shape.integerOrNil("months_of_spending") { $0.record.monthsOfSpending.map(Int64.init) }
        shape.integerOrNil("average_months") { $0.record.averageMonths.map(Int64.init) }
        shape.amountOrNil("average_spending", \.spending?.amount)
        shape.texts("missing_rates") { $0.spending?.missingRates.codes ?? [] }
        declareFigures(&shape)
        shape.objectOrNil("automatic", GoalRecord.Automatic.shape, \.record.automatic)
        shape.list("accounts", Place.shape, \.places)
        shape.amount("released", \.released)
        shape.instantOrNil("finished_at", \.record.finishedAt)
        shape.instantOrNil("deleted_at", \.record.deletedAt)
        shape.integer("version", \.record.version)
        shape.instant("created_at", \.record.createdAt)
        shape.instant("updated_at", \.record.updatedAt)
    }

    private static func declareFigures(_ shape: inout Shape<GoalView>) {
        shape.amount("saved", \.figures.saved)
        shape.amountOrNil("remaining", \.figures.remaining)
        shape.textOrNil("progress") { $0.figures.progressBasisPoints.map(BasisPoints.text) }
        shape.boolean("is_reached", \.figures.isReached)
        // Whoever sees less than there is does not learn from it that there is more.
        shape.instantOrNil("reached_at") { $0.figures.isReached ? $0.record.reachedAt : nil }
        shape.choice("pace", \.figures.pace)
        shape.amountOrNil("planned_by_now", \.figures.planned)
        shape.amountOrNil("behind_by", \.figures.behindBy)
        shape.integerOrNil("months_left") { $0.course.monthsLeft.map(Int64.init) }
        shape.amountOrNil("suggested_amount") { $0.figures.suggestion?.monthly }
        shape.amountOrNil("due_this_month") { $0.figures.suggestion?.due }
        shape.textOrNil("projected_month") { $0.figures.arrival?.description }
    }
}

/// The picture of a goal's way.
struct GoalPath: Sendable {
    let goal: GoalID
    let currency: Currency
    let target: Money?
    let rows: [GoalCourse.Row]

    static let shape = Shape<GoalPath>("GoalPath") { shape in
        shape.id("goal_id", \.goal)
        shape.currency("currency", \.currency)
        shape.amountOrNil("target", \.target)
        shape.list("months", rowShape, \.rows)
    }

    private static let rowShape = Shape<GoalCourse.Row>("GoalPathMonth") { shape in
        shape.text("month", \.month.description)
        shape.amountOrNil("planned", \.planned)
        shape.amountOrNil("actual", \.actual)
        shape.amountOrNil("contributed", \.contributed)
        shape.amountOrNil("projected", \.projected)
    }
}

/// All goals together, and what is free on each account.
struct GoalSummary: Sendable {
    let currency: Currency
    let saved: Money
    let target: Money
    let remaining: Money
    let due: Money
    let missingRates: Set<Currency>
    let counts: [GoalRecord.State: Int]
    let accounts: [Account]

    struct Account: Sendable {
        let account: GoalStore.Account
        let earmarks: Earmarks
        let free: Money
        let overBy: Money

        init(_ account: GoalStore.Account, _ earmarks: Earmarks) throws {
            self.account = account
            self.earmarks = earmarks
            free = try earmarks.free()
            overBy = try earmarks.overBy()
        }

        static let shape = Shape<Account>("GoalAccount") { shape in
            shape.id("account_id", \.account.id)
            shape.text("name", \.account.name)
            shape.choice("kind", \.account.kind)
            shape.currency("currency", \.account.currency)
            shape.amount("balance", \.account.balance)
            shape.amount("earmarked", \.earmarks.earmarked)
            shape.amount("free", \.free)
            shape.boolean("is_overcommitted", \.earmarks.isOvercommitted)
            shape.amount("over_by", \.overBy)
        }
    }

    static let shape = Shape<GoalSummary>("GoalSummary") { shape in
        shape.currency("currency", \.currency)
        shape.amount("saved", \.saved)
        shape.amount("target", \.target)
        shape.amount("remaining", \.remaining)
        shape.amount("due_this_month", \.due)
        shape.texts("missing_rates", \.missingRates.codes)
        shape.integer("active") { Int64($0.counts[.active] ?? 0) }
        shape.integer("paused") { Int64($0.counts[.paused] ?? 0) }
        shape.integer("finished") { Int64($0.counts[.finished] ?? 0) }
        shape.list("accounts", Account.shape, \.accounts)
    }
}

extension GoalView: Versioned {
    var version: Int64 { record.version }
}
