import Foundation
import Ledger
package import Storage

/// Where letters wait. They are written with the change that they tell of, so that there is never the one without the
/// other, and no request waits for a mail server.
package struct MailQueue {
    private let transaction: any SQLTransaction
    private let environment: ServerEnvironment

    package init(_ transaction: any SQLTransaction, _ environment: ServerEnvironment) {
        self.transaction = transaction
        self.environment = environment
    }

    /// Puts a letter in the queue. It is sealed: links in it open doors.
    package func add(_ letter: Letter, to email: String, locale: String) throws {
        let id = environment.ids.next(Entity.Job.self)
        let plain = try JSONEncoder().encode(
            AddressedLetter(to: email, locale: locale, letter: letter)
        )
        try SecurityTrail(transaction, environment).open(.server)
        let payload = try environment.personKeys.seal(
            Array(plain),
            for: .server,
            place: Self.place(id),
            transaction
        )
        try JobQueue(transaction, environment)
            .add(NewJob(MailJob.kind, about: letter.kind, payload: payload), id: id)
    }

    static func place(_ id: JobID) -> String { "mail/\(id)" }
}
