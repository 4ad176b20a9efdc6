import HTTPTypes
import Hummingbird
import NIOCore

/// The keys that others verify access tokens with, where they can.
///
/// - Source: RFC 7517, section 5.
struct PublicKeyRoutes: Sendable {
    static let paths = ["/.well-known/jwks.json"]

    let keys: @Sendable () -> [UInt8]

    func add(to router: Router<MartletContext>) {
        router.get(".well-known/jwks.json") { _, _ in
            Response(
                status: .ok,
                headers: [.contentType: "application/jwk-set+json"],
                body: .init(byteBuffer: ByteBuffer(bytes: keys()))
            )
        }
    }
}
