import Crypto
@testable import Features
import HTTPTypes
import Synchronization
import Testing

/// The look-up of breached passwords, which an operator can turn on.
@Suite struct BreachedPasswordTests {
    private static let breached = "correct horse battery staple 9"

    /// A public list in which one password is, and what it was asked.
    private final class List: Sendable {
        private let state = Mutex<[String]>([])
        let answer: @Sendable (String) throws -> OutboundAnswer

        init(_ answer: @escaping @Sendable (String) throws -> OutboundAnswer) {
            self.answer = answer
        }

        var asked: [String] { state.withLock { $0 } }

        var client: OutboundClient {
            OutboundClient { [self] request in
                state.withLock { $0.append("\(request.url)") }
                return try answer(String("\(request.url)".suffix(5)))
            }
        }
    }

    private static let hash = Insecure.SHA1.hash(data: Array(breached.utf8))
        .map { ($0 < 16 ? "0" : "") + String($0, radix: 16, uppercase: true) }.joined()

    private func withList(
        _ list: List,
        _ test: @Sendable (TestServer) async throws -> Void
    ) async throws {
        var options = TestServerOptions()
        options.looksUpBreached = true
        options.outside = list.client
        try await withServer(.sqlite, options, test)
    }

    private func signUp(_ server: TestServer, _ password: String) async throws -> Answer {
        try await server.nobody.call(
            .post,
            "auth/register",
            [
                "email": "ann@example.org", "password": .string(password), "name": "Ann",
            ]
        )
    }

    @Test func `a password in the list is refused, and five characters of a hash go out`()
        async throws
    {
        let list = List { _ in
            OutboundAnswer(
                status: 200,
                body: Array(
                    "0000000000000000000000000000000000A:0\r\n\(Self.hash.dropFirst(5)):3".utf8
                )
            )
        }
        try await withList(list) { server in
            let answer = try await signUp(server, Self.breached)

            #expect(answer.status == 422 && answer.fields == ["password"])
            #expect(
                list.asked == ["https://api.pwnedpasswords.com/range/\(Self.hash.prefix(5))"]
            )
        }
    }

    @Test func `padding with a count of nought is not the password`() async throws {
        let list = List { _ in
            OutboundAnswer(status: 200, body: Array("\(Self.hash.dropFirst(5)):0".utf8))
        }
        try await withList(list) { server in
            let answer = try await signUp(server, Self.breached)

            #expect(answer.status == 201)
        }
    }

    @Test func `where the list does not answer, people can still sign up`() async throws {
        let silent = List { _ in throw OutboundError.tooSlow }
        let closed = List { _ in OutboundAnswer(status: 503, body: []) }
        for list in [silent, closed] {
            try await withList(list) { server in
                let answer = try await signUp(server, Self.breached)

                #expect(answer.status == 201)
            }
        }
    }
}
