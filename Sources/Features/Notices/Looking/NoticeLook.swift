package import Ledger
import Storage

/// Looks at households for what is to be told and tells it: once, whatever restarts and however often it is looked. What
/// people are to be asked goes with it.
package struct NoticeLook: Sendable {
    private let environment: ServerEnvironment
    private let sources: [NoticeSource]
    private let causes: TaskCauses

    package init(_ environment: ServerEnvironment) {
        self.init(environment, sources: NoticeSource.all)
    }

    init(
        _ environment: ServerEnvironment,
        sources: [NoticeSource],
        causes: [TaskCauseSource] = TaskCauseSource.all
    ) {
        self.environment = environment
        self.sources = sources
        self.causes = TaskCauses(environment, sources: causes)
    }

    /// Looks at each household that changed since, or where a day has begun. One that fails is logged and left for the
    /// next run.
    ///
    /// - Returns: how many people were told of how many things.
    package func run() async throws -> Int {
        let households: [HouseholdID] = try await environment.database.read(.shared) {
            try $0.rows("SELECT id FROM household WHERE length(sealed_key) > 0 ORDER BY id") {
                try $0.identifier()
            }
        }
        var told = 0
        for household in households {
            try Task.checkCancellation()
            told += try await look(household)
        }
        return told
    }

    /// - Returns: how many people were told of how many things.
    @discardableResult
    package func look(_ household: HouseholdID) async throws -> Int {
        var told = 0
        let failure = "what there is to tell of a household could not be found"
        _ = try await environment.attempt(in: household, orLog: failure) {
            told = try await tell(household)
        }
        return told
    }

    /// What a look found.
    private struct Found: Sendable {
        let look: NoticeLookStore.Look
        /// In whose right bills are booked; nil where nobody may write.
        let booker: Member?
        /// In whose right people are asked to act; nil where no cause of it has come or gone.
        let asker: Member?
        /// In whose right it is told; nil where nobody is who may write.
        let writer: Member?
        let news: [FoundNews]
        let gone: Set<NoticeStore.ToldCause>

        var hasSomething: Bool { asker != nil || !news.isEmpty }
    }

    /// Nil when nothing has changed. What the server books itself is booked before it is told that it was missed, as it
    /// seems to be after the server stood still.
    private func found(in household: HouseholdID, at now: Instant) async throws -> Found? {
        // Without the household's lock, since mostly there is nothing to tell.
        func look() async throws -> Found? {
            try await environment.database.read(.household(household)) {
                try find(in: household, at: now, $0)
            }
        }
        let first = try await look()
        guard let first, first.hasSomething, let booker = first.booker,
            try await DueBills(environment).run(as: booker).posted > 0
        else { return first }
        return try await look()
    }

    private func tell(_ household: HouseholdID) async throws -> Int {
        let now = environment.clock.now()
        guard let found = try await found(in: household, at: now) else { return 0 }
        // Before the look is noted: one that ends here is made again. What is asked raises the version, so there is
        // another look, which finds it settled.
        if let asker = found.asker { _ = try await causes.ask(as: asker) }
        guard let writer = found.writer, !found.news.isEmpty || !found.gone.isEmpty else {
            try await environment.database.write(.household(household)) {
                try NoticeLookStore(transaction: $0).save(found.look, of: household)
            }
            return 0
        }
        return try await environment.write(as: writer, requestID: "notices") { write in
            let store = NoticeStore(transaction: write.transaction)
            for told in found.gone.sorted(by: { $0.person < $1.person }) {
                try store.end(told, at: write.now)
            }
            let readers = try NoticeReaders(transaction: write.transaction).members(of: household)
            let notices = Notices(write)
            var count = 0
            for found in found.news {
                count += try notices.tell(found.news, readers.filter { $0.person == found.reader })
            }
            try NoticeLookStore(transaction: write.transaction).save(found.look, of: household)
            return count
        }
    }

    /// Nil when nothing has changed.
    private func find(
        in household: HouseholdID,
        at now: Instant,
        _ transaction: any SQLTransaction
    ) throws -> Found? {
        let card = try transaction.first(
            "SELECT version, currency, week_start FROM household WHERE id = \(household)"
        ) { row in
            (
                version: try row.integer(), currency: try row.currency(),
                week: Weekday(named: try row.text()) ?? .monday
            )
        }
        guard let card else { return nil }
        let last = try NoticeLookStore(transaction: transaction).find(household)
        if let last, last.version == card.version, !Self.isLater(hourOf: now, than: last.at) {
            return nil
        }
        let readers = try NoticeReaders(transaction: transaction).members(of: household)
        if let last, last.version == card.version,
            readers.allSatisfy({ $0.clock.time(at: last.at).day == $0.clock.time(at: now).day })
        {
            return nil
        }
        let news = try Self.views(readers, at: now).flatMap { today, readers in
            let member = readers[0].member(
                of: household,
                card.currency,
                card.week,
                sees: readers[0].hidden
            )
            let view = NoticeView(
                transaction: member.seen(transaction),
                member: member,
                today: today,
                since: last?.at ?? now,
                readers: readers
            )
            return try sources.flatMap { try $0.find(view) }
        }
        let store = NoticeStore(transaction: transaction)
        let causes = news.flatMap { [$0.news.cause, $0.news.unless].compactMap(\.self) }
        let told = try store.told(Set(causes.map { $0.stored(of: household) }), in: household)
        let lasting = Set(news.filter(\.news.lasts).map { $0.told(in: household) })
        let owner = readers.first { $0.role == .owner } ?? readers.first { $0.role.mayWrite }
        return Found(
            look: .init(version: card.version, at: now),
            booker: try SharedPurgeStore(transaction: transaction).writers(of: household).first,
            asker: try self.causes.asker(in: household, transaction),
            writer: owner?.member(of: household, card.currency, card.week),
            news: Self.fresh(news, told, readers, in: household),
            gone: try store.lasting(in: household).subtracting(lasting)
        )
    }

    /// What was not told yet, to those who want to hear of it.
    private static func fresh(
        _ news: [FoundNews],
        _ told: Set<NoticeStore.ToldCause>,
        _ readers: [NoticeReader],
        in household: HouseholdID
    ) -> [FoundNews] {
        let silent = Dictionary(
            uniqueKeysWithValues: readers.map { reader in
                (
                    reader.person,
                    NoticeKind.allCases.filter { reader.preferences.choice($0).isSilent }
                )
            }
        )
        return news.filter { found in
            let known = [found.news.cause, found.news.unless].compactMap(\.self)
                .map {
                    NoticeStore.ToldCause(person: found.reader, cause: $0.stored(of: household))
                }
            return told.isDisjoint(with: known)
                && silent[found.reader]?.contains(found.news.kind) != true
        }
    }

    private static func isLater(hourOf now: Instant, than last: Instant) -> Bool {
        now.microseconds / 3_600_000_000 != last.microseconds / 3_600_000_000
    }

    /// Readers by what they see and which day it is where they are.
    private static func views(
        _ readers: [NoticeReader],
        at now: Instant
    ) -> [(today: LocalDate, readers: [NoticeReader])] {
        struct Key: Hashable {
            let hidden: Set<AccountID>
            let today: LocalDate
        }
        var views: [(key: Key, readers: [NoticeReader])] = []
        for reader in readers {
            let key = Key(hidden: reader.hidden, today: reader.clock.time(at: now).day)
            if let index = views.firstIndex(where: { $0.key == key }) {
                views[index].readers.append(reader)
            } else {
                views.append((key, [reader]))
            }
        }
        return views.map { ($0.key.today, $0.readers) }
    }
}

extension NoticeReader {
    /// - Parameter hidden: what they do not see; nothing, for what the server does in their right.
    fileprivate func member(
        of household: HouseholdID,
        _ currency: Currency,
        _ week: Weekday,
        sees hidden: Set<AccountID> = []
    ) -> Member {
        Member(
            household: household,
            person: person,
            role: role,
            currency: currency,
            weekStart: week,
            timeZone: timeZone,
            sees: AccountVision(hidden: hidden)
        )
    }
}
