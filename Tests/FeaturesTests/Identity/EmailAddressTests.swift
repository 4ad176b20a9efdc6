@testable import Features
import Testing

@Suite struct EmailAddressTests {
    @Test(
        arguments: [
            ("ann@example.org", "ann@example.org"), ("  ANN@Example.Org\n", "ann@example.org"),
            ("ann.o'neil+bank@sub.example.org", "ann.o'neil+bank@sub.example.org"),
            ("Jürgen@Exämple.org", "jürgen@exämple.org"),
            ("Ju\u{308}rgen@example.org", "jürgen@example.org"),
            ("ａｎｎ@example.org", "ann@example.org"), ("ann@localhost", "ann@localhost"),
        ])
    func `one mailbox is one person however it is written`(text: String, folded: String) {
        #expect(EmailAddress(text)?.folded == folded)
    }

    @Test(
        arguments: [
            "", "@", "ann", "ann@", "@example.org", "a b@example.org", "ann@@example.org",
            "ann@example..org", "ann@.example.org", "ann@example.org.", "ann@-example.org",
            "ann@example-.org", "\"ann\"@example.org", "ann@[127.0.0.1]", "ann@exa_mple.org",
            "an\u{200B}n@example.org", "ann\u{202E}@example.org", "ann\r\nBcc: x@example.org",
            "ann\0@example.org", "<ann@example.org>", "ann@example.org,eve@example.org",
        ])
    func `what no mail server would take is refused`(text: String) {
        #expect(EmailAddress(text) == nil)
    }

    @Test func `its parts end at their limits`() {
        func local(_ count: Int) -> String { String(repeating: "a", count: count) + "@b.org" }
        func label(_ count: Int) -> String { "a@" + String(repeating: "b", count: count) + ".org" }
        func whole(_ count: Int) -> String {
            let labels = String(repeating: "bcdefghij.", count: 30).prefix(count - 6)
            return "a@" + labels + "aorg"
        }

        #expect(EmailAddress(local(64)) != nil && EmailAddress(local(65)) == nil)
        #expect(EmailAddress(label(63)) != nil && EmailAddress(label(64)) == nil)
        #expect(EmailAddress(whole(254)) != nil && EmailAddress(whole(255)) == nil)
    }

    @Test func `a client's name for itself is one line of 255 characters`() {
        let device = ClientDevice(
            device: "a\r\nb\u{1B}\u{7F}" + String(repeating: "c", count: 500),
            address: "::1"
        )

        #expect(device.device.hasPrefix("abccc"))
        #expect(device.device.unicodeScalars.count == 255)
    }
}
