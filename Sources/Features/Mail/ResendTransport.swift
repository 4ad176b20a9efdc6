import CCurl

/// Hands letters to Resend over HTTPS.
///
/// - Source: Resend's API reference, "Send Email" and "Idempotency Keys".
package struct ResendTransport: MailTransport {
    /// The service, or a stand-in of a test.
    package static let service = "https://api.resend.com"

    private let key: String
    private let origin: String

    package init(key: String, origin: String = ResendTransport.service) {
        self.key = key
        self.origin = origin
    }

    package var description: String { "Resend" }

    private static let patience = CurlTransfer.Patience(connectSeconds: 5, totalSeconds: 20)

    package func send(_ message: MailMessage) throws(MailFailure) {
        let transfer = try CurlTransfer(
            origin + "/emails",
            protocols: origin.hasPrefix("https:") ? "https" : "http",
            patience: Self.patience
        )
        transfer.list(
            CURLOPT_HTTPHEADER,
            [
                "Authorization: Bearer \(key)", "Content-Type: application/json",
                // A letter that is tried again is not sent again.
                "Idempotency-Key: \(message.id)", "Expect:",
            ]
        )
        transfer.upload(Self.body(message))
        transfer.text(CURLOPT_CUSTOMREQUEST, "POST")
        let (code, status) = transfer.perform()
        if let failure = Self.failure(code, status: status) { throw failure }
    }

    static func body(_ message: MailMessage) -> [UInt8] {
        var writer = JSONWriter(capacity: 4_096)
        writer.object { writer in
            let sender = message.sender
            let name = sender.name.map { MailHeader.oneLine($0.filter { !"<>\"".contains($0) }) }
            writer.name("from")
            writer.string(
                name.map { "\($0) <\(sender.address.text)>" } ?? sender.address.text
            )
            writer.name("to"); writer.array { $0.string(message.recipient.text) }
            writer.name("subject"); writer.string(MailHeader.oneLine(message.subject))
            writer.name("text"); writer.string(message.text)
            writer.name("html"); writer.string(message.html)
            writer.name("headers")
            writer.object { writer in
                writer.name("Message-ID"); writer.string("<\(message.id)>")
                writer.name("Auto-Submitted"); writer.string("auto-generated")
            }
        }
        return writer.bytes
    }

    /// Only what is wrong with the letter itself is given up; a key that is refused is put right by somebody.
    static func failure(_ code: CURLcode, status: Int) -> MailFailure? {
        guard code == CURLE_OK else { return .later(CurlTransfer.words(code)) }
        switch status {
        case 200..<300: return nil
        case 400, 413, 422: return .refused("the service said \(status)")
        default: return .later("the service said \(status)")
        }
    }
}
