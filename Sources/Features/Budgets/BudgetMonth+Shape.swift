import Ledger

extension BudgetMonth {
    static let shape = Shape<BudgetMonth>("BudgetPeriod") { shape in
        shape.text("name", \.period.name)
        shape.date("from", \.period.span.first)
        shape.date("to", \.period.span.last)
        shape.textOrNil("previous") { $0.previous?.name }
        shape.textOrNil("next") { $0.next?.name }
        shape.integer("days") { Int64($0.period.span.dayCount) }
        shape.integer("days_gone") { Int64($0.period.daysGone(on: $0.today)) }
        shape.boolean("is_locked", \.isLocked)
        shape.boolean("can_plan") { $0.refusal == nil }
        shape.textOrNil("plan_refusal", \.refusal)
        shape.choice("view", \.settings.look)
        shape.currency("currency", \.currency)
        shape.object("totals", totalsShape, \.envelopes)
        shape.object("spending", limitShape, \.spending)
        shape.object("flex", flexShape, \.flex)
        shape.list("lines", lineShape, \.lines)
        shape.list("cards", cardShape, \.cards)
    }

    private static let totalsShape = Shape<EnvelopePeriod>("BudgetTotals") { shape in
        shape.amount("ready_before", \.readyBefore)
        shape.amount("held_before", \.heldBefore)
        shape.amount("income", \.income)
        shape.amount("given_back", \.returned)
        shape.amount("overspent", \.overspent)
        shape.amount("assigned", \.assigned)
        shape.amount("held", \.held)
        shape.amount("ready", \.ready)
        shape.amount("cash", \.cash)
        shape.texts("missing_rates", \.missingRates.codes)
    }

    private static let envelopeShape = Shape<EnvelopeCell>("BudgetEnvelope") { shape in
        shape.amount("carried", \.carried)
        shape.amount("assigned", \.assigned)
        shape.amount("activity", \.activity)
        shape.amount("refunded_to_debt", \.refundedToDebt)
        shape.amount("available", \.available)
        shape.amount("overspent_in_cash", \.overspentInCash)
        shape.amount("overspent_on_credit", \.overspentOnCredit)
        shape.texts("missing_rates", \.missingRates.codes)
    }

    static let limitShape = Shape<Limit>("BudgetLimit") { shape in
        shape.amount("carried", \.cell.carried)
        shape.amount("limit", \.cell.limit)
        shape.amount("spent", \.cell.spent)
        shape.amount("remaining", \.cell.remaining)
        shape.textOrNil("progress") { $0.cell.progressBasisPoints.map(BasisPoints.text) }
        shape.object("pace", paceShape, \.pace)
        shape.texts("missing_rates", \.cell.missingRates.codes)
    }

    static let paceShape = Shape<BudgetPace>("BudgetPace") { shape in
        shape.text("gone") { BasisPoints.text($0.goneBasisPoints) }
        shape.amount("expected", \.expected)
        shape.amount("ahead", \.ahead)
        shape.amountOrNil("per_day", \.perDay)
    }

    private static let cellShape = Shape<TrackingCell>("BudgetFlexPart") { shape in
        shape.amount("carried", \.carried)
        shape.amount("limit", \.limit)
        shape.amount("spent", \.spent)
        shape.amount("remaining", \.remaining)
        shape.textOrNil("progress") { $0.progressBasisPoints.map(BasisPoints.text) }
        shape.texts("missing_rates", \.missingRates.codes)
    }

    private static let flexShape = Shape<FlexPeriod>("BudgetFlex") { shape in
        shape.object("income", cellShape, \.income)
        shape.object("fixed", cellShape, \.fixed)
        shape.object("non_monthly", cellShape, \.nonMonthly)
        shape.object("flexible", cellShape, \.flexible)
        shape.amount("unplanned", \.unplanned)
    }

    private static let lineShape = Shape<Line>("BudgetLine") { shape in
        shape.id("category_id", \.category)
        shape.text("name", \.name)
        shape.idOrNil("parent_id", \.parent)
        shape.boolean("is_income", \.isIncome)
        shape.objectOrNil("budget", BudgetRecord.shape, \.budget)
        shape.objectOrNil("limit", limitShape, \.limit)
        shape.objectOrNil("envelope", envelopeShape, \.envelope)
        shape.objectOrNil("total_limit", limitShape, \.totalLimit)
        shape.objectOrNil("total_envelope", envelopeShape, \.totalEnvelope)
    }

    private static let cardShape = Shape<Card>("BudgetCard") { shape in
        shape.id("account_id", \.account)
        shape.text("name", \.name)
        shape.amount("carried", \.cell.carried)
        shape.amount("assigned", \.cell.assigned)
        shape.amount("reserved", \.cell.reserved)
        shape.amount("paid", \.cell.paid)
        shape.amount("available", \.cell.available)
        shape.amount("owed", \.cell.owed)
        shape.amount("unreserved", \.cell.unreserved)
        shape.texts("missing_rates", \.cell.missingRates.codes)
    }
}
