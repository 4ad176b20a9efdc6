import Ledger

extension MailLanguage {
    static let english = MailLanguage(
        code: "en",
        greeting: { name in name.map { "Hello \($0)," } ?? "Hello," },
        footer: { "Martlet at \($0) sent this by itself. Nobody reads answers to it." },
        verifyEmail: { link in
            LetterText(
                "Confirm your e-mail address",
                .paragraph(
                    "Please confirm that this address is yours. The link works once, for a day."
                ),
                .link("Confirm this address", to: link),
                .paragraph("If you did not sign up, do nothing: the address stays unconfirmed.")
            )
        },
        confirmNewEmail: { link in
            LetterText(
                "Confirm your new e-mail address",
                .paragraph(
                    """
                    You asked to sign in with this address from now on. The link works once, for a \
                    day.
                    """
                ),
                .link("Use this address", to: link),
                .paragraph("If you did not ask for this, do nothing: nothing changes.")
            )
        },
        emailChangeAsked: { email, address in
            LetterText(
                "Someone asked for another e-mail address",
                .paragraph(
                    """
                    Someone, we hope you, wants to sign in to your account with another address. It \
                    changes when the link in the letter to that address is followed.
                    """
                ),
                .facts([
                    .init(name: "New address", value: email),
                    .init(name: "Network address", value: address),
                ]),
                .paragraph("If it was you, there is nothing to do here. \(ifNotYou)")
            )
        },
        emailChanged: { email in
            LetterText(
                "Your e-mail address was changed",
                .paragraph("From now on you sign in with another address:"),
                .facts([.init(name: "New address", value: email)]),
                .paragraph(ifNotYou)
            )
        },
        resetPassword: { link in
            LetterText(
                "Choose a new password",
                .paragraph(
                    """
                    Someone, we hope you, asked for a new password. The link works once, for half an \
                    hour.
                    """
                ),
                .link("Choose a new password", to: link),
                .paragraph("If it was not you, do nothing: your password stays as it is.")
            )
        },
        passwordChanged: {
            LetterText(
                "Your password was changed",
                .paragraph(
                    "Your password was changed just now, and every other device was signed out."
                ),
                .paragraph(ifNotYou)
            )
        },
        invitation: invite,
        newDevice: { device, address, at in
            LetterText(
                "A new device signed in",
                .paragraph(
                    "Someone signed in to your account from a device that we had not seen before."
                ),
                .facts(facts(device, address) + [.init(name: "Time", value: at)]),
                .paragraph("If it was you, there is nothing to do. \(ifNotYou)")
            )
        },
        accountLocked: { address, minutes in
            LetterText(
                "Sign-in was stopped for a while",
                .paragraph(
                    """
                    Several wrong passwords were entered for your account from one network. From \
                    there nobody can sign in to it for \(minutes) minutes. Devices of yours \
                    elsewhere are not held up.
                    """
                ),
                .facts([.init(name: "Network address", value: address)]),
                .paragraph(
                    """
                    If it was you, wait a little, or choose a new password. If not, your password \
                    kept them out.
                    """
                )
            )
        },
        sessionStolen: { device, address in
            LetterText(
                "A device was signed out for your safety",
                .paragraph(
                    """
                    A key of one of your signed-in devices was used twice, as it is when somebody \
                    has copied it. We ended that session.
                    """
                ),
                .facts(facts(device, address)),
                .paragraph(
                    """
                    Sign in again on your own device. If you did not use it just now, change your \
                    password.
                    """
                )
            )
        },
        secondFactorChanged: { change in
            LetterText(
                "How you sign in was changed",
                .paragraph(words(for: change)),
                .paragraph("If it was you, there is nothing to do. \(ifNotYou)")
            )
        },
        tokenMade: { token in
            LetterText(
                "An access token was made",
                .paragraph(
                    """
                    A personal access token was made for your account. Whoever holds it can \
                    \(token.mayChange ? "read and change" : "read, but not change,") what it is for, \
                    without signing in.
                    """
                ),
                .facts([
                    .init(name: "Name", value: token.name),
                    .init(name: "Begins with", value: token.prefix),
                    .init(name: "Network address", value: token.address),
                ]),
                .paragraph(
                    """
                    If it was you, there is nothing to do. If not, remove it in the settings, under \
                    Security, and choose a new password at once.
                    """
                )
            )
        },
        deletionPlanned: planDeletion,
        erased: { receipt in
            LetterText(
                "Your account has been erased",
                .paragraph(
                    """
                    As you asked, your account and what was only yours are erased here. Copies in \
                    backups go when the backups do. This letter is the last one; your address is \
                    forgotten with it.
                    """
                ),
                .facts([.init(name: "Receipt", value: receipt)])
            )
        },
        notices: tell
    )

    @Sendable private static func tell(_ it: Happened) -> LetterText {
        let subject =
            switch it.rhythm {
            case .daily: "Your day: \(count(it.count))"
            case .weekly: "Your week: \(count(it.count))"
            case .atOnce: it.count == 1 ? it.notices[0].title : count(it.count)
            }
        let more: [LetterText.Part] =
            it.more > 0 ? [.paragraph("And \(it.more) more.")] : []
        return LetterText(
            subject,
            it.lines + more + [
                .link("Open Martlet", to: it.center),
                .paragraph("What is sent to you, and when, is for you to say: \(it.preferences)"),
            ]
        )
    }

    private static func count(_ count: Int) -> String {
        count == 1 ? "one notice" : "\(count) notices"
    }

    private static let ifNotYou = """
        If it was not you, choose a new password at once and sign out every device in the \
        settings, under Security.
        """

    private static func words(for change: WayInChange) -> String {
        switch change {
        case .timeCodeAdded: "An authenticator app was added."
        case .timeCodeRemoved: "The authenticator app was removed."
        case .backupCodesRenewed: "New backup codes were made. The old ones are not good any more."
        case .passkeyAdded(let name): "The passkey \u{201C}\(name)\u{201D} was added."
        case .passkeyRemoved: "A passkey was removed."
        case .providerLinked(let name): "Signing in with \(name) was added."
        case .providerUnlinked: "Signing in with a provider was removed."
        case .factorsReset:
            """
            Whoever runs this server has taken away your second factors: the authenticator app, the \
            backup codes and the passkeys. Every device was signed out. Set them up again.
            """
        }
    }

    private static func facts(_ device: String, _ address: String) -> [LetterText.Fact] {
        [
            .init(name: "Device", value: device.isEmpty ? "unknown" : device),
            .init(name: "Network address", value: address),
        ]
    }

    @Sendable private static func invite(_ invitation: Invitation) -> LetterText {
        let who = invitation.inviter ?? "Someone"
        let what =
            invitation.household.map { "the household \u{201C}\($0)\u{201D}" } ?? "a household"
        let right =
            switch invitation.role {
            case .viewer: "You would see its accounts and change nothing."
            case .editor, .owner: "You would see its accounts and enter transactions."
            case nil: "You would see its accounts."
            }
        return LetterText(
            "\(who) invites you to a household",
            .paragraph(
                """
                \(who) invites you to \(what) in Martlet, where its money is kept track of. \(right)
                """
            ),
            .link("Look at the invitation", to: invitation.link),
            .paragraph(
                "The link works once, for a week. If you do not know who this is, do nothing."
            )
        )
    }

    @Sendable private static func planDeletion(_ day: LocalDate?, _ link: String) -> LetterText {
        let date = day.map { "on \(englishDate($0))" } ?? "in 14 days"
        return LetterText(
            "Your account will be erased",
            .paragraph(
                """
                You asked for your account to be erased. That will happen \(date). Until then you \
                can sign in, take your data with you, and change your mind.
                """
            ),
            .link("Keep my account", to: link),
            .paragraph(
                """
                If you did not ask for this, sign in, keep the account, and change your password.
                """
            )
        )
    }

    private static func englishDate(_ day: LocalDate) -> String {
        let months = [
            "January", "February", "March", "April", "May", "June", "July", "August", "September",
            "October", "November", "December",
        ]
        return "\(day.day) \(months[day.monthOfYear - 1]) \(day.year)"
    }
}
