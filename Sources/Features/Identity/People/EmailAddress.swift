import Foundation

/// An address of e-mail, as its owner wrote it and as it is compared.
package struct EmailAddress: Sendable {
    package let text: String
    /// In lower case and normalised, so that one mailbox has one person.
    package let folded: String

    private static let localLimit = 64
    private static let lengthLimit = 254

    /// Nil for what no mail server would take.
    ///
    /// - Source: RFC 5321, section 4.5.3.1; quoted local parts are left out.
    package init?(_ text: String) {
        let trimmed = text.trimmed.precomposedStringWithCompatibilityMapping
        guard trimmed.utf8.count <= Self.lengthLimit, let at = trimmed.lastIndex(of: "@") else {
            return nil
        }
        let (local, domain) = (trimmed[..<at], trimmed[trimmed.index(after: at)...])
        guard !local.isEmpty, local.utf8.count <= Self.localLimit, !local.contains("@"),
            trimmed.unicodeScalars.allSatisfy(Self.isAllowed),
            domain.split(separator: ".", omittingEmptySubsequences: false).allSatisfy(Self.isLabel)
        else { return nil }
        self.text = trimmed
        folded = trimmed.lowercased()
    }

    private static func isAllowed(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .surrogate, .unassigned, .privateUse, .spaceSeparator,
            .lineSeparator, .paragraphSeparator:
            false
        default: !"()<>,;:\\\"[]".unicodeScalars.contains(scalar)
        }
    }

    private static func isLabel(_ label: Substring) -> Bool {
        (1...63).contains(label.utf8.count) && label.first != "-" && label.last != "-"
            && label.unicodeScalars.allSatisfy {
                $0 == "-" || $0.properties.isAlphabetic || $0.properties.numericType != nil
            }
    }
}

extension FieldKind where Value == EmailAddress {
    static var email: FieldKind {
        FieldKind(
            schema: .text(format: "email", range: 3...254),
            placeholder: { EmailAddress(text: "", folded: "") }
        ) { value, _ in
            guard case .string(let text) = value else { return .wrongType("text", value) }
            guard let address = EmailAddress(text) else {
                return .fault("not_an_email", "an address such as ann@example.org")
            }
            return .value(address)
        }
    }
}

extension EmailAddress {
    fileprivate init(text: String, folded: String) {
        self.text = text
        self.folded = folded
    }
}
