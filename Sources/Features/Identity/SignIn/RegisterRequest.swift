import Ledger

/// What someone says of themselves who signs up.
struct RegisterRequest: RequestFields {
    let email: EmailAddress
    let password: String
    let name: String
    let timeZone: String
    let currency: Currency
    let locale: String
    let weekStart: Weekday
    /// The token of an invitation to a household. Who comes with one gets no household of their own.
    let invitation: String?
    let consents: GivenConsents

    init(_ fields: inout FieldReader) {
        email = fields.required("email", .email)
        password = fields.required("password", .newPassword)
        name = fields.required("name", .text(1...120))
        timeZone = fields.optional("time_zone", .timeZone) ?? "UTC"
        currency = fields.optional("currency", .currency) ?? Self.usualCurrency
        locale = fields.optional("locale", .locale) ?? "en"
        weekStart =
            fields.optional("week_start", .named(Weekday.allCases.map { ($0.name, $0) })) ?? .monday
        invitation = fields.optional("invitation", .text(1...255))
        consents = GivenConsents(&fields)
    }

    private static let usualCurrency = Currency(code: "EUR")!

    var householdName: String { HouseholdFounding.name(of: name) }

    /// What tells one sign-up from another, but for the password: that is checked itself, and from a
    /// quick hash it could be guessed.
    var question: [UInt8] {
        var writer = JSONWriter()
        writer.array { writer in
            writer.string("sign-up")
            let own = [email.text, name, timeZone, currency.code, locale, weekStart.name]
            for text in own + [invitation].compactMap(\.self) {
                writer.string(text)
            }
        }
        return writer.bytes
    }
}
