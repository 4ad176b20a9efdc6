package import Crypto
package import Foundation

/// Encrypts with a key that comes from a passphrase.
///
/// - Source: PBKDF2 with HMAC-SHA-256, RFC 8018; 600 000 rounds, OWASP Password Storage Cheat Sheet. AES-256-GCM,
///   NIST SP 800-38D.
package struct PassphraseKey: Sendable {
    package let recipe: Recipe
    private let key: SymmetricKey

    /// How the key is made from the passphrase again.
    package struct Recipe: Codable, Sendable, Equatable {
        package let iterations: Int
        package let salt: Data
    }

    package static let iterations = 600_000
    private static let saltLength = 16

    /// What a damaged or hostile file may make us compute.
    private static let iterationLimit = 10_000_000

    /// Each block is sealed with this much around it.
    package static let overhead = 28

    /// A key for a new backup.
    package init(passphrase: String) throws {
        var generator = SystemRandomNumberGenerator()
        let salt = (0..<Self.saltLength).map { _ in
            UInt8.random(in: .min ... .max, using: &generator)
        }
        try self.init(
            passphrase: passphrase,
            Recipe(iterations: Self.iterations, salt: Data(salt))
        )
    }

    package init(passphrase: String, _ recipe: Recipe) throws {
        guard (1...Self.iterationLimit).contains(recipe.iterations), recipe.salt.count <= 64 else {
            throw BackupError.damaged("its encryption makes no sense")
        }
        self.recipe = recipe
        key = SymmetricKey(
            data: Self.derive(Array(passphrase.utf8), Array(recipe.salt), recipe.iterations)
        )
    }

    /// The master key of an operator who keeps a passphrase in their head.
    ///
    /// - Parameter salt: at least 16 bytes.
    package static func master(passphrase: String, salt: [UInt8]) -> SymmetricKey {
        SymmetricKey(data: derive(Array(passphrase.utf8), salt, iterations))
    }

    /// One block of PBKDF2, which is as long as the key.
    static func derive(_ passphrase: [UInt8], _ salt: [UInt8], _ iterations: Int) -> [UInt8] {
        let keyed = HMAC<SHA256>(key: SymmetricKey(data: passphrase))
        func authenticate(_ bytes: [UInt8]) -> [UInt8] {
            var hash = keyed
            hash.update(data: bytes)
            return Array(hash.finalize())
        }
        var round = authenticate(salt + [0, 0, 0, 1])
        var sum = round
        for _ in 1..<max(iterations, 1) {
            round = authenticate(round)
            for index in sum.indices { sum[index] ^= round[index] }
        }
        return sum
    }

    /// - Parameter place: it opens nowhere else.
    package func seal(_ plain: some DataProtocol, place: String) throws -> Data {
        let box = try AES.GCM.seal(plain, using: key, authenticating: Data(place.utf8))
        return Data(box.nonce) + box.ciphertext + box.tag
    }

    /// - Throws: when the passphrase is another, or the bytes were changed or moved.
    package func open(_ sealed: Data, place: String) throws -> Data {
        do {
            let box = try AES.GCM.SealedBox(combined: sealed)
            return try AES.GCM.open(box, using: key, authenticating: Data(place.utf8))
        } catch {
            throw BackupError.wrongPassphrase
        }
    }
}

/// Why a backup cannot be made or used.
package enum BackupError: Error, Equatable, CustomStringConvertible {
    case damaged(String)
    case wrongPassphrase
    case needsPassphrase
    case tool(String)
    case unproved([String])
    case file(String)

    package var description: String {
        switch self {
        case .damaged(let what): "the backup is damaged: \(what)"
        case .wrongPassphrase: "the passphrase is not the one that the backup was made with"
        case .needsPassphrase: "the backup is encrypted: give its passphrase with --passphrase-file"
        case .tool(let what): what
        case .unproved(let lines):
            "the copy is not whole: " + lines.prefix(5).joined(separator: "; ")
        case .file(let what): what
        }
    }
}
