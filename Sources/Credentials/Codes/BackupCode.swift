import Crypto

/// A code on paper, good for one sign-in without the authenticator.
///
/// - Invariant: 80 bits of Base32: sixteen characters, of which none looks like another.
package struct BackupCode: Hashable, Sendable {
    /// How many a person has at once.
    package static let setSize = 10
    /// - Units: bytes
    private static let length = 10
    private static let groupLength = 4

    /// Without groups, in capitals: what is hashed.
    package let plain: String

    /// A new one, that nobody can guess.
    package init() {
        let key = SymmetricKey(size: SymmetricKeySize(bitCount: Self.length * 8))
        plain = Base32.encode(key.withUnsafeBytes { Array($0) })
    }

    /// Nil for what cannot be one. Case, spaces and dashes do not matter.
    package init?(_ text: String) {
        guard let bytes = Base32.decode(text), bytes.count == Self.length else { return nil }
        plain = Base32.encode(bytes)
    }

    /// As it is shown and printed: `ABCD-EFGH-IJKL-MNOP`.
    package var text: String {
        stride(from: 0, to: plain.utf8.count, by: Self.groupLength)
            .map { plain.dropFirst($0).prefix(Self.groupLength) }
            .joined(separator: "-")
    }

    package static func makeSet() -> [BackupCode] {
        var codes: Set<BackupCode> = []
        while codes.count < setSize { codes.insert(BackupCode()) }
        return codes.sorted { $0.plain < $1.plain }
    }
}
