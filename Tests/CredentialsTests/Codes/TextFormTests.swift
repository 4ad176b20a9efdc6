import Credentials
import Testing

struct TextFormTests {
    /// - Source: RFC 4648, section 10.
    @Test(arguments: [
        ("", ""), ("f", "MY"), ("fo", "MZXQ"), ("foo", "MZXW6"), ("foob", "MZXW6YQ"),
        ("fooba", "MZXW6YTB"), ("foobar", "MZXW6YTBOI"),
    ])
    func `Base32 goes there and back`(plain: String, text: String) {
        #expect(Base32.encode(Array(plain.utf8)) == text)
        #expect(Base32.decode(text) == Array(plain.utf8))
    }

    @Test(arguments: ["M", "MZX", "MZXW6Y", "MZ", "M1", "M8", "MÜ", "MY======", "M0"])
    func `what is not Base32 is refused`(text: String) {
        #expect(Base32.decode(text) == nil)
    }

    @Test
    func `case, spaces and dashes do not matter to Base32`() {
        #expect(Base32.decode("mzxw-6ytb oi") == Array("foobar".utf8))
    }

    @Test
    func `the link for an authenticator names the account and nothing else`() {
        let link = AuthenticatorLink(
            issuer: "Martlet",
            account: "ann+a b&c@example.org",
            secret: Array("12345678901234567890".utf8)
        )

        #expect(
            link.text == "otpauth://totp/Martlet:ann%2Ba%20b%26c%40example.org"
                + "?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Martlet"
        )
    }

    @Test
    func `ten backup codes differ and are read as they are written`() throws {
        let codes = BackupCode.makeSet()

        #expect(codes.count == 10 && Set(codes).count == 10)
        for code in codes {
            #expect(code.text.count == 19 && code.plain.count == 16)
            #expect(code.text.split(separator: "-").allSatisfy { $0.count == 4 })
            #expect(BackupCode(code.text) == code)
            #expect(BackupCode(code.plain.lowercased()) == code)
        }
    }

    @Test(arguments: ["", "ABCD", "ABCD-EFGH-IJKL-MNO", "ABCD-EFGH-IJKL-MNO1", "ABCDEFGHIJKLMNOPQ"])
    func `what cannot be a backup code is none`(text: String) {
        #expect(BackupCode(text) == nil)
    }
}
