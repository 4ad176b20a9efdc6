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
        secondFactorChanged: { what in
            LetterText(
                "Wie du dich anmeldest, wurde geändert",
                .facts([.init(name: "Geändert", value: what)]),
                .paragraph("Wenn du es warst, ist nichts zu tun. \(ifNotYou)")
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
        }
    )

    private static let ifNotYou = """
        Wenn du es nicht warst, wähle sofort ein neues Passwort und melde in den Einstellungen \
        unter Sicherheit alle Geräte ab.
        """

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
