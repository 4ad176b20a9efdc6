import HTTPTypes
import Hummingbird
import Ledger
import Storage

/// Everything that is kept of a person, and of their households what they may see, as one ZIP archive.
struct OwnDataArchive: Sendable {
    let environment: ServerEnvironment
    let person: PersonID
    /// As they were proved when the archive was asked for.
    let memberships: [Member]

    func response() -> Response {
        var headers: HTTPFields = [:]
        headers[.contentType] = "application/zip"
        headers[.contentDisposition] = "attachment; filename=\"martlet-data.zip\""
        headers[.cacheControl] = "no-store"
        return Response(
            status: .ok,
            headers: headers,
            body: ResponseBody { body in
                try await write(to: &body)
                try await body.finish(nil)
            }
        )
    }

    private func write(to body: inout any ResponseBodyWriter) async throws {
        let now = environment.clock.now()
        let archive = ArchiveWriter(at: now)
        let mine = PersonArchive(environment: environment, person: person)
        let homes = memberships.map { HouseholdArchive(environment: environment, member: $0) }
        var cards: [HouseholdCard] = []
        for home in homes { cards.append(try await home.card()) }
        let readme = Array(ArchiveReadme.text(cards, environment.publicAddress, now).utf8)
        try await archive.write(readme, as: "README.txt", to: &body)
        let person = PersonArchive.personShape.bytes(try await mine.load())
        try await archive.write(person, as: "person.json", to: &body)
        try await archive.write(mine.sessions, to: &body)
        try await archive.write(mine.doors, to: &body)
        try await archive.write(mine.consents, to: &body)
        try await archive.write(mine.activity, to: &body)
        try await archive.write(mine.notices, to: &body)
        try await archive.write(mine.noticeChoices, to: &body)
        for (number, (home, card)) in zip(homes, cards).enumerated() {
            try await write(home, card, in: "household-\(number + 1)/", archive, to: &body)
        }
        try await archive.finish(to: &body)
    }

    private func write(
        _ home: HouseholdArchive,
        _ card: HouseholdCard,
        in folder: String,
        _ archive: ArchiveWriter,
        to body: inout any ResponseBodyWriter
    ) async throws {
        let description = HouseholdArchive.cardShape.bytes(card)
        try await archive.write(description, as: "\(folder)household.json", to: &body)
        try await archive.write(home.accounts, in: folder, to: &body)
        try await archive.write(home.categories, in: folder, to: &body)
        try await archive.write(home.transactions, in: folder, to: &body)
        try await archive.write(home.postings, in: folder, to: &body)
        try await archive.write(home.payees, in: folder, to: &body)
        try await archive.write(home.tags, in: folder, to: &body)
        try await archive.write(home.rates, in: folder, to: &body)
        try await archive.write(home.budgetSettings, in: folder, to: &body)
        try await archive.write(home.budgets, in: folder, to: &body)
        try await archive.write(home.budgetAmounts, in: folder, to: &body)
        try await archive.write(home.budgetPeriods, in: folder, to: &body)
        try await archive.write(home.tasks, in: folder, to: &body)
        try await archive.write(home.bills, in: folder, to: &body)
        try await archive.write(home.billOccurrences, in: folder, to: &body)
        try await archive.write(home.billPayments, in: folder, to: &body)
        try await archive.write(home.goals, in: folder, to: &body)
        try await archive.write(home.goalContributions, in: folder, to: &body)
        try await archive.write(home.debts, in: folder, to: &body)
        try await archive.write(home.debtSettings, in: folder, to: &body)
        try await archive.write(home.recurringChoices, in: folder, to: &body)
        try await archive.write(home.imports, in: folder, to: &body)
        for batch in try await home.batches() {
            guard let bytes = try await home.file(of: batch) else { continue }
            // A name of ours: that of the file came from outside, and stands in imports.json.
            try await archive.write(bytes, as: "\(folder)imports/\(batch.id)", to: &body)
        }
        try await archive.write(home.audit, in: folder, to: &body)
        try await archive.write(home.auditChanges, in: folder, to: &body)
    }
}

/// What stands in the archive, for whoever opens it. docs/own-data.md says the same.
enum ArchiveReadme {
    static func text(_ households: [HouseholdCard], _ server: String, _ now: Instant) -> String {
        let list = households.enumerated().map { number, card in
            "household-\(number + 1)/  \(MailHeader.oneLine(card.name)), where you are \(card.role.rawValue)"
        }
        return """
            Your data in Martlet at \(server), \(now.rfc3339)

            Each table is here twice: .json for programs, .csv for spreadsheets (UTF-8, commas).
            Amounts are decimals with their currency beside them. Times are UTC; dates have no zone.
            In .csv, text that a spreadsheet would take for a formula has an apostrophe before it,
            and what has parts is JSON in its cell.

            person.json     you, as you are known here
            sessions        devices that are or were signed in
            doors           your passkeys, identities at providers, tokens and feeds, by name
            consents        what you agreed to, and when
            activity        your sign-ins and what you changed of your account
            notices         what you were told in the last 90 days
            notice_choices  how you want to be told of what, and from what amounts on

            \(list.joined(separator: "\n"))

            In each household, as far as you may see it:

            household.json  its name, currency and your role
            accounts        with balances
            categories      a tree: parent_id is the category above
            transactions    deleted ones too, as long as they are kept (deleted_at)
            postings        what each transaction moved on which account or category
            payees          whom money went to or came from
            tags            with how often each is used
            rates           what your own exchanges told of currencies
            budget_settings how the budget is looked at, and when its periods begin
            budgets         which categories have one, and what becomes of the rest
            budget_amounts  what each category or card was assigned for some days
            budget_periods  what was held for later, and what is locked
            goals           what is saved for
            goal_contributions  what was earmarked for a goal, on which account, by whom
            debts           what is owed to whom, and what lenders ask for
            debt_settings   how debts are paid off
            recurring_choices  what was said of payments that were found to come again
            imports         files that were imported; the files themselves are in imports/, by id
            audit           the trail of changes: who, what, before and after
            audit_changes   the rows of changes of many things at once, by entry_id

            The ids are the same in all tables. What was written while this was made may be in one
            table and not in another.

            Passwords, keys and codes are not in here: of most of them only a digest is kept.

            """
    }
}
