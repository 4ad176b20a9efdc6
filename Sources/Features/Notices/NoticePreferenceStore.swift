import Ledger
import Storage

/// How people want to be told, as it is stored.
struct NoticePreferenceStore {
    let transaction: any SQLTransaction

    func load(_ person: PersonID) throws -> NoticePreferences {
        try all([person])[person] ?? NoticePreferences()
    }

    func all(_ people: [PersonID]) throws -> [PersonID: NoticePreferences] {
        guard !people.isEmpty else { return [:] }
        var all: [PersonID: NoticePreferences] = [:]
        try transaction.forEach(
            """
            SELECT person_id, version, updated_at, quiet_from, quiet_to, digest_hour, digest_weekday,
                warning_percent, spent_percent
            FROM notice_reader WHERE person_id IN \(list: people)
            """
        ) { row in
            let person: PersonID = try row.identifier()
            all[person] = try Self.read(&row)
        }
        try transaction.forEach(
            """
            SELECT person_id, kind, in_app, mail FROM notice_choice
            WHERE person_id IN \(list: people)
            """
        ) { row in
            let person: PersonID = try row.identifier()
            let kind = NoticeKind(rawValue: try row.text())
            let isInApp = try row.boolean()
            let mail = NoticeChoice.Mail(rawValue: try row.text())
            guard let kind, let mail else { return }
            all[person, default: NoticePreferences()].choices[kind] =
                NoticeChoice(isInApp: isInApp, mail: mail)
        }
        try transaction.forEach(
            """
            SELECT t.person_id, t.household_id, h.currency, t.large_amount
            FROM notice_threshold t JOIN household h ON h.id = t.household_id
            WHERE t.person_id IN \(list: people)
            """
        ) { row in
            let person: PersonID = try row.identifier()
            let household: HouseholdID = try row.identifier()
            let currency = try row.currency()
            all[person, default: NoticePreferences()].largeAmounts[household] =
                Money(tenThousandths: try row.amount(), currency)
        }
        return all
    }

    private static func read(_ row: inout SQLRow) throws -> NoticePreferences {
        var read = NoticePreferences()
        read.version = try row.integer()
        read.updatedAt = try row.instantOrNil()
        let (from, to) = (try row.integerOrNil(), try row.integerOrNil())
        if let from, let to { read.quiet = QuietHours(from: Int(from), to: Int(to)) }
        read.digestHour = try row.int()
        read.digestWeekday = Weekday(named: try row.text()) ?? .monday
        read.warningPercent = try row.int()
        read.spentPercent = try row.int()
        return read
    }

    /// - Returns: false when they were changed since `new` was made from them.
    func save(_ new: NoticePreferences, of person: PersonID, at now: Instant) throws -> Bool {
        try transaction.execute(
            "INSERT INTO notice_reader (person_id) VALUES (\(person)) ON CONFLICT DO NOTHING"
        )
        let quiet = (new.quiet?.from, new.quiet?.to)
        let count = try transaction.executeCounting(
            """
            UPDATE notice_reader SET version = version + 1, updated_at = \(now),
                quiet_from = \(quiet.0), quiet_to = \(quiet.1), digest_hour = \(new.digestHour),
                digest_weekday = \(new.digestWeekday.name),
                warning_percent = \(new.warningPercent), spent_percent = \(new.spentPercent)
            WHERE person_id = \(person) AND version = \(new.version)
            """
        )
        guard count == 1 else { return false }
        try transaction.execute("DELETE FROM notice_choice WHERE person_id = \(person)")
        try transaction.insert(
            into: "notice_choice (person_id, kind, in_app, mail)",
            rows: new.choices.sorted { $0.key.rawValue < $1.key.rawValue }.map { kind, choice in
                [
                    person.sqlValue, .text(kind.rawValue), .boolean(choice.isInApp),
                    .text(choice.mail.rawValue),
                ]
            }
        )
        try transaction.execute("DELETE FROM notice_threshold WHERE person_id = \(person)")
        try transaction.insert(
            into: "notice_threshold (person_id, household_id, large_amount)",
            rows: new.largeAmounts.sorted { $0.key < $1.key }.map { household, amount in
                [person.sqlValue, household.sqlValue, amount.sqlValue]
            }
        )
        return true
    }
}
