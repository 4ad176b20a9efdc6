import Credentials
import Crypto

/// A token that a person gave to a program of theirs: `martlet_pat_` and 58 characters.
///
/// It begins with a mark and ends with a checksum, so that a scanner of sources finds what was left
/// lying there and is not misled by what looks like it. The database keeps its hash only: 256 bits
/// need no slow one.
struct PersonalToken: Sendable {
    static let mark = "martlet_pat_"
    /// - Units: bytes
    private static let length = 32
    /// - Units: bytes
    private static let checksumLength = 4
    private static let hintLength = 4

    let text: String

    /// A new one, that nobody can guess.
    init() {
        self.init(bytes: SymmetricKey(size: .bits256).withUnsafeBytes { Array($0) })
    }

    /// Nil for what was mistyped or is no such token; no database need be asked.
    init?(_ text: String) {
        guard text.hasPrefix(Self.mark), text.utf8.count < 128,
            let bytes = Base32.decode(String(text.dropFirst(Self.mark.count))),
            bytes.count == Self.length + Self.checksumLength
        else { return nil }
        let token = PersonalToken(bytes: Array(bytes.prefix(Self.length)))
        guard token.text == text else { return nil }
        self = token
    }

    private init(bytes: [UInt8]) {
        let checksum = SHA256.hash(data: Array(Self.mark.utf8) + bytes)
            .prefix(Self.checksumLength)
        text = Self.mark + Base32.encode(bytes + checksum).lowercased()
    }

    var hash: [UInt8] { Array(SHA256.hash(data: Array(text.utf8))) }

    /// By which its owner knows it again.
    var hint: String { String(text.prefix(Self.mark.count + Self.hintLength)) }
}
