import Ledger

/// One language of letters: a function for each, so that none can be forgotten.
struct MailLanguage: Sendable {
    /// As BCP 47 begins it.
    let code: String
    let greeting: @Sendable (_ name: String?) -> String
    let footer: @Sendable (_ server: String) -> String

    let verifyEmail: @Sendable (_ link: String) -> LetterText
    let confirmNewEmail: @Sendable (_ link: String) -> LetterText
    let emailChangeAsked: @Sendable (_ newEmail: String, _ address: String) -> LetterText
    let emailChanged: @Sendable (_ newEmail: String) -> LetterText
    let resetPassword: @Sendable (_ link: String) -> LetterText
    let passwordChanged: @Sendable () -> LetterText
    let invitation: @Sendable (Invitation) -> LetterText
    let newDevice: @Sendable (_ device: String, _ address: String, _ at: String) -> LetterText
    let accountLocked: @Sendable (_ address: String, _ minutes: Int) -> LetterText
    let sessionStolen: @Sendable (_ device: String, _ address: String) -> LetterText
    let secondFactorChanged: @Sendable (WayInChange) -> LetterText
    let tokenMade: @Sendable (Token) -> LetterText
    let deletionPlanned: @Sendable (_ on: LocalDate?, _ link: String) -> LetterText
    let erased: @Sendable (_ receipt: String) -> LetterText
    let notices: @Sendable (Happened) -> LetterText

    struct Happened: Sendable {
        let notices: [LetterNotice]
        let more: Int
        let rhythm: NoticeRhythm
        let center: String
        let preferences: String

        var count: Int { notices.count + more }

        /// A line for each, under its household where there are several.
        var lines: [LetterText.Part] {
            var parts: [LetterText.Part] = []
            let households = Set(notices.map(\.household))
            for household in households.sorted(by: { ($0 ?? "") < ($1 ?? "") }) {
                if households.count > 1, let name = household {
                    parts.append(.paragraph("\(ForeignText.line(name)):"))
                }
                parts += notices.filter { $0.household == household }.map { .paragraph($0.text) }
            }
            return parts
        }
    }

    struct Invitation: Sendable {
        /// Nil for a name that is better not repeated; so the household's.
        let inviter: String?
        let household: String?
        let role: HouseholdRole?
        let link: String
    }

    struct Token: Sendable {
        let name: String
        let prefix: String
        let mayChange: Bool
        let address: String
    }

    static let all: [MailLanguage] = [.english, .german]

    /// The person's language where there is a catalogue of it, else English.
    ///
    /// - Parameter locale: as BCP 47 writes it, for example `de-AT`.
    static func of(_ locale: String) -> MailLanguage {
        let language = locale.split(whereSeparator: { "-_".contains($0) }).first?.lowercased()
        return all.first { $0.code == language } ?? .english
    }

    /// - Parameter server: where people reach it.
    func layout(_ letter: Letter, server: String) -> LetterLayout {
        LetterLayout(
            language: code,
            greeting: greeting(letter.name.flatMap(ForeignText.harmless)),
            text: text(of: letter),
            footer: footer(server)
        )
    }

    private func text(of letter: Letter) -> LetterText {
        let line = ForeignText.line
        switch letter {
        case .verifyEmail(_, let link): return verifyEmail(link)
        case .confirmNewEmail(_, let link): return confirmNewEmail(link)
        case .emailChangeAsked(_, let email, let address):
            return emailChangeAsked(line(email), line(address))
        case .emailChanged(_, let email): return emailChanged(line(email))
        case .resetPassword(_, let link): return resetPassword(link)
        case .passwordChanged: return passwordChanged()
        case .invitation(let inviter, let household, let role, let link):
            return invitation(
                Invitation(
                    inviter: ForeignText.harmless(inviter),
                    household: ForeignText.harmless(household),
                    role: HouseholdRole(rawValue: role),
                    link: link
                )
            )
        case .newDevice(_, let device, let address, let at):
            return newDevice(line(device), line(address), Self.minute(at))
        case .accountLocked(_, let address, let minutes):
            return accountLocked(line(address), minutes)
        case .sessionStolen(_, let device, let address):
            return sessionStolen(line(device), line(address))
        case .secondFactorChanged(_, let change): return secondFactorChanged(change.inOneLine)
        case .tokenMade(_, let name, let prefix, let mayChange, let address):
            return tokenMade(
                Token(
                    name: line(name),
                    prefix: line(prefix),
                    mayChange: mayChange,
                    address: line(address)
                )
            )
        case .deletionPlanned(_, let day, let link): return deletionPlanned(LocalDate(day), link)
        case .erased(_, let receipt): return erased(line(receipt))
        case .notices(_, let notices, let more, let rhythm, let center, let preferences):
            return self.notices(
                Happened(
                    notices: notices,
                    more: more,
                    rhythm: rhythm,
                    center: center,
                    preferences: preferences
                )
            )
        }
    }

    /// `2026-03-15T12:34:56.789Z` as `2026-03-15 12:34 UTC`, which everyone reads the same way.
    private static func minute(_ instant: String) -> String {
        let parts = instant.split(separator: "T")
        guard parts.count == 2 else { return ForeignText.line(instant) }
        return "\(parts[0]) \(parts[1].prefix(5)) UTC"
    }
}

extension Letter {
    /// Whom it greets, where that is known.
    fileprivate var name: String? {
        switch self {
        case .invitation: nil
        case .verifyEmail(let name, _), .confirmNewEmail(let name, _),
            .emailChangeAsked(let name, _, _), .emailChanged(let name, _),
            .resetPassword(let name, _), .passwordChanged(let name), .newDevice(let name, _, _, _),
            .accountLocked(let name, _, _), .sessionStolen(let name, _, _),
            .secondFactorChanged(let name, _), .tokenMade(let name, _, _, _, _),
            .deletionPlanned(let name, _, _), .erased(let name, _),
            .notices(let name, _, _, _, _, _):
            name
        }
    }
}

extension WayInChange {
    /// With names that people chose on one line.
    fileprivate var inOneLine: WayInChange {
        switch self {
        case .passkeyAdded(let name): .passkeyAdded(ForeignText.line(name))
        case .providerLinked(let name): .providerLinked(ForeignText.line(name))
        default: self
        }
    }
}
