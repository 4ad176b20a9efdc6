import Foundation
import HTTPTypes
import Hummingbird
import Storage
import Synchronization
import Testing

@testable import Features

@Suite struct ResendTransportTests {
    private static func message() throws -> MailMessage {
        MailMessage(
            from: try #require(MailSender("Martlet <martlet@example.org>")),
            to: try #require(EmailAddress("ann@example.org")),
            subject: "Grüße\r\nBcc: x",
            text: "text",
            html: "<p>HTML</p>",
            id: "0190@example.org",
            date: Instant(microseconds: 0)
        )
    }

    private struct Seen: Sendable {
        let path: String
        let headers: HTTPFields
        let body: JSONValue
    }

    /// Sends one letter to a stand-in for the service that answers with a status.
    private func send(_ status: HTTPResponse.Status) async throws -> (MailFailure?, [Seen]) {
        let seen = Mutex<[Seen]>([])
        let router = Router()
        router.post("emails") { request, _ -> Response in
            let bytes = try await request.body.collect(upTo: 1 << 20)
            let note = Seen(
                path: request.uri.path,
                headers: request.headers,
                body: try JSONReader.read(Array(bytes.readableBytesView))
            )
            seen.withLock { $0.append(note) }
            return Response(status: status)
        }
        let (ports, port) = AsyncStream.makeStream(of: Int.self)
        let application = Application(
            router: router,
            configuration: .init(address: .hostname("127.0.0.1", port: 0)),
            onServerRunning: { port.yield($0.localAddress?.port ?? 0) }
        )
        return try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await application.runService(gracefulShutdownSignals: []) }
            let number = await ports.first { _ in true } ?? 0
            let transport = ResendTransport(key: "re_secret", origin: "http://127.0.0.1:\(number)")
            let message = try Self.message()
            let failure = try await BoundedPool("mail", threads: 1, waiting: 1).run {
                () -> MailFailure? in
                do throws(MailFailure) { try transport.send(message) } catch { return error }
                return nil
            }
            group.cancelAll()
            return (failure, seen.withLock { $0 })
        }
    }

    @Test func `a letter is one request`() async throws {
        let (failure, seen) = try await send(.ok)

        #expect(failure == nil)
        let request = try #require(seen.first)
        #expect(seen.count == 1 && request.path == "/emails")
        #expect(request.headers[.authorization] == "Bearer re_secret")
        #expect(request.headers[.contentType] == "application/json")
        #expect(request.headers[HTTPField.Name("Idempotency-Key")!] == "0190@example.org")
        #expect(request.body["from"] == "Martlet <martlet@example.org>")
        #expect(request.body["to"]?[0] == "ann@example.org")
        #expect(request.body["subject"] == "Grüße  Bcc: x")
        #expect(request.body["text"] == "text" && request.body["html"] == "<p>HTML</p>")
    }

    @Test func `what the service says decides whether it is tried again`() async throws {
        #expect(try await send(.unprocessableContent).0 == .refused("the service said 422"))
        #expect(try await send(.unauthorized).0 == .later("the service said 401"))
        #expect(try await send(.tooManyRequests).0 == .later("the service said 429"))
        #expect(try await send(.found).0 == .later("the service said 302"))
    }

    @Test func `a service that is away is tried again`() throws {
        let transport = ResendTransport(key: "re_secret", origin: "http://127.0.0.1:1")

        #expect(throws: MailFailure.later("Couldn't connect to server")) {
            try transport.send(Self.message())
        }
    }
}
