import Credentials
import Storage

/// What a person has set up to sign in with.
struct FactorOverview: Sendable {
    let hasPassword: Bool
    let timeCodeConfirmedAt: Instant?
    let backupCodesLeft: Int
    let passkeys: [PasskeyRecord]
    let identities: [ProviderIdentity]
}

/// A secret that waits to be confirmed. It is shown once.
struct TimeCodeOffer: Sendable {
    let secret: String
    let uri: String
    let picture: String
}

/// The shapes of what is answered about factors.
enum FactorShapes {
    private static let timeCode = Shape<Instant?>("TimeCode") { shape in
        shape.boolean("enabled") { $0 != nil }
        shape.instantOrNil("confirmed_at") { $0 }
    }

    static let overview = Shape<FactorOverview>("Factors") { shape in
        shape.boolean("password") { $0.hasPassword }
        shape.object("totp", timeCode) { $0.timeCodeConfirmedAt }
        shape.integer("backup_codes_left") { Int64($0.backupCodesLeft) }
        shape.list("passkeys", passkey) { $0.passkeys }
        shape.list("identities", identity) { $0.identities }
    }

    static let passkey = Shape<PasskeyRecord>("Passkey") { shape in
        shape.id("id") { $0.id }
        shape.text("name") { $0.name }
        shape.instant("created_at") { $0.createdAt }
        shape.instantOrNil("used_at") { $0.usedAt }
        shape.boolean("is_backed_up") { $0.isBackedUp }
    }

    static let identity = Shape<ProviderIdentity>("Identity") { shape in
        shape.id("id") { $0.id }
        shape.text("provider") { $0.provider }
        shape.text("name") { $0.name }
        shape.textOrNil("email") { $0.email }
        shape.instant("created_at") { $0.createdAt }
    }

    static let offer = Shape<TimeCodeOffer>("TimeCodeOffer") { shape in
        shape.text("secret") { $0.secret }
        shape.text("uri") { $0.uri }
        shape.text("qr_svg") { $0.picture }
    }

    static let backupCodes = Shape<[BackupCode]>("BackupCodes") { shape in
        shape.texts("backup_codes") { $0.map(\.text) }
    }
}
