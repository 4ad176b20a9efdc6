import Foundation
import Ledger
import Logging
import Storage

/// Sends the letters that wait, and tries again where that may help.
///
/// A letter is taken by a condition in the database before it is sent, so of several nodes one sends it. Only where a
/// process ends between the sending and the noting does a letter go out twice, under the same Message-ID.
package struct MailDelivery: Sendable {
    /// How many letters are sent at a time.
    private static let lanes = 4
    /// How many letters a look finds; the rest is found by the next.
    private static let batch = 64
    /// How long a taken letter is nobody else's: longer than any transport waits.
    ///
    /// - Units: seconds
    static let leaseSeconds: Int64 = 300

    private let environment: ServerEnvironment
    private let transport: any MailTransport
    private let sender: MailSender
    private let pool = BoundedPool("mail", threads: lanes, waiting: batch)

    package init(
        _ environment: ServerEnvironment,
        by transport: any MailTransport,
        from sender: MailSender
    ) {
        self.environment = environment
        self.transport = transport
        self.sender = sender
    }

    private typealias Taken = MailStore.Taken

    /// Sends what is due now.
    ///
    /// - Returns: how many letters were tried.
    @discardableResult
    package func run() async throws -> Int {
        var tried = 0
        while !Task.isCancelled {
            let now = environment.clock.now()
            let due = try await environment.database.read(.shared) {
                try MailStore(transaction: $0).due(at: now, limit: Self.batch)
            }
            let count = try await send(due)
            guard count > 0 else { break }
            tried += count
        }
        return tried
    }

    /// How long nothing will be due; nil when nothing waits.
    package func secondsToNext() async throws -> Int64? {
        let next = try await environment.database.read(.shared) {
            try MailStore(transaction: $0).nextDue()
        }
        let now = environment.clock.now()
        return next.map { max(($0.microseconds - now.microseconds + 999_999) / 1_000_000, 0) }
    }

    private func send(_ due: [MailStore.ID]) async throws -> Int {
        try await withThrowingTaskGroup(of: Bool.self) { group in
            var (tried, waiting) = (0, due[...])
            for id in waiting.prefix(Self.lanes) { group.addTask { try await send(id) } }
            waiting = waiting.dropFirst(Self.lanes)
            while let wasMine = try await group.next() {
                tried += wasMine ? 1 : 0
                guard !Task.isCancelled, let id = waiting.popFirst() else { continue }
                group.addTask { try await send(id) }
            }
            return tried
        }
    }

    /// - Returns: false when another has the letter.
    private func send(_ id: MailStore.ID) async throws -> Bool {
        guard let (taken, letter) = try await take(id) else { return false }
        let now = environment.clock.now()
        guard let letter, let recipient = EmailAddress(letter.to) else {
            try await giveUp(taken, "it cannot be read")
            return true
        }
        guard now < taken.createdAt.adding(seconds: letter.letter.usefulSeconds) else {
            try await giveUp(taken, "its time was over")
            return true
        }
        let message = message(letter, to: recipient, taken)
        let transport = transport
        do {
            try await pool.run { try transport.send(message) }
            try await noteSent(taken)
        } catch MailFailure.refused(let reason) {
            try await giveUp(taken, reason)
        } catch MailFailure.later(let reason) {
            try await postpone(taken, letter.letter, reason)
        }
        return true
    }

    /// The letter is nil when it cannot be opened: then it never can.
    private func take(_ id: MailStore.ID) async throws -> (Taken, AddressedLetter?)? {
        let environment = environment
        let now = environment.clock.now()
        return try await environment.database.write(.shared) { transaction in
            let store = MailStore(transaction: transaction)
            let end = now.adding(seconds: Self.leaseSeconds)
            guard let taken = try store.take(id, at: now, until: end) else { return nil }
            // Whatever is wrong with it, trying again does not mend it, and the loss is noted.
            let plain = try? environment.personKeys.open(
                taken.payload,
                for: .server,
                place: MailQueue.place(id),
                transaction
            )
            let letter = plain.flatMap {
                try? JSONDecoder().decode(AddressedLetter.self, from: Data($0))
            }
            return (taken, letter)
        }
    }

    private func message(
        _ letter: AddressedLetter,
        to recipient: EmailAddress,
        _ taken: Taken
    ) -> MailMessage {
        let layout = MailLanguage.of(letter.locale).layout(
            letter.letter,
            server: environment.publicAddress
        )
        return MailMessage(
            from: sender,
            to: recipient,
            subject: layout.text.subject,
            text: layout.plain,
            html: layout.html,
            id: "\(taken.id)@\(sender.domain)",
            date: taken.createdAt
        )
    }

    // MARK: What came of it

    private func noteSent(_ taken: Taken) async throws {
        let now = environment.clock.now()
        try await environment.database.write(.shared) {
            try MailStore(transaction: $0).noteSent(taken.id, at: now)
        }
        environment.logger.info("a letter was sent", metadata: metadata(taken))
    }

    private func giveUp(_ taken: Taken, _ reason: String) async throws {
        let now = environment.clock.now()
        try await environment.database.write(.shared) {
            try MailStore(transaction: $0).giveUp(taken.id, at: now, because: reason)
        }
        environment.logger.error("a letter was given up: \(reason)", metadata: metadata(taken))
    }

    private func postpone(_ taken: Taken, _ letter: Letter, _ reason: String) async throws {
        let pause = Self.pauseSeconds(after: taken.attempts)
        let due = environment.clock.now().adding(seconds: pause)
        guard due < taken.createdAt.adding(seconds: letter.usefulSeconds) else {
            return try await giveUp(taken, reason)
        }
        try await environment.database.write(.shared) {
            try MailStore(transaction: $0).postpone(taken.id, until: due, because: reason)
        }
        environment.logger.warning(
            "a letter could not be sent and is tried again in \(pause) s: \(reason)",
            metadata: metadata(taken)
        )
    }

    private func metadata(_ taken: Taken) -> Logger.Metadata {
        ["letter": "\(taken.id)", "kind": "\(taken.kind)", "attempt": "\(taken.attempts)"]
    }

    /// How long a letter rests after a try, counted from one.
    static func pauseSeconds(after attempts: Int) -> Int64 {
        let pauses: [Int64] = [60, 300, 1_800, 7_200, 43_200]
        return pauses[min(max(attempts, 1), pauses.count) - 1]
    }
}

extension Letter {
    /// How long it is of use: a link that has run out helps nobody.
    var usefulSeconds: Int64 {
        switch self {
        case .resetPassword: OneTimeTokenKind.resetPassword.lifetimeSeconds
        case .verifyEmail: OneTimeTokenKind.verifyEmail.lifetimeSeconds
        case .confirmNewEmail: OneTimeTokenKind.changeEmail.lifetimeSeconds
        default: 3 * 86_400
        }
    }
}
