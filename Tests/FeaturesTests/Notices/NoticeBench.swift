import HTTPTypes
import Ledger
import Storage
import Synchronization
import Testing

@testable import Features

extension SharedHome {
    var annID: PersonID { home.member.person }

    /// What somebody is told, the oldest first, whatever became of their session meanwhile.
    func notices(of person: PersonID) async throws -> [Notice] {
        let environment = server.environment
        return try await environment.database.read(.shared) {
            try NoticeList(person, $0, environment).page(after: nil, limit: 1_000)
        }
    }

    func kinds(of person: PersonID) async throws -> [NoticeKind] {
        try await notices(of: person).map(\.kind)
    }

    /// - Returns: how many people were told of how many things.
    @discardableResult
    func look() async throws -> Int {
        try await NoticeLook(server.environment).run()
    }

    /// Tells Ann, and all who may hear of it, of a bill.
    func tellOfBill(
        _ name: String,
        about accounts: Set<AccountID> = [],
        as kind: NoticeKind = .billDue
    ) async throws {
        let member = home.member
        try await server.environment.write(as: member, requestID: "test") { write in
            var details = NoticeDetails()
            details.name = name
            details.amount = Money(tenThousandths: 123_400_000, LedgerFixture.eur)
            details.limit = Money(tenThousandths: 90_000, LedgerFixture.eur)
            details.date = write.today
            let news = News(
                kind: kind,
                cause: .init(kind, name),
                link: "/bills",
                details: details,
                accounts: accounts
            )
            try Notices(write).tell(news)
        }
    }

    func verifyAddresses() async throws {
        try await server.environment.database.write(.shared) {
            try $0.execute("UPDATE person SET email_verified_at = \(Instant(microseconds: 1))")
        }
    }

    /// Letters with notices that wait for somebody.
    func letters(to name: String) async throws -> [[String]] {
        try await server.mailbox.letters(to: "\(name)@example.org").compactMap { letter in
            guard case .notices(_, let notices, _, _, _, _) = letter else { return nil }
            return notices.map(\.text)
        }
    }
}

/// Counts how often something was looked at.
final class Looks: Sendable {
    private let looks = Mutex(0)

    var count: Int { looks.withLock { $0 } }

    func add() { looks.withLock { $0 += 1 } }
}
