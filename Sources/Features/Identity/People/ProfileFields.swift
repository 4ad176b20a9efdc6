import Foundation

extension FieldKind where Value == String {
    /// - Source: the IANA time zone database, as this machine knows it.
    static var timeZone: FieldKind {
        FieldKind(schema: .text(range: 1...64), placeholder: { "UTC" }) { value, _ in
            guard case .string(let text) = value else { return .wrongType("text", value) }
            guard text.utf8.count <= 64, TimeZone(identifier: text) != nil else {
                return .fault("not_a_time_zone", "a name such as Europe/Berlin")
            }
            return .value(text)
        }
    }

    /// - Source: BCP 47, language and what follows it.
    static var locale: FieldKind {
        let pattern = "^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}$"
        return FieldKind(schema: .text(pattern: pattern), placeholder: { "en" }) { value, _ in
            guard case .string(let text) = value else { return .wrongType("text", value) }
            let parts = text.split(separator: "-", omittingEmptySubsequences: false)
            let isTag =
                (2...3).contains(parts[0].utf8.count)
                && parts[0].utf8.allSatisfy { ($0 | 32) >= 97 && ($0 | 32) <= 122 }
                && parts.count <= 4
                && parts.dropFirst().allSatisfy { part in
                    (2...8).contains(part.utf8.count)
                        && part.utf8.allSatisfy {
                            ($0 | 32) >= 97 && ($0 | 32) <= 122 || $0 >= 48 && $0 <= 57
                        }
                }
            return isTag ? .value(text) : .fault("not_a_locale", "a tag such as en or de-CH")
        }
    }
}
