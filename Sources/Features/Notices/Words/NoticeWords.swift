import Ledger

/// One language of notices: the same words in the web app, in letters and wherever else they are read.
struct NoticeWords: Sendable {
    /// As BCP 47 begins it.
    let code: String
    /// A few words on the kind: what a letter with one notice is called.
    let title: @Sendable (NoticeKind) -> String
    let sentence: @Sendable (NoticeKind, NoticeDetails) -> String

    static let all: [NoticeWords] = [.english, .german]

    /// The person's language where there is a catalogue of it, else English.
    ///
    /// - Parameter locale: as BCP 47 writes it, for example `de-AT`.
    static func of(_ locale: String) -> NoticeWords {
        let language = locale.split(whereSeparator: { "-_".contains($0) }).first?.lowercased()
        return all.first { $0.code == language } ?? .english
    }
}

/// How a language writes numbers.
struct NumberMarks: Sendable {
    let decimal: Character
    let thousands: Character

    /// `1,234.50 EUR`
    func text(_ money: Money) -> String {
        let decimal = money.decimal
        let isNegative = decimal.hasPrefix("-")
        let parts = decimal.drop { $0 == "-" }.split(separator: ".")
        var grouped = ""
        for (index, digit) in parts[0].enumerated() {
            if index > 0, (parts[0].count - index).isMultiple(of: 3) { grouped.append(thousands) }
            grouped.append(digit)
        }
        let fraction = parts.count > 1 ? "\(self.decimal)\(parts[1])" : ""
        return "\(isNegative ? "−" : "")\(grouped)\(fraction) \(money.currency.code)"
    }

    func text(_ money: Money?) -> String { money.map { text($0) } ?? "?" }
}

extension NoticeDetails {
    /// Names come from people and banks: one line of them.
    var safeName: String { ForeignText.line(name ?? "?") }
    var safePayee: String? {
        payee.map(ForeignText.line).flatMap { $0.isEmpty ? nil : $0 }
    }
}
