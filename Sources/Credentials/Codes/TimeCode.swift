import Crypto

/// Codes that an authenticator makes of a shared secret and the time.
///
/// - Source: RFC 6238 (TOTP) over RFC 4226 (HOTP).
package struct TimeCode: Sendable {
    /// How the secret and the time are mixed.
    package enum Hash: Sendable, CaseIterable {
        case sha1, sha256, sha512
    }

    /// - Units: bytes; as long as SHA-1's output, which RFC 4226 recommends.
    package static let secretLength = 20
    /// - Units: seconds
    package static let period: Int64 = 30
    /// How many steps a clock may be off, either way.
    package static let drift: Int64 = 1

    private let secret: SymmetricKey
    private let hash: Hash
    private let digits: Int

    /// The kind that every authenticator knows, unless told otherwise.
    package init(secret: [UInt8], hash: Hash = .sha1, digits: Int = 6) {
        self.secret = SymmetricKey(data: secret)
        self.hash = hash
        self.digits = digits
    }

    /// A secret that nobody can guess.
    package static func makeSecret() -> [UInt8] {
        SymmetricKey(size: SymmetricKeySize(bitCount: secretLength * 8)).withUnsafeBytes {
            Array($0)
        }
    }

    /// The step that a time lies in.
    package static func step(atSeconds seconds: Int64) -> Int64 { seconds / period }

    package func code(atStep step: Int64) -> String {
        let counter = (0..<8).map { UInt8(truncatingIfNeeded: step >> (56 - 8 * Int64($0))) }
        let mac = authentication(of: counter)
        let offset = Int(mac[mac.count - 1] & 15)
        let word = mac[offset..<offset + 4].reduce(UInt32(0)) { $0 << 8 | UInt32($1) } & 0x7FFF_FFFF
        var modulus: UInt32 = 1
        for _ in 0..<digits { modulus *= 10 }
        let plain = String(word % modulus)
        return String(repeating: "0", count: digits - plain.utf8.count) + plain
    }

    /// The step that a code belongs to, or nil when it belongs to none that is good now.
    ///
    /// All steps are tried, so that the time it takes does not tell which one it was.
    package func step(of code: String, atSeconds seconds: Int64) -> Int64? {
        let now = Self.step(atSeconds: seconds)
        var found: Int64?
        for step in (now - Self.drift)...(now + Self.drift)
        where Self.areEqual(self.code(atStep: step), code) {
            found = found ?? step
        }
        return found
    }

    private func authentication(of counter: [UInt8]) -> [UInt8] {
        switch hash {
        case .sha1:
            Array(HMAC<Insecure.SHA1>.authenticationCode(for: counter, using: secret))
        case .sha256: Array(HMAC<SHA256>.authenticationCode(for: counter, using: secret))
        case .sha512: Array(HMAC<SHA512>.authenticationCode(for: counter, using: secret))
        }
    }

    private static func areEqual(_ left: String, _ right: String) -> Bool {
        guard left.utf8.count == right.utf8.count else { return false }
        return zip(left.utf8, right.utf8).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
    }
}
