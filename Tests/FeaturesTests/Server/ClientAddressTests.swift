@testable import Features
import Testing

@Suite struct ClientAddressTests {
    @Test(
        arguments: [
            (peer: "10.0.0.1", header: "1.2.3.4", expected: "1.2.3.4"),
            ("10.0.0.1", "6.6.6.6, 1.2.3.4", "1.2.3.4"),
            ("10.0.0.1", "1.2.3.4, 10.0.0.7", "1.2.3.4"),
            ("9.9.9.9", "1.2.3.4", "9.9.9.9"),
            ("10.0.0.1", "nonsense", "10.0.0.1"),
            ("10.0.0.1", nil, "10.0.0.1"),
            ("::ffff:10.0.0.1", "2001:db8::1", "2001:db8::1"),
            ("11.0.0.1", "1.2.3.4", "11.0.0.1"),
        ] as [(String, String?, String)]
    )
    func `only a listed proxy is believed`(peer: String, header: String?, expected: String) throws {
        let address = ClientAddress(trusting: [try #require(NetworkRange("10.0.0.0/8"))])

        #expect(address.resolve(peer: peer, forwardedFor: header) == expected)
    }

    @Test(arguments: ["", "10.0.0.0/33", "10.0.0/8", "x", "::/129", "1.2.3.4/-1", "1.2.3.4/8/8"])
    func `what is no network is refused`(text: String) {
        #expect(NetworkRange(text) == nil)
    }

    @Test func `neighbours in a network of version 6 are one`() {
        let first = NetworkAddress("2001:db8:1:2::1")?.neighbourhood

        #expect(first == NetworkAddress("2001:db8:1:2:ffff::9")?.neighbourhood)
        #expect(first != NetworkAddress("2001:db8:1:3::1")?.neighbourhood)
        #expect(NetworkAddress("::ffff:1.2.3.4") == NetworkAddress("1.2.3.4"))
    }
}
