import Foundation
import Ledger
import Storage

/// How somebody wants to be told.
struct NoticePreferences: Sendable, Equatable {
    var choices: [NoticeKind: NoticeChoice] = [:]
    var quiet: QuietHours?
    /// When letters of a day or a week go out, where the person is.
    var digestHour = 7
    var digestWeekday = Weekday.monday
    var warningPercent = 80
    var spentPercent = 100
    /// In the currency of each household, where it is not the usual.
    var largeAmounts: [HouseholdID: Money] = [:]
    var version: Int64 = 0
    var updatedAt: Instant?

    static let warningPercents = 1...99
    static let spentPercents = 100...200

    func choice(_ kind: NoticeKind) -> NoticeChoice {
        let choice = choices[kind] ?? kind.usual
        guard kind.mailChoices.contains(choice.mail) else {
            return NoticeChoice(isInApp: choice.isInApp, mail: kind.usual.mail)
        }
        return choice
    }

    /// From what amount a transaction is large.
    func largeAmount(of household: HouseholdID, in currency: Currency) -> Money {
        guard let own = largeAmounts[household], own.currency == currency else {
            return Self.usualLargeAmount(in: currency)
        }
        return own
    }

    /// A thousand euros or dollars, a hundred thousand yen.
    static func usualLargeAmount(in currency: Currency) -> Money {
        Money(tenThousandths: 100_000 * currency.tenThousandthsPerMinorUnit, currency)
    }
}

/// When nobody is to be disturbed. They may go over midnight.
///
/// - Units: minutes since midnight
struct QuietHours: Sendable, Equatable {
    let from: Int
    let to: Int

    /// Nil for none at all.
    init?(from: Int, to: Int) {
        guard from != to else { return nil }
        self.from = from
        self.to = to
    }

    func contains(_ minute: Int) -> Bool {
        from < to ? from <= minute && minute < to : minute >= from || minute < to
    }

    /// When they end, if it is quiet now.
    func end(at now: Instant, in zone: LocalClock) -> Instant? {
        let (day, minute) = zone.time(at: now)
        guard contains(minute) else { return nil }
        let end = zone.instant(on: minute < to ? day : day.adding(days: 1), minute: to)
        // Where the clock is put back it may be that time a second time.
        return max(end, now)
    }
}

/// Preferences and what stands around them, as they are answered.
struct NoticePreferencesView: Sendable {
    let preferences: NoticePreferences
    let person: Person
    let households: [HouseholdCard]
    let sendsMail: Bool

    fileprivate struct Line: Sendable {
        let kind: NoticeKind
        let choice: NoticeChoice
    }

    fileprivate struct Large: Sendable {
        let household: HouseholdCard
        let amount: Money
    }

    fileprivate var lines: [Line] {
        NoticeKind.allCases.filter { !$0.isForAdministrators || person.systemRole == .admin }
            .map { Line(kind: $0, choice: preferences.choice($0)) }
    }

    fileprivate var largeAmounts: [Large] {
        households.map {
            Large(household: $0, amount: preferences.largeAmount(of: $0.id, in: $0.currency))
        }
    }

    static let shape = Shape<NoticePreferencesView>("NoticePreferences") { shape in
        shape.list("kinds", lineShape, \.lines)
        shape.textOrNil("quiet_from") { $0.preferences.quiet.map { TimeOfDay.text($0.from) } }
        shape.textOrNil("quiet_to") { $0.preferences.quiet.map { TimeOfDay.text($0.to) } }
        shape.integer("digest_hour") { Int64($0.preferences.digestHour) }
        shape.member("digest_weekday", .choice(Weekday.allCases.map(\.name))) {
            $1.string($0.preferences.digestWeekday.name)
        }
        shape.integer("budget_warning_percent") { Int64($0.preferences.warningPercent) }
        shape.integer("budget_spent_percent") { Int64($0.preferences.spentPercent) }
        shape.list("large_amounts", largeShape, \.largeAmounts)
        shape.text("time_zone", \.person.timeZone)
        shape.object("mail", mailShape) { $0 }
        shape.integer("version", \.preferences.version)
        shape.instantOrNil("updated_at", \.preferences.updatedAt)
    }

    private static let lineShape = Shape<Line>("NoticeChoice") { shape in
        shape.choice("kind", \.kind)
        shape.boolean("in_app", \.choice.isInApp)
        shape.choice("mail", \.choice.mail)
        shape.choices("mail_choices", \.kind.mailChoices)
    }

    private static let largeShape = Shape<Large>("LargeAmount") { shape in
        shape.id("household_id", \.household.id)
        shape.text("household_name", \.household.name)
        shape.currency("currency", \.household.currency)
        shape.amount("amount", \.amount)
    }

    private static let mailShape = Shape<NoticePreferencesView>("NoticeMail") { shape in
        shape.text("address", \.person.email)
        shape.boolean("is_verified") { $0.person.emailVerifiedAt != nil }
        shape.boolean("is_set_up", \.sendsMail)
    }
}

/// What somebody wants from now on. Kinds that are not named are as usual.
struct NoticePreferencesInput: RequestFields {
    let choices: [NoticeChoiceInput]
    let quiet: QuietHours?
    let digestHour: Int
    let digestWeekday: Weekday
    let warningPercent: Int
    let spentPercent: Int
    /// Absent leaves them alone.
    let largeAmounts: [LargeAmountInput]?

    init(_ fields: inout FieldReader) {
        choices = fields.required("kinds", .list(.object(), 0...NoticeKind.allCases.count))
        let from = fields.optional("quiet_from", .timeOfDay)
        let to = fields.optional("quiet_to", .timeOfDay)
        digestHour = fields.required("digest_hour", .integer(0...23))
        digestWeekday = fields.required(
            "digest_weekday",
            .named(Weekday.allCases.map { ($0.name, $0) })
        )
        warningPercent = fields.required(
            "budget_warning_percent",
            .integer(NoticePreferences.warningPercents)
        )
        spentPercent = fields.required(
            "budget_spent_percent",
            .integer(NoticePreferences.spentPercents)
        )
        largeAmounts = fields.optional("large_amounts", .list(.object(), 0...1_000))
        quiet = Self.quiet(from, to, &fields)
        let kinds = choices.map(\.kind)
        if let twice = kinds.indices.first(where: { kinds[..<$0].contains(kinds[$0]) }) {
            fields.fault("kinds[\(twice)].kind", "twice", "stands here twice")
        }
    }

    private static func quiet(
        _ from: Int?,
        _ to: Int?,
        _ fields: inout FieldReader
    ) -> QuietHours? {
        guard let from else {
            if to != nil { fields.fault("quiet_from", "required", "belongs to quiet_to") }
            return nil
        }
        guard let to else {
            fields.fault("quiet_to", "required", "belongs to quiet_from")
            return nil
        }
        let quiet = QuietHours(from: from, to: to)
        if quiet == nil { fields.fault("quiet_to", "same", "must not be quiet_from") }
        return quiet
    }

    /// - Throws: 422 for a household that is not theirs, or an amount that its currency does not have.
    func applied(
        to old: NoticePreferences,
        among households: [HouseholdCard]
    ) throws -> NoticePreferences {
        var new = old
        new.choices = Dictionary(uniqueKeysWithValues: choices.map { ($0.kind, $0.choice) })
        new.quiet = quiet
        new.digestHour = digestHour
        new.digestWeekday = digestWeekday
        new.warningPercent = warningPercent
        new.spentPercent = spentPercent
        for (index, input) in (largeAmounts ?? []).enumerated() {
            guard let household = households.first(where: { $0.id == input.household }) else {
                throw APIError.invalid(
                    "large_amounts[\(index)].household_id",
                    "not_found",
                    "there is no such household"
                )
            }
            new.largeAmounts[household.id] = try input.amount.money(
                in: household.currency,
                field: "large_amounts[\(index)].amount"
            )
        }
        return new
    }
}

struct NoticeChoiceInput: RequestFields {
    let kind: NoticeKind
    let choice: NoticeChoice

    init(_ fields: inout FieldReader) {
        kind = fields.required("kind", .choice())
        choice = NoticeChoice(
            isInApp: fields.required("in_app", .boolean),
            mail: fields.required("mail", .choice())
        )
        if !kind.mailChoices.contains(choice.mail) {
            let names = kind.mailChoices.map(\.rawValue).joined(separator: ", ")
            fields.fault("mail", "not_a_choice", "one of \(names)")
        }
    }
}

struct LargeAmountInput: RequestFields {
    let household: HouseholdID
    let amount: EnteredAmount

    init(_ fields: inout FieldReader) {
        household = fields.required("household_id", .id())
        amount = fields.required("amount", .amount(.positive))
    }
}

/// `22:30`, and minutes since midnight.
enum TimeOfDay {
    static func text(_ minute: Int) -> String {
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        return "\(two(minute / 60)):\(two(minute % 60))"
    }

    static func minute(_ text: String) -> Int? {
        let bytes = Array(text.utf8)
        guard bytes.count == 5, bytes[2] == UInt8(ascii: ":"),
            [0, 1, 3, 4].allSatisfy({ (48...57).contains(bytes[$0]) })
        else { return nil }
        let digits = bytes.map { Int($0) - 48 }
        let (hour, minute) = (digits[0] * 10 + digits[1], digits[3] * 10 + digits[4])
        return hour < 24 && minute < 60 ? hour * 60 + minute : nil
    }
}

extension FieldKind where Value == Int {
    static var timeOfDay: FieldKind {
        FieldKind(
            schema: .text(pattern: "^([01][0-9]|2[0-3]):[0-5][0-9]$"),
            placeholder: { 0 }
        ) { value, _ in
            guard case .string(let text) = value else { return .wrongType("text", value) }
            guard let minute = TimeOfDay.minute(text) else {
                return .fault("not_a_time", "a time such as 22:30")
            }
            return .value(minute)
        }
    }
}
