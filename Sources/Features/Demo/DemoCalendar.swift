import Ledger

/// What happens on which day of the demo household's life, whatever else it spends.
enum DemoOccasion: Sendable {
    case salary, bonus, sideSalary, childBenefit
    case rent, mortgage, homePurchase
    case electricity, water, internet, phone, insurance, carInsurance
    case video, music, cloud, gym, newspaper
    case childcare, transitPass
    case saving, investing, cardPayment, invoice, exchange
    case savingsInterest, bankFee, dividend, taxRefund
    case flight, summerHotel, holidayMeal, skiRental, skiDay
}

/// The days on which occasions fall. It knows nothing of amounts and nothing of chance, so that they can be
/// counted beforehand.
struct DemoCalendar: Sendable {
    /// The day on which the household buys its home; it pays rent before and a mortgage after.
    let purchaseDay: LocalDate

    /// How many years the whole story has.
    static let months = 60
    private static let monthsOfRent = 20

    /// - Parameter today: the story ends on this day.
    init(today: LocalDate) {
        let first = today.month.adding(months: 1 - Self.months)
        purchaseDay = first.adding(months: Self.monthsOfRent).firstDay.adding(days: 9)
    }

    func occasions(on date: LocalDate) -> [DemoOccasion] {
        let (_, month, day) = date.parts
        return monthly(date, day) + quarterly(date, month, day) + yearly(month, day)
    }

    func count(from first: LocalDate, to last: LocalDate) -> Int {
        var count = 0
        for offset in 0...first.days(until: last) {
            count += occasions(on: first.adding(days: offset)).count
        }
        return count
    }

    private func monthly(_ date: LocalDate, _ day: Int) -> [DemoOccasion] {
        switch day {
        case 1: [date > purchaseDay ? .mortgage : .rent, .childcare]
        case 2: [.transitPass]
        case 3: [.cardPayment]
        case 5: [.electricity]
        case 6: [.internet]
        case 7: [.childBenefit]
        case 8: [.phone]
        case 9: [.video]
        case 10: date == purchaseDay ? [.homePurchase] : []
        case 11: [.music]
        case 12: [.cloud]
        case 14: [.gym]
        case 15: [.invoice]
        case 17: [.newspaper]
        case 24: [.sideSalary]
        case 25: [.salary]
        case 26: [.saving]
        case 27: [.investing]
        default: []
        }
    }

    private func quarterly(_ date: LocalDate, _ month: Int, _ day: Int) -> [DemoOccasion] {
        switch (month % 3, day) {
        case (1, 5): [.insurance]
        case (2, 16): [.water]
        case (2, 18): [.exchange]
        case (0, _) where date == date.month.lastDay: [.savingsInterest, .bankFee]
        default: []
        }
    }

    private func yearly(_ month: Int, _ day: Int) -> [DemoOccasion] {
        switch (month, day) {
        case (2, 8): [.skiRental, .skiDay]
        case (2, 9...13): [.skiDay]
        case (3, 20): [.carInsurance]
        case (4, 10): [.flight]
        case (5, 20): [.taxRefund]
        case (6, 20), (12, 20): [.dividend]
        case (7, 12): [.summerHotel, .holidayMeal]
        case (7, 13...24): [.holidayMeal, .holidayMeal]
        case (11, 25): [.bonus]
        default: []
        }
    }

    /// How much more or less is bought on a day than on others.
    static func weight(of date: LocalDate) -> Int {
        let day =
            switch date.weekday {
            case .friday, .saturday: 15
            case .sunday: 5
            default: 10
            }
        let season =
            switch date.monthOfYear {
            case 12: 14
            case 1: 8
            case 7, 8: 9
            default: 10
            }
        return day * season
    }
}
