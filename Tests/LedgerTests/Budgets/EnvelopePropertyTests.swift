import Ledger
import Testing

/// Envelopes never create or lose money, whatever happens.
struct EnvelopePropertyTests {
    private static let histories = 2_000

    /// What is wrong with the envelopes of a world, in words; nothing when all is well.
    private func faults(in world: BudgetWorld, _ periods: [EnvelopePeriod]) throws -> [String] {
        var faults: [String] = []
        func check(_ holds: Bool, _ what: String, _ month: Int) {
            if !holds { faults.append("\(month): \(what)") }
        }
        var before: EnvelopePeriod?
        var sums = (came: Money.zero(.eur), assigned: Money.zero(.eur))
        for (month, period) in periods.enumerated() {
            let cash = try world.balance(of: BudgetWorld.cash + [BudgetWorld.transit], after: month)
            check(period.cash == cash, "cash is what the accounts hold", month)
            let parts = period.envelopes.values.flatMap { [$0.available, $0.overspentOnCredit] }
            let all = parts + period.cards.values.map(\.available) + [period.ready, period.held]
            check(try all.sum(in: .eur) == cash, "envelopes and ready are the cash", month)

            sums.came = try sums.came.adding(period.income).adding(period.returned)
                .subtracting(period.overspent)
            sums.assigned = try sums.assigned.adding(period.assigned)
            let used = try sums.assigned.adding(period.ready).adding(period.held)
            check(used == sums.came, "assigned and ready are income less overspending", month)

            check(period.readyBefore == before?.ready ?? .zero(.eur), "ready comes over", month)
            check(period.heldBefore == before?.held ?? .zero(.eur), "held comes over", month)
            let ended = try Self.rest(of: before, world)
            check(period.returned == ended.returned, "what does not stay is given back", month)
            check(period.overspent == ended.overspent, "overspent cash is taken", month)
            for (id, cell) in period.envelopes {
                check(try Self.adds(cell), "\(id) adds up", month)
            }
            for (id, card) in period.cards {
                let owed = try world.balance(of: [id], after: month).negated()
                check(card.owed == owed, "\(id) owes what its postings say", month)
                check(try Self.adds(card), "\(id) adds up", month)
            }
            before = period
        }
        return faults
    }

    /// What ends with a period, told from its figures and the rules of rollover alone.
    private static func rest(
        of period: EnvelopePeriod?,
        _ world: BudgetWorld
    ) throws -> (returned: Money, overspent: Money) {
        let rollovers = Dictionary(
            uniqueKeysWithValues: world.lines.map { ($0.category, $0.rollover) }
        )
        var returned = Int64(0)
        var overspent = Int64(0)
        for (id, cell) in period?.envelopes ?? [:] {
            let rollover = rollovers[id] ?? .none
            if rollover == .none { returned += max(cell.available.tenThousandths, 0) }
            if rollover != .surplusAndOverspending {
                overspent += cell.overspentInCash.tenThousandths
            }
        }
        for card in period?.cards.values.map(\.self) ?? [] {
            let onTheCard = max(-card.owed.tenThousandths, 0)
            overspent += max(-card.available.tenThousandths - onTheCard, 0)
        }
        return (Money(tenThousandths: returned, .eur), Money(tenThousandths: overspent, .eur))
    }

    private static func adds(_ cell: EnvelopeCell) throws -> Bool {
        let sum = try [cell.carried, cell.assigned, cell.activity].sum(in: .eur)
            .subtracting(cell.refundedToDebt)
        let overspent = max(-cell.available.tenThousandths, 0)
        return sum == cell.available && !cell.refundedToDebt.isNegative
            && (0...overspent).contains(cell.overspentOnCredit.tenThousandths)
    }

    private static func adds(_ card: CardCell) throws -> Bool {
        let sum = try [card.carried, card.assigned, card.reserved].sum(in: .eur)
            .subtracting(card.paid)
        return sum == card.available && !card.unreserved.isNegative
    }

    @Test
    func `envelopes never create or lose money`() throws {
        var generator = SeededGenerator(seed: 23)
        for number in 0..<Self.histories {
            let world = BudgetWorld.random(using: &generator)

            let faults = try faults(in: world, world.history().envelopes())

            #expect(faults.isEmpty, "history \(number)")
            if !faults.isEmpty { break }
        }
    }

    @Test
    func `nor do edits of the past, deletions and restores`() throws {
        var generator = SeededGenerator(seed: 24)
        for number in 0..<Self.histories / 2 {
            var world = BudgetWorld.random(using: &generator)
            let untouched = world
            let month = Int.random(in: 0..<BudgetWorld.months, using: &generator)
            switch number % 4 {
            case 0: world.ledger[month] = Array(world.ledger[month].dropFirst())
            case 1: world.happen(in: month, using: &generator)
            case 2: world.lines = Array(world.lines.dropFirst(2))
            default: world.delete(BudgetWorld.spending[2], movingTo: BudgetWorld.spending[5])
            }

            let faults = try faults(in: world, world.history().envelopes())

            #expect(faults.isEmpty, "history \(number)")
            if !faults.isEmpty { break }
            guard number % 4 == 2 else { continue }
            world.lines = untouched.lines
            #expect(
                try world.history().envelopes() == untouched.history().envelopes(),
                "history \(number): a budget that is restored is as it was"
            )
        }
    }

    /// Moves at random what can be moved, and says what it should have done.
    @Test
    func `nor do moves, covers and holds, and they do what they say`() throws {
        var generator = SeededGenerator(seed: 25)
        var done = [0, 0, 0]
        for number in 0..<Self.histories {
            var world = BudgetWorld.random(using: &generator)
            let month = Int.random(in: 0..<BudgetWorld.months, using: &generator)
            let before = try world.history().envelopes()[month]
            let lines = world.lines.map(\.category).filter { $0 != BudgetWorld.salary }
            let rich = (lines + BudgetWorld.cards).filter { Self.available($0, before) > 0 }
            guard let source = rich.randomElement(using: &generator) else { continue }
            let target = lines.filter {
                $0 != source && (number % 3 == 0 || Self.available($0, before) < 0)
            }
            .randomElement(using: &generator)
            guard let target, number % 3 < 2 else {
                let most = try before.held.adding(before.ready)
                guard !most.isNegative, !before.ready.isNegative else { continue }
                world.plans[month].held = try before.holding(most)
                done[2] += 1
                #expect(try world.history().envelopes()[month].ready.isZero)
                #expect(try faults(in: world, world.history().envelopes()).isEmpty)
                continue
            }
            let changes =
                number % 3 == 0
                ? try before.moving(
                    Money(tenThousandths: Self.available(source, before), .eur),
                    from: .envelope(source),
                    to: .envelope(target)
                ) : try before.covering(target, from: .envelope(source))
            world.plans[month].apply(changes)
            done[number % 3] += 1

            let periods = try world.history().envelopes()

            let faults = try faults(in: world, periods)
            #expect(faults.isEmpty, "history \(number)")
            if !faults.isEmpty { break }
            let amount = changes[1].after.tenThousandths - changes[1].before.tenThousandths
            let after = periods[month]
            #expect(Self.available(target, after) == Self.available(target, before) + amount)
            if lines.contains(source) {
                #expect(Self.available(source, after) == Self.available(source, before) - amount)
            }
            #expect(after.assigned == before.assigned)
        }
        #expect(done.allSatisfy { $0 > 200 }, "\(done)")
    }

    private static func available(_ id: AccountID, _ period: EnvelopePeriod) -> Int64 {
        (period.envelopes[id]?.available ?? period.cards[id]?.available)?.tenThousandths ?? 0
    }

    @Test
    func `looking at a budget in another way changes no stored number`() throws {
        var generator = SeededGenerator(seed: 26)
        for _ in 0..<200 {
            let world = BudgetWorld.random(using: &generator)
            let history = try world.history()

            let envelopes = try history.envelopes()
            let limits = try history.tracking()

            #expect(try history.envelopes(from: 4) == Array(envelopes[4...]))
            #expect(try history.tracking(from: 4) == Array(limits[4...]))
            for (month, plan) in world.plans.enumerated() {
                #expect(history.periods[month].plan == plan)
                for line in world.lines where line.category != BudgetWorld.salary {
                    let stored = plan.assigned[line.category] ?? .zero(.eur)
                    let limit = try #require(limits[month][line.category])
                    let cell = try #require(envelopes[month].envelopes[line.category])
                    #expect(limit.limit == stored)
                    #expect(cell.assigned == stored)
                    #expect(try limit.spent == cell.activity.negated())
                }
                let flex = try FlexPeriod(limits[month], in: history.tree, .eur)
                let parts = try [flex.fixed, flex.nonMonthly, flex.flexible].map(\.limit).sum(
                    in: .eur
                )
                let stored = try world.lines.filter { $0.category != BudgetWorld.salary }
                    .map { plan.assigned[$0.category] ?? .zero(.eur) }.sum(in: .eur)
                #expect(parts == stored)
            }
        }
    }

    @Test
    func `totals count every line once`() throws {
        var generator = SeededGenerator(seed: 27)
        for _ in 0..<200 {
            let history = try BudgetWorld.random(using: &generator).history()
            for cells in try history.tracking() {
                let totals = try history.tree.totals(of: cells)
                let roots = [20, 24, 26, 27].compactMap { totals[BudgetWorld.spending[$0 - 20]] }
                let lines = cells.filter { $0.key != BudgetWorld.salary }
                #expect(
                    try roots.map(\.spent).sum(in: .eur) == lines.values.map(\.spent).sum(in: .eur)
                )
                #expect(
                    try roots.map(\.limit).sum(in: .eur) == lines.values.map(\.limit).sum(in: .eur)
                )
            }
        }
    }
}
