@testable import Features
import Foundation
import Storage
import Testing

/// The letters that wait to be sent.
struct Mailbox: Sendable {
    let environment: ServerEnvironment

    /// What waits for an address, in order.
    func letters(to address: String) async throws -> [Letter] {
        try await addressed(to: address).map(\.letter)
    }

    func addressed(to address: String) async throws -> [AddressedLetter] {
        try await environment.database.read(.shared) { [environment] transaction in
            let rows = try transaction.rows(
                """
                SELECT id, payload FROM job WHERE kind = 'mail' AND payload IS NOT NULL
                ORDER BY created_at, id
                """
            ) { (try $0.uuid(), try $0.bytes()) }
            return try rows.map { id, payload in
                let plain = try environment.personKeys.open(
                    payload,
                    for: .server,
                    place: "mail/\(id)",
                    transaction
                )
                return try JSONDecoder().decode(AddressedLetter.self, from: Data(plain))
            }.filter { $0.to == address }
        }
    }

    /// The token in the last letter with a link.
    func token(to address: String) async throws -> String {
        let links = try await letters(to: address).compactMap(\.link)
        let link = try #require(links.last, "no letter with a link for \(address)")
        return try #require(link.split(separator: "=").last.map(String.init))
    }
}

extension Letter {
    var link: String? {
        switch self {
        case .verifyEmail(_, let link), .confirmNewEmail(_, let link), .resetPassword(_, let link),
            .invitation(_, _, _, let link), .deletionPlanned(_, _, let link):
            link
        default: nil
        }
    }
}

extension TestServer {
    var mailbox: Mailbox { Mailbox(environment: environment) }

    /// The actions on someone's trail, or the server's, in order.
    func trail(of email: String?) async throws -> [String] {
        try await environment.database.read(.shared) { transaction in
            guard let email else {
                return try transaction.rows(
                    """
                    SELECT action, outcome FROM trail_entry WHERE trail_id = \(TrailOwner.server.id)
                    ORDER BY sequence
                    """
                ) { "\(try $0.text()) \(try $0.text())" }
            }
            return try transaction.rows(
                """
                SELECT trail_entry.action, trail_entry.outcome
                FROM trail_entry JOIN person ON person.id = trail_entry.trail_id
                WHERE person.email_folded = \(email) ORDER BY trail_entry.sequence
                """
            ) { "\(try $0.text()) \(try $0.text())" }
        }
    }
}
