import Foundation
import Ledger
package import Storage

/// Mail that waits to be sent. It is written with the change that it tells of, so that there is
/// never the one without the other, and no request waits for a mail server.
package struct MailQueue {
    private let transaction: any SQLTransaction
    private let environment: ServerEnvironment

    package init(_ transaction: any SQLTransaction, _ environment: ServerEnvironment) {
        self.transaction = transaction
        self.environment = environment
    }

    /// Puts a letter in the queue. It is sealed: links in it open doors.
    package func add(_ letter: Letter, to email: String, locale: String) throws {
        let id = environment.ids.next(Entity.Mail.self)
        let now = environment.clock.now()
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
        try transaction.execute(
            """
            INSERT INTO mail (id, kind, payload, created_at, due_at)
            VALUES (\(id), \(letter.kind), \(payload), \(now), \(now))
            """
        )
        transaction.afterCommit { [signal = environment.mailSignal] in signal.raise() }
    }

    static func place(_ id: Identifier<Entity.Mail>) -> String { "mail/\(id)" }
}
