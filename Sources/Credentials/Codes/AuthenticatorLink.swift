/// What an authenticator reads to add an account: `otpauth://totp/…`.
///
/// - Source: the Key Uri Format of Google Authenticator, which all of them read. The default hash,
///   digits and period are left out, since some readers stumble over them.
package struct AuthenticatorLink: Sendable {
    package let issuer: String
    package let account: String
    package let secret: [UInt8]

    package init(issuer: String, account: String, secret: [UInt8]) {
        self.issuer = issuer
        self.account = account
        self.secret = secret
    }

    package var text: String {
        let issuer = Self.escaped(issuer)
        return "otpauth://totp/\(issuer):\(Self.escaped(account))"
            + "?secret=\(Base32.encode(secret))&issuer=\(issuer)"
    }

    /// - Source: RFC 3986, section 2.3: all but the unreserved.
    private static func escaped(_ text: String) -> String {
        let digits = Array("0123456789ABCDEF".utf8)
        var escaped: [UInt8] = []
        for byte in text.utf8 {
            switch byte {
            case 48...57, 65...90, 97...122, 45, 46, 95, 126: escaped.append(byte)
            default: escaped += [37, digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
        return String(decoding: escaped, as: UTF8.self)
    }
}
