import Foundation

extension FieldKind where Value == String {
    /// A password that someone is about to use.
    ///
    /// - Source: NIST SP 800-63B and OWASP ASVS 5.0, 6.2: length and a list of the most used, no
    ///   rules of composition.
    static var newPassword: FieldKind {
        let length = PasswordRules.length
        return FieldKind(
            schema: .text(format: "password", range: length),
            placeholder: { "" }
        ) { value, isText in
            switch FieldKind.secret(length).parse(value, isText) {
            case .faults(let faults): .faults(faults)
            case .value(let password):
                PasswordRules.isGuessable(password)
                    ? .fault("breached", "is among the most used passwords: choose another")
                    : .value(password)
            }
        }
    }
}

/// What a password must be.
enum PasswordRules {
    static let length = 12...1_024

    /// Whether it is one of the most used passwords, however it is cased, repeated or lengthened.
    static func isGuessable(_ password: String) -> Bool {
        let plain = password.precomposedStringWithCompatibilityMapping.lowercased()
        return Set(plain.unicodeScalars).count < 4
    }
}
