import Ledger
import Logging
import Storage

/// Puts notices into letters: at once, or gathered for a day or a week.
///
/// That a notice is in a letter is noted in the transaction that queues the letter, so it is in one, and in one only.
package struct NoticeLetters: Sendable {
    private let environment: ServerEnvironment

    /// How many notices a letter lists.
    static let listed = 50
    /// What is older is in no letter any more: it was held up by what made it useless.
    ///
    /// - Units: seconds
    static let usefulSeconds: Int64 = 14 * 86_400

    package init(_ environment: ServerEnvironment) {
        self.environment = environment
    }

    /// Queues all letters that are due now.
    ///
    /// - Returns: how many.
    package func run() async throws -> Int {
        let first = environment.clock.now().adding(seconds: -Self.usefulSeconds)
        let people: [PersonID] = try await environment.database.read(.shared) {
            try $0.rows(
                """
                SELECT DISTINCT person_id FROM notice
                WHERE mail <> 'off' AND mailed_at IS NULL AND told_at >= \(first)
                    AND payload IS NOT NULL
                ORDER BY person_id
                """
            ) { try $0.identifier() }
        }
        var letters = 0
        for person in people {
            try Task.checkCancellation()
            do {
                letters += try await write(to: person)
            } catch let error as CancellationError {
                throw error
            } catch {
                environment.logger.error(
                    "notices could not be put into a letter: \(error)",
                    metadata: ["person": "\(person)"]
                )
            }
        }
        return letters
    }

    /// Queues the letters that somebody is to get now.
    ///
    /// - Parameter also: what else is done in the same transaction.
    /// - Returns: how many.
    @discardableResult
    func write(
        to person: PersonID,
        also: @escaping @Sendable (any SQLTransaction) throws -> Void = { _ in }
    ) async throws -> Int {
        let environment = environment
        let now = environment.clock.now()
        return try await environment.database.write(.shared) { transaction in
            try also(transaction)
            guard let reader = try NoticeReaders(transaction: transaction).person(person) else {
                return 0
            }
            let list = try NoticeList(person, transaction, environment)
            // What is told is nobody's business whose address it may turn out to be.
            guard list.person.emailVerifiedAt != nil else { return 0 }
            return try Self.rhythms(of: reader, at: now).reduce(0) { letters, due in
                let isWritten = try write(due, list, at: now)
                return letters + (isWritten ? 1 : 0)
            }
        }
    }

    private struct Due {
        let mail: NoticeChoice.Mail
        let rhythm: NoticeRhythm
        /// What was told before this is in it.
        let end: Instant
    }

    private static func rhythms(of reader: NoticeReader, at now: Instant) -> [Due] {
        let preferences = reader.preferences
        let times = DigestTimes(
            clock: reader.clock,
            hour: preferences.digestHour,
            weekday: preferences.digestWeekday
        )
        var due = [
            Due(mail: .daily, rhythm: .daily, end: times.lastDay(before: now)),
            Due(mail: .weekly, rhythm: .weekly, end: times.lastWeek(before: now)),
        ]
        let quietEnd = preferences.quiet?.end(at: now, in: reader.clock)
        if quietEnd.map({ $0 <= now }) ?? true {
            due.append(Due(mail: .atOnce, rhythm: .atOnce, end: now.adding(seconds: 1)))
        }
        return due
    }

    /// - Returns: false when there is nothing to tell.
    private func write(_ due: Due, _ list: NoticeList, at now: Instant) throws -> Bool {
        let first = now.adding(seconds: -Self.usefulSeconds)
        let notices = try list.unmailed(due.mail, from: first, before: due.end)
        guard !notices.isEmpty else { return false }
        let person = list.person
        let count = try list.transaction.executeCounting(
            """
            UPDATE notice SET mailed_at = \(now)
            WHERE person_id = \(person.id) AND id IN \(list: notices.map(\.id))
                AND mailed_at IS NULL
            """
        )
        // Another node was faster with some of them; what it left is found at the next run.
        guard count == notices.count else { throw NoticesMailed() }
        let words = NoticeWords.of(person.locale)
        let listed = notices.prefix(Self.listed).map {
            LetterNotice(title: words.title($0.kind), text: $0.text, household: $0.householdName)
        }
        try MailQueue(list.transaction, environment).add(
            .notices(
                name: person.name,
                listed,
                more: notices.count - listed.count,
                rhythm: due.rhythm,
                center: "\(environment.publicAddress)/notices",
                preferences: "\(environment.publicAddress)/settings/notices"
            ),
            to: person.email,
            locale: person.locale
        )
        return true
    }

    private struct NoticesMailed: Error {}
}

/// Sends what somebody is to be told at once, when it is not quiet where they are.
package struct NoticeMailJob: JobHandler {
    static let kind = "notice_mail"

    package let policy = JobPolicy(kind)
    private let environment: ServerEnvironment

    package init(_ environment: ServerEnvironment) {
        self.environment = environment
    }

    package func run(_ job: RunningJob) async throws {
        guard let id = UniqueID(bytes: job.payload) else {
            throw JobFailure.hopeless("it cannot be read")
        }
        let now = environment.clock.now()
        try await NoticeLetters(environment).write(to: PersonID(id)) { transaction in
            try job.finish(transaction, at: now)
        }
    }
}
