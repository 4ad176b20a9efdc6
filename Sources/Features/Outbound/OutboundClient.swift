import AsyncHTTPClient
package import Foundation
import NIOCore
import NIOHTTP1

/// What is asked of another server.
package struct OutboundRequest: Sendable {
    package enum Method: String, Sendable { case get = "GET", post = "POST" }

    package let method: Method
    package let url: URL
    package var headers: [(name: String, value: String)]
    package var body: [UInt8]
    /// The host that the operator named, which may lie in a private network; any other may not.
    package let trustedHost: String?

    package init(
        _ method: Method,
        _ url: URL,
        headers: [(name: String, value: String)] = [],
        body: [UInt8] = [],
        trustedHost: String? = nil
    ) {
        self.method = method
        self.url = url
        self.headers = headers
        self.body = body
        self.trustedHost = trustedHost
    }
}

package struct OutboundAnswer: Sendable {
    package let status: Int
    package let body: [UInt8]

    package init(status: Int, body: [UInt8]) {
        self.status = status
        self.body = body
    }
}

/// Why another server was not asked, or did not answer. Nothing of it is told to clients.
package enum OutboundError: Error, Equatable {
    case notAllowed(String)
    case unknownHost
    /// An address in a private network, behind a name that the operator did not give.
    case privateAddress
    case tooLarge
    case tooSlow
    case failed(String)
}

/// The one way out: what the server asks of others goes through here.
package struct OutboundClient: Sendable {
    package let send: @Sendable (OutboundRequest) async throws -> OutboundAnswer

    package init(send: @escaping @Sendable (OutboundRequest) async throws -> OutboundAnswer) {
        self.send = send
    }
}

extension OutboundClient {
    /// - Units: seconds
    private static let connectSeconds: Int64 = 5
    /// From the first byte to the last.
    ///
    /// - Units: seconds
    private static let totalSeconds: Int64 = 10
    /// - Units: bytes
    private static let answerLimit = 1 << 20

    private static let names = BoundedPool("names", threads: 2, waiting: 32)

    /// Asks over the network: no redirects, no proxies, no private addresses but of hosts that the
    /// operator named, and limits on time and size.
    package static let live = OutboundClient { request in
        let host = try allowedHost(of: request)
        let isTrusted = host == request.trustedHost
        let address = isTrusted ? nil : try await publicAddress(of: host)
        return try await withThrowingTaskGroup(of: OutboundAnswer.self) { group in
            group.addTask { try await exchange(request, host, pinnedTo: address) }
            group.addTask {
                try await Task.sleep(for: .seconds(totalSeconds))
                throw OutboundError.tooSlow
            }
            defer { group.cancelAll() }
            guard let first = try await group.next() else { throw OutboundError.tooSlow }
            return first
        }
    }

    /// Over https; over http only to this machine, where nobody listens in.
    static func isAllowed(_ url: URL) -> Bool {
        guard let host = url.host(), !host.isEmpty, url.user() == nil, url.password() == nil,
            url.fragment() == nil
        else { return false }
        switch url.scheme?.lowercased() {
        case "https": return true
        case "http": return ["localhost", "127.0.0.1", "::1"].contains(host.lowercased())
        default: return false
        }
    }

    private static func allowedHost(of request: OutboundRequest) throws(OutboundError) -> String {
        guard isAllowed(request.url), let host = request.url.host() else {
            throw .notAllowed("the address is not https")
        }
        return host.lowercased()
    }

    /// Every address that a name has is looked at, and the one that is used is one of these.
    private static func publicAddress(of host: String) async throws -> String {
        let addresses = try await names.run { try resolve(host) }
        guard let first = addresses.first else { throw OutboundError.unknownHost }
        guard addresses.allSatisfy({ NetworkAddress($0)?.isPublic == true }) else {
            throw OutboundError.privateAddress
        }
        return first
    }

    private static func resolve(_ host: String) throws -> [String] {
        var hints = addrinfo()
        #if canImport(Glibc)
            hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        #else
            hints.ai_socktype = SOCK_STREAM
        #endif
        var list: UnsafeMutablePointer<addrinfo>?
        guard getaddrinfo(host, nil, &hints, &list) == 0 else { throw OutboundError.unknownHost }
        defer { freeaddrinfo(list) }
        return sequence(first: list) { $0?.pointee.ai_next }
            .prefix { $0 != nil }
            .compactMap { entry in
                guard let info = entry?.pointee else { return nil }
                var text = [CChar](repeating: 0, count: Int(NI_MAXHOST))
                let code = getnameinfo(
                    info.ai_addr,
                    info.ai_addrlen,
                    &text,
                    socklen_t(text.count),
                    nil,
                    0,
                    NI_NUMERICHOST
                )
                let bytes = text.prefix { $0 != 0 }.map(UInt8.init(bitPattern:))
                return code == 0 ? String(decoding: bytes, as: UTF8.self) : nil
            }
    }

    private static func exchange(
        _ request: OutboundRequest,
        _ host: String,
        pinnedTo address: String?
    ) async throws -> OutboundAnswer {
        var configuration = HTTPClient.Configuration(
            redirectConfiguration: .disallow,
            timeout: .init(connect: .seconds(connectSeconds), read: .seconds(totalSeconds)),
            decompression: .disabled
        )
        configuration.httpVersion = .http1Only
        if let address { configuration.dnsOverride = [host: address] }
        let client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
        let result: Result<OutboundAnswer, any Error>
        do {
            result = .success(try await exchange(request, over: client))
        } catch {
            result = .failure(error)
        }
        try await client.shutdown()
        return try result.get()
    }

    private static func exchange(
        _ request: OutboundRequest,
        over client: HTTPClient
    ) async throws -> OutboundAnswer {
        var asked = HTTPClientRequest(url: request.url.absoluteString)
        asked.method = request.method == .post ? .POST : .GET
        asked.headers.add(name: "Accept", value: "application/json")
        asked.headers.add(name: "User-Agent", value: "Martlet")
        for header in request.headers { asked.headers.add(name: header.name, value: header.value) }
        if !request.body.isEmpty { asked.body = .bytes(ByteBuffer(bytes: request.body)) }
        let answer: HTTPClientResponse
        do {
            answer = try await client.execute(asked, timeout: .seconds(totalSeconds))
        } catch let error as HTTPClientError {
            throw OutboundError.failed(error.shortDescription)
        }
        var body: [UInt8] = []
        for try await part in answer.body {
            guard body.count + part.readableBytes <= answerLimit else {
                throw OutboundError.tooLarge
            }
            body.append(contentsOf: part.readableBytesView)
        }
        return OutboundAnswer(status: Int(answer.status.code), body: body)
    }
}

extension NetworkAddress {
    /// Networks that are not the internet's: this machine, this house, documentation, tunnels into
    /// them, and everyone at once.
    ///
    /// - Source: the IANA special-purpose address registries.
    private static let special = [
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16",
        "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16",
        "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
        "::/96", "64:ff9b::/96", "64:ff9b:1::/48", "100::/64", "2001::/23", "2001:db8::/32",
        "2002::/16", "3fff::/20", "5f00::/16", "fc00::/7", "fe80::/10", "fec0::/10", "ff00::/8",
    ].compactMap { NetworkRange($0) }

    /// Whether it may be asked without the operator having named it.
    var isPublic: Bool { !Self.special.contains { $0.contains(self) } }
}
