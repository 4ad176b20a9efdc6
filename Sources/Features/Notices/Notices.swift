import Ledger
import Storage

/// Tells people, each once, in the transaction of what they are told of or of the job that found it.
struct Notices {
    private let transaction: any SQLTransaction
    private let household: HouseholdID?
    private let now: Instant
    private let ids: IDSource
    private let events: EventHub?
    private let seal: (_ plain: [UInt8], PersonID, _ place: String) throws -> [UInt8]

    /// Of what concerns a household.
    init(_ write: HouseholdWrite) {
        transaction = write.transaction
        household = write.household
        now = write.now
        ids = write.ids
        events = write.events
        seal = { plain, _, place in try write.seal(plain, place: place) }
    }

    /// Of what concerns nobody's household.
    init(_ transaction: any SQLTransaction, _ environment: ServerEnvironment) {
        self.transaction = transaction
        household = nil
        now = environment.clock.now()
        ids = environment.ids
        events = environment.events
        seal = { plain, person, place in
            try SecurityTrail(transaction, environment).open(.person(person))
            return try environment.personKeys.seal(
                plain,
                for: .person(person),
                place: place,
                transaction
            )
        }
    }

    /// Tells some members, or all who may hear of it.
    ///
    /// - Returns: how many were told.
    @discardableResult
    func tell(_ news: News, to people: Set<PersonID>? = nil) throws -> Int {
        guard let household else { return 0 }
        let readers = try NoticeReaders(transaction: transaction).members(of: household)
        return try tell(news, readers.filter { people?.contains($0.person) ?? true })
    }

    /// - Returns: how many were told.
    @discardableResult
    func tell(_ news: News, _ readers: [NoticeReader]) throws -> Int {
        var told = 0
        // In one order, so that two who tell the same people do not wait for each other.
        for reader in readers.sorted(by: { $0.person < $1.person }) where reader.mayHear(of: news) {
            if try tell(news, reader) { told += 1 }
        }
        return told
    }

    private func tell(_ news: News, _ reader: NoticeReader) throws -> Bool {
        let choice = reader.preferences.choice(news.kind)
        guard !choice.isSilent else { return false }
        let id: NoticeID = ids.next()
        let content = NoticeContent(link: news.link, details: news.details)
        let payload = try seal(
            NoticeContent.shape.bytes(content),
            reader.person,
            NoticeStore.place(id, of: reader.person)
        )
        let store = NoticeStore(transaction: transaction)
        let isNew = try store.insert(
            .init(
                person: reader.person,
                id: id,
                household: household,
                news: news,
                choice: choice,
                at: now,
                payload: payload
            )
        )
        guard isNew else { return false }
        try store.noteChange(of: reader.person)
        if choice.mail == .atOnce, !news.kind.hasOwnLetter {
            try queueLetter(to: reader)
        }
        transaction.afterCommit { [events, kind = news.kind] in
            events?.noteTold(kind, to: reader.person)
        }
        return true
    }

    /// The letter waits until it is not quiet any more. Others that come up meanwhile are in it too.
    private func queueLetter(to reader: NoticeReader) throws {
        let end = reader.preferences.quiet?.end(at: now, in: reader.clock)
        _ = try JobStore(transaction: transaction).insert(
            NewJob(
                NoticeMailJob.kind,
                about: "notices",
                single: reader.person.description,
                payload: reader.person.value.bytes,
                dueAt: end
            ),
            ids.next(),
            at: now
        )
    }
}
