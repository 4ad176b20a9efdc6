package import Storage

/// A letter as it travels.
package struct MailMessage: Sendable {
    let sender: MailSender
    let recipient: EmailAddress
    let subject: String
    let text: String
    let html: String
    /// The same each time the letter is tried, so that who gets it twice sees it once.
    let id: String
    let date: Instant

    package init(
        from sender: MailSender,
        to recipient: EmailAddress,
        subject: String,
        text: String,
        html: String,
        id: String,
        date: Instant
    ) {
        self.sender = sender
        self.recipient = recipient
        self.subject = subject
        self.text = text
        self.html = html
        self.id = id
        self.date = date
    }
}

/// Who letters come from: a name, perhaps, and an address.
package struct MailSender: Sendable {
    let name: String?
    let address: EmailAddress

    /// Reads `martlet@example.org` or `Martlet <martlet@example.org>`.
    package init?(_ text: String) {
        let text = text.trimmed
        guard text.hasSuffix(">"), let open = text.lastIndex(of: "<") else {
            guard let address = EmailAddress(text) else { return nil }
            self.address = address
            name = nil
            return
        }
        let inside = text[text.index(after: open)...].dropLast()
        guard let address = EmailAddress(String(inside)) else { return nil }
        var name = String(text[..<open]).trimmed
        if name.count >= 2, name.hasPrefix("\""), name.hasSuffix("\"") {
            name = String(name.dropFirst().dropLast())
        }
        self.address = address
        self.name = name.isEmpty ? nil : name
    }

    /// The part of the address behind its sign.
    package var domain: String {
        String(address.text.split(separator: "@").last ?? "localhost")
    }
}
