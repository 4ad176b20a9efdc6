import Crypto

/// What the browser says it did, as it was read from the client data's JSON.
package struct ClientData: Sendable {
    package let type: String
    package let challenge: [UInt8]
    package let origin: String
    package let crossOrigin: Bool
    package let topOrigin: String?
    /// SHA-256 of the very bytes that were read.
    package let hash: [UInt8]

    package init(
        type: String,
        challenge: [UInt8],
        origin: String,
        crossOrigin: Bool,
        topOrigin: String?,
        json: [UInt8]
    ) {
        self.type = type
        self.challenge = challenge
        self.origin = origin
        self.crossOrigin = crossOrigin
        self.topOrigin = topOrigin
        hash = Array(SHA256.hash(data: json))
    }
}
