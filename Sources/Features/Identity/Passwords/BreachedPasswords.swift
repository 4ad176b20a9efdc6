import Crypto
import Foundation
package import Logging

/// Asks a public list of breached passwords, without telling which password is meant.
///
/// Five characters of a hash go out, and the list answers with all that begin so, padded to hide how
/// many. It is off until the operator turns it on. Where the list does not answer, the password is
/// taken: the offline list has looked at it already.
///
/// - Source: Have I Been Pwned, range search by k-anonymity; SHA-1 is the list's, and guards nothing
///   here.
package struct BreachedPasswords: Sendable {
    private let client: OutboundClient
    private let logger: Logger

    private static let address = "https://api.pwnedpasswords.com/range/"
    private static let prefixLength = 5

    package init(_ client: OutboundClient, logger: Logger) {
        self.client = client
        self.logger = logger
    }

    /// - Throws: 422 for the field when the password is in the list.
    func demandUnknown(_ password: String, field: String) async throws {
        guard await isListed(password) else { return }
        throw APIError.invalid(
            field,
            "breached",
            "is in a list of passwords that were stolen elsewhere: choose another"
        )
    }

    private func isListed(_ password: String) async -> Bool {
        let plain = password.precomposedStringWithCompatibilityMapping
        let hash = Insecure.SHA1.hash(data: Array(plain.utf8))
            .map { byte in (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true) }
            .joined()
        let rest = hash.dropFirst(Self.prefixLength)
        guard let url = URL(string: Self.address + hash.prefix(Self.prefixLength)) else {
            return false
        }
        do {
            let answer = try await client.send(
                OutboundRequest(.get, url, headers: [("Add-Padding", "true")])
            )
            guard answer.status == 200 else {
                logger.notice("the list of breached passwords answers \(answer.status)")
                return false
            }
            return String(decoding: answer.body, as: UTF8.self).split(whereSeparator: \.isNewline)
                .contains { line in
                    let parts = line.split(separator: ":")
                    // A count of nought is padding.
                    return parts.count == 2 && parts[0] == rest && parts[1] != "0"
                }
        } catch {
            logger.notice("the list of breached passwords does not answer")
            return false
        }
    }
}
