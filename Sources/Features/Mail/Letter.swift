/// A letter to a person, before it is put into words.
package enum Letter: Codable, Sendable, Equatable {
    case verifyEmail(name: String, link: String)
    /// To the new address of someone who wants another.
    case confirmNewEmail(name: String, link: String)
    /// To the address of someone who wants another, while it still is theirs here.
    case emailChangeAsked(name: String, newEmail: String, address: String)
    /// To the old address, once it is not theirs here any more.
    case emailChanged(name: String, newEmail: String)
    case resetPassword(name: String, link: String)
    case passwordChanged(name: String)
    case invitation(inviter: String, household: String, role: String, link: String)
    /// - Parameter at: as RFC 3339 writes it.
    case newDevice(name: String, device: String, address: String, at: String)
    case accountLocked(name: String, address: String, minutes: Int)
    /// A refresh token came a second time, so someone else may hold the session; it was ended.
    case sessionStolen(name: String, device: String, address: String)
    case secondFactorChanged(name: String, change: WayInChange)
    /// Someone made a token for a program, which needs no sign-in from then on.
    case tokenMade(name: String, token: String, prefix: String, mayChange: Bool, address: String)
    /// - Parameter on: the day, as ISO 8601 writes it.
    case deletionPlanned(name: String, on: String, link: String)
    case erased(name: String, receipt: String)
    /// What happened, as `NoticeWords` says it.
    ///
    /// - Parameters:
    ///   - more: how many more there are than the letter has room for.
    ///   - preferences: where somebody says how they want to be told.
    case notices(
        name: String,
        [LetterNotice],
        more: Int,
        rhythm: NoticeRhythm,
        center: String,
        preferences: String
    )

    /// What the queue calls it.
    var kind: String {
        switch self {
        case .verifyEmail: "verify_email"
        case .confirmNewEmail: "confirm_new_email"
        case .emailChangeAsked: "email_change_asked"
        case .emailChanged: "email_changed"
        case .resetPassword: "reset_password"
        case .passwordChanged: "password_changed"
        case .invitation: "invitation"
        case .newDevice: "new_device"
        case .accountLocked: "account_locked"
        case .sessionStolen: "session_stolen"
        case .secondFactorChanged: "second_factor_changed"
        case .tokenMade: "token_made"
        case .deletionPlanned: "deletion_planned"
        case .erased: "erased"
        case .notices: "notices"
        }
    }
}

/// One notice in a letter, in the reader's words.
package struct LetterNotice: Codable, Sendable, Equatable {
    let title: String
    let text: String
    /// Nil for what concerns nobody's household.
    let household: String?
}

/// How often letters tell of what happened.
package enum NoticeRhythm: String, Codable, Sendable {
    case atOnce, daily, weekly
}

/// What changed of the ways in, for each language to put into its words.
package enum WayInChange: Codable, Sendable, Equatable {
    case timeCodeAdded, timeCodeRemoved, backupCodesRenewed
    case passkeyAdded(String)
    case passkeyRemoved
    case providerLinked(String)
    case providerUnlinked
    /// All second factors were taken away by whoever holds the machine.
    case factorsReset
}

/// A letter and who gets it, as it waits in the queue.
package struct AddressedLetter: Codable, Sendable, Equatable {
    package let to: String
    /// As BCP 47 writes it.
    package let locale: String
    package let letter: Letter
}
