import CCurl

/// Hands letters to a mail server.
///
/// - Source: RFC 5321, RFC 3207 (STARTTLS), RFC 4954 (authentication), through libcurl.
package struct SMTPTransport: MailTransport {
    let server: SMTPServer

    package init(_ server: SMTPServer) {
        self.server = server
    }

    package var description: String { "SMTP to \(server.host):\(server.port)" }

    private static let patience = CurlTransfer.Patience(connectSeconds: 15, totalSeconds: 60)

    package func send(_ message: MailMessage) throws(MailFailure) {
        // The path is what we call ourselves in EHLO.
        let host = server.host.contains(":") ? "[\(server.host)]" : server.host
        let scheme = server.security == .tls ? "smtps" : "smtp"
        let transfer = try CurlTransfer(
            "\(scheme)://\(host):\(server.port)/\(message.sender.domain)",
            protocols: "smtp,smtps",
            patience: Self.patience
        )
        // STARTTLS that is wanted and not had ends the exchange: nothing goes out in the clear instead.
        let wanted = server.security == .plain ? CURLUSESSL_NONE : CURLUSESSL_ALL
        transfer.number(CURLOPT_USE_SSL, Int(wanted.rawValue))
        if let file = server.certificateFile { transfer.text(CURLOPT_CAINFO, file) }
        if let user = server.user {
            transfer.text(CURLOPT_USERNAME, user)
            transfer.text(CURLOPT_PASSWORD, server.password ?? "")
        }
        transfer.text(CURLOPT_MAIL_FROM, "<\(message.sender.address.text)>")
        transfer.list(CURLOPT_MAIL_RCPT, ["<\(message.recipient.text)>"])
        transfer.upload(message.mime)
        let (code, status) = transfer.perform()
        if let failure = Self.failure(code, status: status) { throw failure }
    }

    /// Only a letter or an address that the server refuses for good (RFC 5321, section 4.2.1) is given up: with a wrong
    /// password or certificate each letter would be lost until somebody looked.
    static func failure(_ code: CURLcode, status: Int) -> MailFailure? {
        guard code != CURLE_OK else { return nil }
        let words = CurlTransfer.words(code)
        let said = (400..<600).contains(status) ? "the server said \(status)" : words
        switch code {
        case CURLE_LOGIN_DENIED: return .later("the server did not take name and password")
        case CURLE_SEND_ERROR, CURLE_RECV_ERROR, CURLE_WEIRD_SERVER_REPLY:
            return (550..<555).contains(status) ? .refused(said) : .later(said)
        default: return .later(words)
        }
    }
}

/// Where a mail server is, and how it is spoken to.
package struct SMTPServer: Sendable, Equatable {
    package enum Security: Sendable {
        /// TLS from the first byte.
        case tls
        /// TLS after a greeting in the clear.
        case startTLS
        /// In the clear.
        case plain
    }

    package let host: String
    package let port: Int
    package let security: Security
    package let user: String?
    package let password: String?
    /// A file of certificates that may vouch for the server; nil for the system's own.
    package let certificateFile: String?
}

extension SMTPServer: CustomStringConvertible, CustomReflectable {
    /// Names the server without its password.
    package var description: String { "\(host):\(port)" }
    package var customMirror: Mirror { Mirror(self, children: []) }
}
