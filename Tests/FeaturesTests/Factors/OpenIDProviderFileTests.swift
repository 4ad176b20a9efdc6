@testable import Features
import Foundation
import Testing

@Suite struct OpenIDProviderFileTests {
    @Test func `a section describes a provider`() throws {
        let file = try OpenIDProviderFile(
            text: """
                # Ours
                [home]
                name = Our house
                issuer = https://id.example.org/realms/home
                client_id = martlet
                client_secret = s3cr=et #1

                [test]
                issuer = http://127.0.0.1:9400
                client_id = x
                scopes = openid email
                """
        )

        #expect(file.providers.map(\.id) == ["home", "test"])
        #expect(file.providers[0].clientSecret?.text == "s3cr=et #1")
        #expect(file.providers[1].name == "test" && file.providers[1].clientSecret == nil)
        #expect(file.providers[1].scopes == "openid email")
        #expect(!"\(file.providers)".contains("s3cr"))
        #expect(!String(reflecting: file.providers).contains("s3cr"))
    }

    @Test(arguments: [
        ("issuer = https://a.example", 1), ("[Home]", 1), ("[]", 1), ("[a b]", 1), ("[a", 1),
        ("[a]\nissuer = https://a.example", 1), ("[a]\nclient_id = x", 1),
        ("[a]\nissuer = http://a.example\nclient_id = x", 1),
        ("[a]\nissuer = file:///etc/passwd\nclient_id = x", 1),
        ("[a]\nissuer = https://a.example?x=1\nclient_id = x", 1),
        ("[a]\nissuer = https://a.example\nclient_id = x\nscopes = email", 1),
        ("[a]\n\nno_such = 1", 3), ("[a]\nissuer = 1\nissuer = 2", 3),
        ("[a]\nissuer = https://a.example\nclient_id = x\n[a]", 4), ("[a]\njust words", 2),
    ])
    func `a line that is wrong is named`(text: String, line: Int) {
        do {
            _ = try OpenIDProviderFile(text: text)
            Issue.record("it was read: \(text)")
        } catch {
            #expect(error.line == line, "\(text): \(error)")
        }
    }

    @Test(arguments: [
        ("https://id.example", true), ("http://localhost:9400", true), ("http://[::1]/", true),
        ("http://127.0.0.1/a", true), ("http://id.example", false), ("ftp://id.example", false),
        ("https://a:b@id.example", false), ("https://id.example/#a", false), ("https://", false),
        ("http://localhost.evil.example", false), ("gopher://127.0.0.1", false),
    ])
    func `only https is asked, and http on this machine`(text: String, isAllowed: Bool) {
        #expect(URL(string: text).map(OutboundClient.isAllowed) ?? false == isAllowed)
    }

    @Test(arguments: [
        "127.0.0.1", "127.8.8.8", "10.1.2.3", "172.16.0.1", "172.31.255.255", "192.168.1.1",
        "169.254.169.254", "100.64.0.1", "0.0.0.0", "255.255.255.255", "224.0.0.1", "::1", "::",
        "fe80::1", "fc00::1", "fd12::1", "ff02::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1",
        "64:ff9b::7f00:1", "2002:7f00:1::", "::127.0.0.1", "198.18.0.1", "2001:db8::1",
    ])
    func `an address of no public network is known as such`(text: String) {
        #expect(NetworkAddress(text)?.isPublic == false)
    }

    @Test(arguments: ["1.1.1.1", "93.184.216.34", "172.32.0.1", "2606:4700::1111", "100.128.0.1"])
    func `a public address is known as such`(text: String) {
        #expect(NetworkAddress(text)?.isPublic == true)
    }

    /// Security bar S1: a name that leads into this house is refused before anything is sent.
    @Test(arguments: ["https://localhost/", "https://127.0.0.1:1/", "https://[::1]:1/"])
    func `a private address is asked only where the operator named it`(text: String) async throws {
        let url = try #require(URL(string: text))

        await #expect(throws: OutboundError.privateAddress) {
            try await OutboundClient.live.send(OutboundRequest(.get, url))
        }
    }
}
