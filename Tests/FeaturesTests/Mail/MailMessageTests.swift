import Storage
import Testing

@testable import Features

@Suite struct MailMessageTests {
    private func message(
        subject: String = "Hello",
        text: String = "Hello",
        html: String = "<p>Hello</p>",
        from: String = "Martlet <martlet@example.org>"
    ) throws -> MailMessage {
        MailMessage(
            from: try #require(MailSender(from)),
            to: try #require(EmailAddress("ann@example.org")),
            subject: subject,
            text: text,
            html: html,
            id: "0190@example.org",
            date: Instant(microseconds: 1_773_578_096_000_000)
        )
    }

    /// What Python's own reader finds: subject, sender's name, text, HTML, and all headers' names.
    private func read(_ message: MailMessage) throws -> [String] {
        let script = """
            import sys, email, email.policy, json
            raw = sys.stdin.buffer.read()
            assert all(len(line) <= 998 for line in raw.split(b"\\r\\n"))
            bare = raw.replace(b"\\r\\n", b"")
            assert b"\\n" not in bare and b"\\r" not in bare
            letter = email.message_from_bytes(raw, policy=email.policy.default)
            assert not letter.defects, letter.defects
            part = lambda kind: letter.get_body((kind,)).get_content().replace("\\r\\n", "\\n")
            print(json.dumps([letter["subject"], letter["from"].addresses[0].display_name,
                              part("plain"), part("html"), ",".join(letter.keys())]))
            """
        return try PythonReader.run(script, message.mime).elements.compactMap(\.text)
    }

    @Test func `a plain letter reads like one`() throws {
        let found = try read(message())

        #expect(found[0] == "Hello" && found[1] == "Martlet")
        #expect(found[2] == "Hello" && found[3] == "<p>Hello</p>")
        #expect(found[4].hasPrefix("Date,From,To,Subject,Message-ID,Auto-Submitted"))
    }

    @Test(arguments: [
        "Grüße aus Zürich", "こんにちは、世界。これは長い件名です。こんにちは、世界。これは長い件名です。",
        String(repeating: "word ", count: 60).trimmed, "=?utf-8?B?SGk=?= stays as it is", "🙂🙃",
    ])
    func `a subject of any letters comes out as it went in`(subject: String) throws {
        #expect(try read(message(subject: subject))[0] == subject)
    }

    @Test(arguments: [
        "Hi\r\nBcc: eve@example.org", "Hi\nBcc: eve@example.org", "Hi\u{2028}Bcc: eve@example.org",
        "Hi\u{0}Bcc: eve@example.org", "Hi\u{85}Bcc: eve@example.org",
    ])
    func `no text becomes a header of its own`(subject: String) throws {
        let found = try read(message(subject: subject))

        #expect(found[0].hasPrefix("Hi") && found[0].hasSuffix("Bcc: eve@example.org"))
        #expect(!found[4].contains("Bcc"))
    }

    @Test func `what turns the way of reading is left out of headers`() {
        #expect(MailHeader.oneLine("a\u{202E}b\u{200B}c\u{1B}[31m") == "abc [31m")
    }

    @Test(arguments: [
        "Ann Lee", "O'Neill, Ann", "Ann \"A\" Lee", "Zoë", "a@b", "x\r\nBcc: y", "=?", "Ann\\Lee",
    ])
    func `a sender's name is a name, whatever it has in it`(name: String) throws {
        let found = try read(message(from: "\(name) <martlet@example.org>"))

        #expect(found[1] == MailHeader.oneLine(name))
        #expect(!found[4].contains("Bcc"))
    }

    @Test(arguments: [
        "one\ntwo\r\nthree\rfour", "ends in a space \nand a tab\t\n", "=20=3D",
        "--=_martlet_letter--",
        String(repeating: "ä", count: 2_000), String(repeating: "a ", count: 3_000),
        ".\n..\n.x", "", "\n\n", "\u{FEFF}x", "🙂",
    ])
    func `a body comes out as it went in`(text: String) throws {
        let found = try read(message(text: text, html: text))

        let unified = text.replacing("\r\n", with: "\n").replacing("\r", with: "\n")
        #expect(found[2] == unified && found[3] == unified)
    }

    @Test func `no line of a body is longer than 76 bytes`() {
        let text = (0..<200).map { String(repeating: "x=ä ", count: $0) }.joined(separator: "\n")

        let lines = QuotedPrintable.encode(text).split(separator: "\r\n")

        #expect(lines.allSatisfy { $0.utf8.count <= 76 })
    }

    @Test(arguments: [
        "", "Martlet", "a@b <c>", "Martlet <martlet@example.org> x", "<>", "a b@c.de",
    ])
    func `what is no sender is none`(text: String) {
        #expect(MailSender(text) == nil)
    }
}
