import CArgon2
import Foundation

/// Turns passwords into Argon2id hashes, and checks them, on threads of its own.
///
/// - Source: RFC 9106; the parameters are above OWASP's floor (m=19456, t=2, p=1).
package struct PasswordHasher: Sendable {
    private let cost: Cost
    private let pool: BoundedPool

    /// What one hash costs.
    package struct Cost: Sendable, Equatable {
        package let memoryKiB: UInt32
        package let passes: UInt32
        package let lanes: UInt32

        package init(memoryKiB: UInt32, passes: UInt32, lanes: UInt32) {
            self.memoryKiB = memoryKiB
            self.passes = passes
            self.lanes = lanes
        }

        /// About 180 ms of one core.
        package static let standard = Cost(memoryKiB: 65_536, passes: 3, lanes: 1)

        /// What every hash of this cost begins with.
        var prefix: String { "$argon2id$v=19$m=\(memoryKiB),t=\(passes),p=\(lanes)$" }
    }

    /// - Parameters:
    ///   - threads: how many hashes are made at once; each takes `memoryKiB`.
    ///   - waiting: how many more may wait before others are refused.
    package init(cost: Cost = .standard, threads: Int = 2, waiting: Int = 32) {
        self.init(
            cost: cost,
            pool: BoundedPool("passwords", threads: threads, waiting: waiting)
        )
    }

    init(cost: Cost, pool: BoundedPool) {
        self.cost = cost
        self.pool = pool
    }

    /// The same threads for hashes of another cost.
    func with(cost: Cost) -> PasswordHasher {
        PasswordHasher(cost: cost, pool: pool)
    }

    /// - Throws: 503 when too many wait already.
    func hash(_ password: String) async throws -> String {
        let cost = cost
        return try await pool.run { try Self.hash(Self.normalised(password), cost) }
    }

    /// Takes the same time whether the hash is someone's or, for an unknown address, nobody's, and
    /// whichever of the costs it has.
    ///
    /// - Parameter prefixes: what hashes of each cost that is stored begin with.
    /// - Throws: 503 when too many wait already.
    func verify(
        _ password: String,
        against hash: String?,
        among prefixes: [String] = []
    ) async throws -> Bool {
        let looks = looks(at: hash, among: prefixes)
        let verdicts = try await pool.run {
            let plain = Self.normalised(password)
            return try looks.map { try Self.verify(plain, $0) }
        }
        return verdicts[0] && hash != nil
    }

    /// What is computed for a password: the stored hash, and nobody's at each other cost.
    func looks(at hash: String?, among prefixes: [String]) -> [String] {
        let stored = hash ?? Self.nobodysHash(currentPrefix)
        return [stored] + prefixes.filter { !stored.hasPrefix($0) }.map(Self.nobodysHash)
    }

    /// What every hash that is made now begins with.
    var currentPrefix: String { cost.prefix }

    /// What stands before a hash's salt: its cost. Nil for what is no hash.
    static func prefix(of hash: String) -> String? {
        let parts = hash.split(separator: "$")
        return parts.count == 5 ? "$" + parts[0..<3].joined(separator: "$") + "$" : nil
    }

    /// Whether the hash was made at another cost, and should be made anew while the password is
    /// known.
    func isOutdated(_ hash: String) -> Bool {
        !hash.hasPrefix(cost.prefix)
    }

    /// A hash that no password has: its salt and tag are zeros.
    private static func nobodysHash(_ prefix: String) -> String {
        prefix + String(repeating: "A", count: 22) + "$" + String(repeating: "A", count: 43)
    }

    /// The same password however its accents were typed.
    ///
    /// - Source: Unicode NFKC, as NIST SP 800-63B asks.
    private static func normalised(_ password: String) -> [UInt8] {
        Array(password.precomposedStringWithCompatibilityMapping.utf8)
    }

    private static let saltLength = 16
    private static let tagLength = 32

    private static func hash(_ password: [UInt8], _ cost: Cost) throws -> String {
        var generator = SystemRandomNumberGenerator()
        let salt = (0..<saltLength).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
        let length = argon2_encodedlen(
            cost.passes,
            cost.memoryKiB,
            cost.lanes,
            UInt32(saltLength),
            UInt32(tagLength),
            Argon2_id
        )
        var encoded = [CChar](repeating: 0, count: length)
        let code = argon2id_hash_encoded(
            cost.passes,
            cost.memoryKiB,
            cost.lanes,
            password,
            password.count,
            salt,
            salt.count,
            tagLength,
            &encoded,
            encoded.count
        )
        guard code == ARGON2_OK.rawValue else { throw refusal(code) }
        return String(
            decoding: encoded.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)),
            as: UTF8.self
        )
    }

    private static func verify(_ password: [UInt8], _ encoded: String) throws -> Bool {
        let code = argon2id_verify(encoded, password, password.count)
        if code == ARGON2_VERIFY_MISMATCH.rawValue { return false }
        guard code == ARGON2_OK.rawValue else { throw refusal(code) }
        return true
    }

    private static func refusal(_ code: Int32) -> APIError {
        .unavailable("argon2: \(String(cString: argon2_error_message(code)))")
    }
}
