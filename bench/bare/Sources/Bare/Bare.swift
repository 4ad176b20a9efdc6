import Foundation
import Hummingbird

/// Answers every `GET /` with the same short JSON, and says where it listens.
@main
struct Bare {
    static func main() async throws {
        let answer = ByteBuffer(string: #"{"data":{"status":"ok"}}"#)
        let router = Router()
        router.get("/") { _, _ in
            Response(
                status: .ok,
                headers: [.contentType: "application/json; charset=utf-8"],
                body: ResponseBody(byteBuffer: answer)
            )
        }
        let application = Application(
            router: router,
            configuration: ApplicationConfiguration(address: .hostname("127.0.0.1", port: 0)),
            onServerRunning: { channel in
                print("Bare listens on http://127.0.0.1:\(channel.localAddress?.port ?? 0)")
                fflush(nil)
            }
        )
        try await application.runService()
    }
}
