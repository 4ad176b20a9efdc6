import Ledger

extension DemoPlan {
    mutating func entry(for occasion: DemoOccasion, on date: LocalDate) -> DemoEntry {
        switch occasion {
        case .salary, .bonus, .sideSalary, .childBenefit, .invoice, .savingsInterest, .dividend,
            .taxRefund:
            income(occasion, on: date)
        case .rent, .mortgage, .homePurchase, .electricity, .water, .internet, .phone, .insurance,
            .carInsurance, .childcare, .bankFee:
            housing(occasion, on: date)
        case .video, .music, .cloud, .gym, .newspaper, .transitPass:
            subscription(occasion, on: date)
        case .saving, .investing, .cardPayment, .exchange:
            transfer(occasion, on: date)
        case .flight, .summerHotel, .holidayMeal, .skiRental, .skiDay:
            holiday(occasion, on: date)
        }
    }

    private mutating func income(_ occasion: DemoOccasion, on date: LocalDate) -> DemoEntry {
        let raise = raise(on: date)
        switch occasion {
        case .salary:
            return earn(
                salaryCents(on: date),
                on: date,
                from: Self.employer,
                for: .salary
            )
        case .bonus:
            return earn(210_000 + raise, on: date, from: Self.employer, for: .salary)
        case .sideSalary:
            return earn(148_000 + raise / 3, on: date, from: "Westbrook School", for: .salary)
        case .childBenefit:
            return earn(25_000, on: date, from: "Family Office", for: .benefits)
        case .invoice:
            return earn(
                random.number(28...62) * 1_000,
                on: date,
                from: "Prairie Studios",
                for: .otherIncome,
                to: .foreign
            )
        case .savingsInterest:
            let cents = Swift.max(balance(.savings) * 4 / 1_000, 1)
            return earn(cents, on: date, from: "Savings interest", for: .interest, to: .savings)
        case .dividend:
            let cents = Swift.max(balance(.investment) * 9 / 1_000, 1)
            return earn(cents, on: date, from: "Index fund", for: .interest, to: .investment)
        default:
            return earn(random.number(310...940) * 100, on: date, from: "Tax Office", for: .taxes)
        }
    }

    private mutating func housing(_ occasion: DemoOccasion, on date: LocalDate) -> DemoEntry {
        switch occasion {
        case .rent:
            let cents = stepped(119_000, by: 3_500, everyMonths: 12, on: date)
            return spend(cents, on: date, at: "Linden Housing", for: .rent)
        case .mortgage:
            return mortgagePayment(on: date)
        case .homePurchase:
            return homePurchase(on: date)
        case .electricity:
            let isCold = [11, 12, 1, 2, 3].contains(date.monthOfYear)
            let cents = inflated(isCold ? 16_400 : 8_900, on: date) + random.number(-900...900)
            return spend(cents, on: date, at: "Northwind Energy", for: .electricity)
        case .water:
            return spend(inflated(7_840, on: date), on: date, at: "Municipal Water", for: .water)
        case .internet:
            return spend(
                internetCents(on: date),
                on: date,
                at: Self.internetProvider,
                for: .internet
            )
        case .phone:
            return spend(2_490, on: date, at: "Mobile One", for: .internet)
        case .insurance:
            return spend(
                inflated(8_750, on: date),
                on: date,
                at: "Harbor Insurance",
                for: .insurance
            )
        case .carInsurance:
            return spend(
                inflated(48_600, on: date),
                on: date,
                at: "Harbor Insurance",
                for: .insurance
            )
        case .childcare:
            return spend(
                inflated(42_000, on: date),
                on: date,
                at: "Kita Sunflower",
                for: .childcare
            )
        default:
            return spend(690, on: date, at: "Account fee", for: .bankFees)
        }
    }

    /// Interest and principal in one payment.
    private mutating func mortgagePayment(on date: LocalDate) -> DemoEntry {
        let interest = DemoHome.interest(on: -balance(.mortgage))
        return DemoEntry(
            date: date,
            state: state(on: date),
            payee: "Building Society",
            legs: [
                leg(.checking, -DemoHome.payment),
                leg(.mortgage, DemoHome.payment - interest),
                leg(.mortgageInterest, interest, memo: "3.6 % a year"),
            ]
        )
    }

    private mutating func homePurchase(on date: LocalDate) -> DemoEntry {
        DemoEntry(
            date: date,
            state: state(on: date),
            payee: "Notary Brandt",
            note: "We bought the flat!",
            tags: ["home"],
            legs: [
                leg(.savings, -DemoHome.deposit - DemoHome.fees),
                leg(.property, DemoHome.price),
                leg(.mortgage, -DemoHome.loan),
                leg(.taxes, DemoHome.fees, memo: "Notary and transfer tax"),
            ]
        )
    }

    private mutating func subscription(_ occasion: DemoOccasion, on date: LocalDate) -> DemoEntry {
        switch occasion {
        case .video:
            let cents = stepped(1_299, by: 200, everyMonths: 20, on: date)
            return spend(cents, on: date, at: "Lumen Video", for: .subscriptions, from: .card)
        case .music:
            let cents = stepped(999, by: 100, everyMonths: 18, on: date)
            return spend(cents, on: date, at: "Tonal Music", for: .subscriptions, from: .card)
        case .cloud:
            return spend(299, on: date, at: "Cirrus Cloud", for: .subscriptions, from: .card)
        case .gym:
            let cents = stepped(2_990, by: 300, everyMonths: 24, on: date)
            return spend(cents, on: date, at: "Gym Kraftwerk", for: .sport)
        case .newspaper:
            let cents = stepped(1_990, by: 200, everyMonths: 15, on: date)
            return spend(cents, on: date, at: "The Daily Courier", for: .subscriptions)
        default:
            let cents = stepped(4_900, by: 450, everyMonths: 22, on: date)
            return spend(cents, on: date, at: "City Transit", for: .publicTransport)
        }
    }

    private mutating func transfer(_ occasion: DemoOccasion, on date: LocalDate) -> DemoEntry {
        switch occasion {
        case .saving:
            return saving(on: date)
        case .investing:
            return move(20_000, on: date, from: .checking, to: .investment, payee: "Savings plan")
        case .cardPayment:
            let cents = Swift.max(-balance(.card), 100)
            return move(cents, on: date, from: .checking, to: .card, payee: "Card statement")
        default:
            return exchange(on: date)
        }
    }

    /// What a month does not need is saved, and what it lacks comes out of the savings while there are any.
    private mutating func saving(on date: LocalDate) -> DemoEntry {
        let keep = 750_000 + extraCents * 2
        let spare = (balance(.checking) - keep) / 5_000 * 5_000
        let lacking = Swift.min(-spare, balance(.savings) / 5_000 * 5_000)
        return lacking > 0
            ? move(lacking, on: date, from: .savings, to: .checking, payee: "From savings")
            : move(
                Swift.max(spare, 5_000),
                on: date,
                from: .checking,
                to: .savings,
                payee: "To savings"
            )
    }

    /// What was earned abroad comes home, at a rate that drifts.
    private mutating func exchange(on date: LocalDate) -> DemoEntry {
        let cents = Swift.max(balance(.foreign) / 20_000 * 10_000, 10_000)
        let rate = random.number(865...955)
        let home = cents * rate / 1_000
        return DemoEntry(
            date: date,
            state: state(on: date),
            payee: "Currency exchange",
            note: "At a rate of 0.\(rate)",
            legs: [
                leg(.foreign, -cents),
                leg(.exchange, cents, in: .foreign),
                leg(.exchange, -home, in: .checking),
                leg(.checking, home),
            ]
        )
    }

    private mutating func holiday(_ occasion: DemoOccasion, on date: LocalDate) -> DemoEntry {
        let isWinter = date.monthOfYear == 2
        let year = date.year
        var entry =
            switch occasion {
            case .flight:
                spend(
                    inflated(61_200, on: date),
                    on: date,
                    at: "Aurora Air",
                    for: .travel,
                    from: .card
                )
            case .summerHotel:
                spend(
                    inflated(98_000, on: date),
                    on: date,
                    at: "Hotel Miramar",
                    for: .travel,
                    from: .card
                )
            case .skiRental:
                spend(
                    inflated(32_400, on: date),
                    on: date,
                    at: "Alpine Rental",
                    for: .travel,
                    from: .card
                )
            default:
                spend(
                    inflated(random.number(1_200...7_400), on: date),
                    on: date,
                    at: random.pick(
                        isWinter
                            ? ["Hut Edelweiss", "Lift Pass Office"]
                            : ["Taverna Maria", "Beach Bar", "Gelateria Sole"]
                    ),
                    for: isWinter ? .travel : .restaurants,
                    from: .card
                )
            }
        entry.tags = [isWinter ? "ski \(year)" : "summer \(year)"]
        return entry
    }
}
