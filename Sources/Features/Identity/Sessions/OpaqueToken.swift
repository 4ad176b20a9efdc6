import Crypto

/// 256 bits that nobody can guess and that mean nothing by themselves. The database keeps their
/// hash only.
package struct OpaqueToken: Sendable {
    private static let length = 32

    let bytes: [UInt8]

    /// A new one.
    package init() {
        bytes = SymmetricKey(size: .bits256).withUnsafeBytes { Array($0) }
    }

    /// Nil for what cannot be one.
    package init?(_ text: some StringProtocol) {
        guard let bytes = Base64URL.decode(text) else { return nil }
        self.init(bytes: bytes)
    }

    init?(bytes: [UInt8]) {
        guard bytes.count == Self.length else { return nil }
        self.bytes = bytes
    }

    package var text: String { Base64URL.encode(bytes) }
    package var hash: [UInt8] { Array(SHA256.hash(data: bytes)) }
}
