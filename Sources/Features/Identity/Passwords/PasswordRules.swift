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
                    ? .fault("breached", "is among the first that anyone would try: choose another")
                    : .value(password)
            }
        }
    }
}

/// What a password must be.
enum PasswordRules {
    static let length = 12...1_024

    /// Whether it is one of the first that anyone would try: a most used one, such a word with a
    /// few digits around it, one piece over and over, or a walk along the keyboard.
    static func isGuessable(_ password: String) -> Bool {
        let plain = password.precomposedStringWithCompatibilityMapping.lowercased()
        let scalars = Array(plain.unicodeScalars)
        return MostUsedPasswords.long.contains(plain) || isWordWithDigits(scalars)
            || isRepeated(scalars) || isWalk(scalars)
    }

    /// So many digits and signs around a word still leave it a word.
    private static let ornamentLimit = 8

    private static func isWordWithDigits(_ scalars: [Unicode.Scalar]) -> Bool {
        let isLetter: (Unicode.Scalar) -> Bool = \.properties.isAlphabetic
        guard let first = scalars.firstIndex(where: isLetter),
            let last = scalars.lastIndex(where: isLetter),
            scalars.count - (last - first + 1) <= ornamentLimit
        else { return false }
        return MostUsedPasswords.words.contains(text(scalars[first...last]))
    }

    private static func isRepeated(_ scalars: [Unicode.Scalar]) -> Bool {
        guard Set(scalars).count > 4 else { return true }
        for length in 5...16 where length <= scalars.count / 2 {
            let isPeriod = scalars.indices.dropFirst(length).allSatisfy {
                scalars[$0] == scalars[$0 - length]
            }
            if isPeriod { return MostUsedPasswords.words.contains(text(scalars[..<length])) }
        }
        return false
    }

    /// Rows of keyboards and of the alphabet.
    private static let rows = [
        "abcdefghijklmnopqrstuvwxyz", "01234567890", "qwertyuiop[]", "qwertzuiop", "azertyuiop",
        "asdfghjkl;'", "zxcvbnm,./", "yxcvbnm", "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik,9ol.0p;/",
    ]

    /// Two keys that lie side by side in a row, in either direction.
    private static let steps: Set<[Unicode.Scalar]> = {
        var steps: Set<[Unicode.Scalar]> = []
        for row in rows {
            let keys = Array(row.unicodeScalars)
            for (left, right) in zip(keys, keys.dropFirst()) {
                steps.formUnion([[left, right], [right, left], [left, left]])
            }
        }
        return steps
    }()

    private static let leapLimit = 2

    private static func isWalk(_ scalars: [Unicode.Scalar]) -> Bool {
        let leaps = zip(scalars, scalars.dropFirst()).filter { !steps.contains([$0, $1]) }
        return leaps.count <= leapLimit
    }

    private static func text(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
        var text = String.UnicodeScalarView()
        text.append(contentsOf: scalars)
        return String(text)
    }
}
