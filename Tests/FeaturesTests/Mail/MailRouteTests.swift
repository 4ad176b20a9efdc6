import CCurl
import Testing

@testable import Features

@Suite struct MailRouteTests {
    private func server(_ text: String) throws -> SMTPServer {
        guard case .smtp(let server) = try MailRoute(text) else {
            throw MailRoute.Fault(reason: "not SMTP")
        }
        return server
    }

    @Test func `an address says where, who and how`() throws {
        let server = try server("smtp://ann%40x.org:p%3Aw%2F1@mail.example.org")

        #expect(server.host == "mail.example.org" && server.port == 587)
        #expect(server.user == "ann@x.org" && server.password == "p:w/1")
        #expect(server.security == .startTLS)
    }

    @Test(arguments: [
        ("smtps://mail.example.org", SMTPServer.Security.tls, 465),
        ("smtp://127.0.0.1:2525", .plain, 2_525), ("smtp://[::1]:25", .plain, 25),
        ("smtp://localhost", .plain, 587), ("smtp://localhost?tls=on", .startTLS, 587),
        ("smtp://relay.lan:25?tls=off", .plain, 25),
        ("smtp://localhost.example.org", .startTLS, 587),
        ("smtp://127.0.0.1.example.org", .startTLS, 587),
    ])
    func `nothing leaves in the clear unasked`(
        text: String,
        security: SMTPServer.Security,
        port: Int
    ) throws {
        let server = try server(text)

        #expect(server.security == security && server.port == port)
    }

    @Test(arguments: [
        "", "mail.example.org", "http://u:hunter2@host", "smtp://", "smtp://u:hunter2@",
        "smtp://u:hunter2@host/path", "smtp://u:hunter2@host?tls=maybe",
        "smtp://u:hunter2@host?x=1", "smtp://u:hunter2@relay.lan?tls=off",
        "smtps://u:hunter2@host?tls=off", "smtp://u:hunter2@host?ca=/no/such/file",
        "smtp://u:hunter2@host:99999", "resend:", "resend:hunter2 x", "resend:hunter2\r\nX: y",
    ])
    func `a wrong address is refused, and its password not repeated`(text: String) {
        do {
            _ = try MailRoute(text)
            Issue.record("\(text) was taken")
        } catch {
            #expect(!error.reason.isEmpty && !error.reason.contains("hunter2"))
        }
    }

    @Test func `a server's description has no password`() throws {
        let server = try server("smtp://ann:hunter2@mail.example.org")

        #expect(!"\(server) \(String(reflecting: server))".contains("hunter2"))
        #expect(!SMTPTransport(server).description.contains("hunter2"))
        #expect(try MailRoute("resend:re_1") == .resend(key: "re_1"))
    }

    @Test func `only what will never be taken is given up`() {
        #expect(SMTPTransport.failure(CURLE_OK, status: 250) == nil)
        #expect(
            SMTPTransport.failure(CURLE_SEND_ERROR, status: 550) == .refused("the server said 550")
        )
        #expect(
            SMTPTransport.failure(CURLE_SEND_ERROR, status: 451) == .later("the server said 451")
        )
        for (code, status) in [
            (CURLE_LOGIN_DENIED, 535), (CURLE_COULDNT_CONNECT, 0), (CURLE_USE_SSL_FAILED, 250),
            (CURLE_PEER_FAILED_VERIFICATION, 220), (CURLE_OPERATION_TIMEDOUT, 550),
        ] {
            guard case .later = SMTPTransport.failure(code, status: status) else {
                Issue.record("\(code) was given up")
                continue
            }
        }
        #expect(ResendTransport.failure(CURLE_OK, status: 200) == nil)
        #expect(ResendTransport.failure(CURLE_OK, status: 422) == .refused("the service said 422"))
        for status in [401, 403, 409, 429, 500, 503] {
            #expect(
                ResendTransport.failure(CURLE_OK, status: status)
                    == .later("the service said \(status)")
            )
        }
    }
}
