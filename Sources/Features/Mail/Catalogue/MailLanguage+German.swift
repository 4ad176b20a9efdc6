import Ledger

extension MailLanguage {
    static let german = MailLanguage(
        code: "de",
        greeting: { name in name.map { "Hallo \($0)," } ?? "Hallo," },
        footer: { "Martlet auf \($0) hat dies von selbst geschickt. Antworten liest niemand." },
        verifyEmail: { link in
            LetterText(
                "Bestätige deine E-Mail-Adresse",
                .paragraph(
                    """
                    Bitte bestätige, dass diese Adresse dir gehört. Der Link gilt einmal und einen \
                    Tag lang.
                    """
                ),
                .link("Adresse bestätigen", to: link),
                .paragraph(
                    """
                    Wenn du dich nicht registriert hast, tu nichts: Die Adresse bleibt unbestätigt.
                    """
                )
            )
        },
        confirmNewEmail: { link in
            LetterText(
                "Bestätige deine neue E-Mail-Adresse",
                .paragraph(
                    """
                    Du möchtest dich künftig mit dieser Adresse anmelden. Der Link gilt einmal und \
                    einen Tag lang.
                    """
                ),
                .link("Diese Adresse verwenden", to: link),
                .paragraph("Wenn du das nicht wolltest, tu nichts: Es ändert sich nichts.")
            )
        },
        emailChangeAsked: { email, address in
            LetterText(
                "Jemand möchte eine andere E-Mail-Adresse",
                .paragraph(
                    """
                    Jemand, hoffentlich du, möchte sich bei deinem Konto mit einer anderen Adresse \
                    anmelden. Sie ändert sich, wenn dem Link im Brief an diese Adresse gefolgt wird.
                    """
                ),
                .facts([
                    .init(name: "Neue Adresse", value: email),
                    .init(name: "Netzadresse", value: address),
                ]),
                .paragraph("Wenn du es warst, ist hier nichts zu tun. \(ifNotYou)")
            )
        },
        emailChanged: { email in
            LetterText(
                "Deine E-Mail-Adresse wurde geändert",
                .paragraph("Ab jetzt meldest du dich mit einer anderen Adresse an:"),
                .facts([.init(name: "Neue Adresse", value: email)]),
                .paragraph(ifNotYou)
            )
        },
        resetPassword: { link in
            LetterText(
                "Wähle ein neues Passwort",
                .paragraph(
                    """
                    Jemand, hoffentlich du, hat ein neues Passwort verlangt. Der Link gilt einmal \
                    und eine halbe Stunde lang.
                    """
                ),
                .link("Neues Passwort wählen", to: link),
                .paragraph("Wenn du es nicht warst, tu nichts: Dein Passwort bleibt, wie es ist.")
            )
        },
        passwordChanged: {
            LetterText(
                "Dein Passwort wurde geändert",
                .paragraph(
                    """
                    Dein Passwort wurde soeben geändert, und alle anderen Geräte wurden abgemeldet.
                    """
                ),
                .paragraph(ifNotYou)
            )
        },
        invitation: invite,
        newDevice: { device, address, at in
            LetterText(
                "Ein neues Gerät hat sich angemeldet",
                .paragraph(
                    "Jemand hat sich mit einem Gerät angemeldet, das wir noch nicht kannten."
                ),
                .facts(facts(device, address) + [.init(name: "Zeit", value: at)]),
                .paragraph("Wenn du es warst, ist nichts zu tun. \(ifNotYou)")
            )
        },
        accountLocked: { address, minutes in
            LetterText(
                "Die Anmeldung ist für eine Weile gesperrt",
                .paragraph(
                    """
                    Aus einem Netz wurden mehrere falsche Passwörter für dein Konto eingegeben. Von \
                    dort kann sich \(minutes) Minuten lang niemand anmelden. Deine Geräte anderswo \
                    sind nicht betroffen.
                    """
                ),
                .facts([.init(name: "Netzadresse", value: address)]),
                .paragraph(
                    """
                    Wenn du es warst, warte ein wenig oder wähle ein neues Passwort. Wenn nicht, hat \
                    dein Passwort gehalten.
                    """
                )
            )
        },
        sessionStolen: { device, address in
            LetterText(
                "Ein Gerät wurde zu deiner Sicherheit abgemeldet",
                .paragraph(
                    """
                    Ein Schlüssel eines deiner angemeldeten Geräte wurde zweimal verwendet, so als \
                    hätte ihn jemand kopiert. Wir haben diese Sitzung beendet.
                    """
                ),
                .facts(facts(device, address)),
                .paragraph(
                    """
                    Melde dich auf deinem Gerät neu an. Wenn du es gerade nicht benutzt hast, ändere \
                    dein Passwort.
                    """
                )
            )
        },
        secondFactorChanged: { change in
            LetterText(
                "Wie du dich anmeldest, wurde geändert",
                .paragraph(words(for: change)),
                .paragraph("Wenn du es warst, ist nichts zu tun. \(ifNotYou)")
            )
        },
        tokenMade: { token in
            LetterText(
                "Ein Zugangsschlüssel wurde angelegt",
                .paragraph(
                    """
                    Für dein Konto wurde ein persönlicher Zugangsschlüssel angelegt. Wer ihn hat, \
                    kann ohne Anmeldung \
                    \(token.mayChange ? "lesen und ändern" : "lesen, aber nicht ändern"), wofür er gilt.
                    """
                ),
                .facts([
                    .init(name: "Name", value: token.name),
                    .init(name: "Beginnt mit", value: token.prefix),
                    .init(name: "Netzadresse", value: token.address),
                ]),
                .paragraph(
                    """
                    Wenn du es warst, ist nichts zu tun. Wenn nicht, entferne ihn in den \
                    Einstellungen unter Sicherheit und wähle sofort ein neues Passwort.
                    """
                )
            )
        },
        deletionPlanned: planDeletion,
        erased: { receipt in
            LetterText(
                "Dein Konto ist gelöscht",
                .paragraph(
                    """
                    Wie du es wolltest, sind dein Konto und alles, was nur dir gehörte, hier \
                    gelöscht. Kopien in Sicherungen verschwinden mit diesen. Dies ist der letzte \
                    Brief; deine Adresse wird mit ihm vergessen.
                    """
                ),
                .facts([.init(name: "Beleg", value: receipt)])
            )
        },
        notices: tell
    )

    @Sendable private static func tell(_ it: Happened) -> LetterText {
        let subject =
            switch it.rhythm {
            case .daily: "Dein Tag: \(count(it.count))"
            case .weekly: "Deine Woche: \(count(it.count))"
            case .atOnce: it.count == 1 ? it.notices[0].title : count(it.count)
            }
        let more: [LetterText.Part] =
            it.more > 0 ? [.paragraph("Und \(it.more) weitere.")] : []
        return LetterText(
            subject,
            it.lines + more + [
                .link("Martlet öffnen", to: it.center),
                .paragraph("Was dir wann geschickt wird, bestimmst du: \(it.preferences)"),
            ]
        )
    }

    private static func count(_ count: Int) -> String {
        count == 1 ? "eine Mitteilung" : "\(count) Mitteilungen"
    }

    private static let ifNotYou = """
        Wenn du es nicht warst, wähle sofort ein neues Passwort und melde in den Einstellungen \
        unter Sicherheit alle Geräte ab.
        """

    private static func words(for change: WayInChange) -> String {
        switch change {
        case .timeCodeAdded: "Eine Authenticator-App wurde hinzugefügt."
        case .timeCodeRemoved: "Die Authenticator-App wurde entfernt."
        case .backupCodesRenewed:
            "Neue Ersatzcodes wurden angelegt. Die alten gelten nicht mehr."
        case .passkeyAdded(let name):
            "Der Passkey \u{201E}\(name)\u{201C} wurde hinzugefügt."
        case .passkeyRemoved: "Ein Passkey wurde entfernt."
        case .providerLinked(let name): "Die Anmeldung mit \(name) wurde hinzugefügt."
        case .providerUnlinked: "Die Anmeldung mit einem Anbieter wurde entfernt."
        case .factorsReset:
            """
            Wer diesen Server betreibt, hat deine zweiten Faktoren entfernt: die Authenticator-App, \
            die Ersatzcodes und die Passkeys. Alle Geräte wurden abgemeldet. Richte sie neu ein.
            """
        }
    }

    private static func facts(_ device: String, _ address: String) -> [LetterText.Fact] {
        [
            .init(name: "Gerät", value: device.isEmpty ? "unbekannt" : device),
            .init(name: "Netzadresse", value: address),
        ]
    }

    @Sendable private static func invite(_ invitation: Invitation) -> LetterText {
        let who = invitation.inviter ?? "Jemand"
        let what =
            invitation.household.map { "den Haushalt \u{201E}\($0)\u{201C}" } ?? "einen Haushalt"
        let right =
            switch invitation.role {
            case .viewer: "Du könntest seine Konten ansehen, aber nichts ändern."
            case .editor, .owner: "Du könntest seine Konten ansehen und Buchungen eintragen."
            case nil: "Du könntest seine Konten ansehen."
            }
        return LetterText(
            "\(who) lädt dich in einen Haushalt ein",
            .paragraph(
                """
                \(who) lädt dich in \(what) bei Martlet ein, wo über sein Geld Buch geführt wird. \
                \(right)
                """
            ),
            .link("Einladung ansehen", to: invitation.link),
            .paragraph(
                """
                Der Link gilt einmal und eine Woche lang. Wenn du nicht weißt, wer das ist, tu nichts.
                """
            )
        )
    }

    @Sendable private static func planDeletion(_ day: LocalDate?, _ link: String) -> LetterText {
        let date = day.map { "am \(germanDate($0))" } ?? "in 14 Tagen"
        return LetterText(
            "Dein Konto wird gelöscht",
            .paragraph(
                """
                Du möchtest, dass dein Konto gelöscht wird. Das geschieht \(date). Bis dahin kannst \
                du dich anmelden, deine Daten mitnehmen und es dir anders überlegen.
                """
            ),
            .link("Mein Konto behalten", to: link),
            .paragraph(
                """
                Wenn du das nicht wolltest, melde dich an, behalte das Konto und ändere dein Passwort.
                """
            )
        )
    }

    private static func germanDate(_ day: LocalDate) -> String {
        let months = [
            "Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September",
            "Oktober", "November", "Dezember",
        ]
        return "\(day.day). \(months[day.monthOfYear - 1]) \(day.year)"
    }
}
