import Foundation

/// An address of the internet protocol, of version 4 or 6, and the networks that it lies in.
struct NetworkAddress: Hashable, Sendable {
    /// 16 bytes; version 4 as `::ffff:a.b.c.d`.
    fileprivate let bytes: [UInt8]

    /// Nil for what is no address. A zone such as `%eth0` is left out.
    init?(_ text: some StringProtocol) {
        let plain = String(text.prefix { $0 != "%" })
        guard plain.utf8.count <= 45 else { return nil }
        var six = [UInt8](repeating: 0, count: 16)
        if inet_pton(AF_INET6, plain, &six) == 1 {
            bytes = six
            return
        }
        var four = [UInt8](repeating: 0, count: 4)
        guard inet_pton(AF_INET, plain, &four) == 1 else { return nil }
        bytes = Self.versionFourPrefix + four
    }

    private static let versionFourPrefix: [UInt8] = Array(repeating: 0, count: 10) + [255, 255]

    var isVersionFour: Bool { bytes.starts(with: Self.versionFourPrefix) }

    /// What stands for everyone behind one line: the address of version 4, the /64 of version 6.
    var neighbourhood: String {
        let significant = isVersionFour ? bytes[12...] : bytes[..<8]
        return significant.map { String($0, radix: 16) }.joined(
            separator: isVersionFour ? "." : ":"
        )
    }
}

/// A network in the form `10.0.0.0/8`, or one address.
package struct NetworkRange: Sendable {
    private let base: [UInt8]
    /// How many of the 128 bits count.
    private let bits: Int

    /// Nil for what is no network.
    package init?(_ text: String) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count <= 2, let address = NetworkAddress(parts[0]) else { return nil }
        let width = address.isVersionFour ? 32 : 128
        var length = width
        if parts.count == 2 {
            guard let given = Int(parts[1]), (0...width).contains(given) else { return nil }
            length = given
        }
        base = address.bytes
        bits = 128 - width + length
    }

    func contains(_ address: NetworkAddress) -> Bool {
        let whole = bits / 8
        guard base[..<whole].elementsEqual(address.bytes[..<whole]) else { return false }
        let rest = bits % 8
        guard rest > 0 else { return true }
        let mask = ~(UInt8.max >> UInt8(rest))
        return base[whole] & mask == address.bytes[whole] & mask
    }
}

/// Tells where a request really came from. Only listed proxies are believed.
package struct ClientAddress: Sendable {
    private let proxies: [NetworkRange]

    /// More hops than any honest chain has.
    private static let hopLimit = 16

    package init(trusting proxies: [NetworkRange]) {
        self.proxies = proxies
    }

    /// The peer, or, when it is a listed proxy, the last hop of `X-Forwarded-For` that is not.
    func resolve(peer: String, forwardedFor header: String?) -> String {
        guard !proxies.isEmpty, let header, isTrusted(peer) else { return peer }
        var nearest = peer
        for hop in header.split(separator: ",").suffix(Self.hopLimit).reversed() {
            let text = String(hop).trimmed
            guard NetworkAddress(text) != nil else { return nearest }
            nearest = text
            if !isTrusted(text) { return text }
        }
        return nearest
    }

    private func isTrusted(_ text: String) -> Bool {
        guard let address = NetworkAddress(text) else { return false }
        return proxies.contains { $0.contains(address) }
    }
}
