import Foundation
import Ledger
import Logging
import Storage

/// Sends a letter.
///
/// Only where a process ends between the sending and the noting does a letter go out twice, under the same Message-ID.
package struct MailJob: JobHandler {
    static let kind = "mail"

    /// How many letters are sent at a time.
    private static let lanes = 4

    /// A mail server that is away is asked ever more seldom, until the letter is of no use any more.
    package let policy = JobPolicy(
        kind,
        lanes: lanes,
        pauses: [60, 300, 1_800, 7_200, 43_200],
        tries: nil
    )

    private let environment: ServerEnvironment
    private let transport: any MailTransport
    private let sender: MailSender
    private let pool = BoundedPool("mail", threads: lanes, waiting: lanes)

    package init(
        _ environment: ServerEnvironment,
        by transport: any MailTransport,
        from sender: MailSender
    ) {
        self.environment = environment
        self.transport = transport
        self.sender = sender
    }

    package func run(_ job: RunningJob) async throws {
        guard let letter = try await open(job), let recipient = EmailAddress(letter.to) else {
            throw JobFailure.hopeless("it cannot be read")
        }
        let end = job.createdAt.adding(seconds: letter.letter.usefulSeconds)
        guard environment.clock.now() < end else { throw JobFailure.hopeless("its time was over") }
        let message = message(letter, to: recipient, job)
        let transport = transport
        do {
            try await pool.run { try transport.send(message) }
        } catch MailFailure.refused(let reason) {
            throw JobFailure.refused(reason)
        } catch MailFailure.later(let reason) {
            let pause = policy.pauseSeconds(after: job.attempt)
            guard environment.clock.now().adding(seconds: pause) < end else {
                throw JobFailure.refused(reason)
            }
            throw Postponed(description: reason)
        }
        environment.logger.info("a letter was sent", metadata: ["job": "\(job.id)"])
    }

    /// Why a letter is sent later.
    private struct Postponed: Error, CustomStringConvertible {
        let description: String
    }

    /// Nil when the letter cannot be opened: then it never can, and the loss is noted.
    private func open(_ job: RunningJob) async throws -> AddressedLetter? {
        let environment = environment
        let plain = try await environment.database.read(.shared) { transaction in
            try? environment.personKeys.open(
                job.payload,
                for: .server,
                place: MailQueue.place(job.id),
                transaction
            )
        }
        return plain.flatMap { try? JSONDecoder().decode(AddressedLetter.self, from: Data($0)) }
    }

    private func message(
        _ letter: AddressedLetter,
        to recipient: EmailAddress,
        _ job: RunningJob
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
            id: "\(job.id)@\(sender.domain)",
            date: job.createdAt
        )
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
