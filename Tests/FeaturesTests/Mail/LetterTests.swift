import Testing

@testable import Features

@Suite struct LetterTests {
    private static let link = "https://money.example.org/verify#token=abc&x=\"<'>"

    private static let letters: [Letter] = [
        .verifyEmail(name: "Ann", link: link), .confirmNewEmail(name: "Ann", link: link),
        .emailChanged(name: "Ann", newEmail: "ann@example.net"),
        .resetPassword(name: "Ann", link: link), .passwordChanged(name: "Ann"),
        .invitation(inviter: "Bob", household: "Home", role: "editor", link: link),
        .newDevice(
            name: "Ann",
            device: "Firefox",
            address: "192.0.2.7",
            at: "2026-03-15T12:34:56.789Z"
        ),
        .accountLocked(name: "Ann", address: "192.0.2.7", minutes: 15),
        .sessionStolen(name: "Ann", device: "Firefox", address: "192.0.2.7"),
        .secondFactorChanged(name: "Ann", change: .timeCodeAdded),
        .deletionPlanned(name: "Ann", on: "2026-03-29", link: link),
        .erased(name: "Ann", receipt: "R-1"),
        .emailChangeAsked(name: "Ann", newEmail: "ann@example.net", address: "192.0.2.7"),
        .tokenMade(
            name: "Ann",
            token: "Backup",
            prefix: "martlet_pat_abcd",
            mayChange: true,
            address: "192.0.2.7"
        ),
    ]

    private static let changes: [WayInChange] = [
        .timeCodeAdded, .timeCodeRemoved, .backupCodesRenewed, .passkeyAdded("Laptop"),
        .passkeyRemoved, .providerLinked("Haus"), .providerUnlinked, .factorsReset,
    ]

    private func layout(_ letter: Letter, _ locale: String = "en") -> LetterLayout {
        MailLanguage.of(locale).layout(letter, server: "https://money.example.org")
    }

    @Test(arguments: letters, MailLanguage.all.map(\.code))
    func `every letter says what is to be done, in every language`(
        letter: Letter,
        locale: String
    ) throws {
        let layout = layout(letter, locale)

        #expect(layout.language == locale)
        #expect(!layout.text.subject.isEmpty && layout.text.subject.count < 70)
        #expect(layout.plain.contains("https://money.example.org"))
        for part in layout.text.parts {
            switch part {
            case .paragraph(let words):
                #expect(layout.plain.contains(words))
                #expect(layout.html.contains(HTMLText.escaped(words)))
            case .link(_, let address):
                #expect(layout.plain.contains("\n\(address)\n"))
                #expect(layout.html.contains("href=\"\(HTMLText.escaped(address))\""))
            case .facts(let facts):
                for fact in facts {
                    #expect(layout.plain.contains("\(fact.name): \(fact.value)"))
                    #expect(layout.html.contains(HTMLText.escaped(fact.value)))
                }
            }
        }
    }

    @Test(arguments: letters)
    func `languages say different words`(letter: Letter) {
        let subjects = MailLanguage.all.map { layout(letter, $0.code).text.subject }

        #expect(Set(subjects).count == MailLanguage.all.count)
    }

    @Test(arguments: changes)
    func `what changed of the ways in is said in the words of the language`(change: WayInChange) {
        let letter = Letter.secondFactorChanged(name: "Ann", change: change)
        let (english, german) = (layout(letter), layout(letter, "de"))

        let words = zip(english.text.parts, german.text.parts).map { $0 != $1 }
        #expect(words == [true, true])
        for word in ["added", "removed", "codes were", " was ", " app "] {
            #expect(!german.plain.contains(word) && !german.html.contains(word))
        }
    }

    @Test func `what a token may do is said`() {
        func plain(_ mayChange: Bool, _ locale: String) -> String {
            layout(
                .tokenMade(
                    name: "Ann",
                    token: "x\r\ny",
                    prefix: "martlet_pat_abcd",
                    mayChange: mayChange,
                    address: "192.0.2.7"
                ),
                locale
            ).plain
        }

        #expect(plain(true, "en").contains("can read and change what"))
        #expect(plain(false, "en").contains("can read, but not change, what"))
        #expect(plain(true, "de").contains("lesen und ändern, wofür"))
        #expect(plain(false, "de").contains("lesen, aber nicht ändern, wofür"))
        #expect(plain(true, "en").contains("Name: x  y\n"))
    }

    @Test(arguments: [
        ("de", "de"), ("de-AT", "de"), ("DE_ch", "de"), ("en-GB", "en"), ("fr", "en"), ("", "en"),
        ("den", "en"),
    ])
    func `a language that has no catalogue gets English`(locale: String, language: String) {
        #expect(MailLanguage.of(locale).code == language)
    }

    @Test func `HTML of somebody's is text`() {
        let device = "<img src=x onerror=alert(1)>\" & 'x'"
        let html = layout(
            .newDevice(name: "<b>Ann</b>", device: device, address: "<", at: "2026-03-15T12:34:56Z")
        ).html

        #expect(!html.contains("<img") && !html.contains("<b>"))
        #expect(html.contains("&lt;img src=x onerror=alert(1)&gt;&quot; &amp; &#39;x&#39;"))
    }

    @Test(arguments: [
        "Win at https://evil.example", "evil.example", "write to a@b.c", "www.evil.example", "a/b",
        "", "\u{202E}\u{200B}",
    ])
    func `nobody advertises with their name`(name: String) throws {
        let hello = layout(.verifyEmail(name: name, link: "https://money.example.org/verify"))
        let invitation = layout(
            .invitation(inviter: name, household: name, role: "viewer", link: "https://m.example")
        )

        #expect(hello.plain.hasPrefix("Hello,\n"))
        #expect(invitation.text.subject == "Someone invites you to a household")
        #expect(!invitation.plain.contains("evil") && !hello.html.contains("evil"))
    }

    @Test func `a name of several lines and of any length is one short line`() {
        let name = "Ann\r\nBcc: x " + String(repeating: "y", count: 5_000)
        let doctor = layout(.passwordChanged(name: "Dr. Zoë O'Neill"))

        #expect(ForeignText.line(name).count == 100)
        #expect(!ForeignText.line(name).contains { $0.isNewline })
        #expect(doctor.plain.hasPrefix("Hello Dr. Zoë O'Neill,"))
    }

    @Test func `times and days are written for people`() {
        let device = layout(Self.letters[6]).plain
        let deletion = layout(Self.letters[10]).plain

        #expect(device.contains("Time: 2026-03-15 12:34 UTC"))
        #expect(deletion.contains("on 29 March 2026"))
        #expect(layout(Self.letters[10], "de").plain.contains("am 29. März 2026"))
    }

    @Test(arguments: letters)
    func `a letter loads nothing from anywhere`(letter: Letter) {
        let html = layout(letter).html

        for word in ["<script", "<img", "<link", "url(", "@import", "src="] {
            #expect(!html.contains(word))
        }
    }
}
