import Ledger

/// What is answered to who signs in.
struct SessionAnswer: Sendable {
    let signedIn: SignedIn
    /// False for browsers, which keep it as a cookie.
    let showsRefreshToken: Bool
}

/// The shapes of what is answered about people and sessions.
enum IdentityShapes {
    static let user = Shape<Person>("User") { shape in
        shape.id("id") { $0.id }
        shape.text("email") { $0.email }
        shape.text("name") { $0.name }
        shape.text("time_zone") { $0.timeZone }
        shape.text("locale") { $0.locale }
        shape.instant("created_at") { $0.createdAt }
        shape.boolean("email_verified") { $0.emailVerifiedAt != nil }
        shape.choice("system_role") { $0.systemRole }
        shape.instantOrNil("erase_at") { $0.eraseAt }
    }

    static let household = Shape<HouseholdCard>("Household") { shape in
        shape.id("id") { $0.id }
        shape.text("name") { $0.name }
        shape.currency("currency") { $0.currency }
        shape.member("week_start", .choice(Weekday.allCases.map(\.name))) {
            $1.string($0.weekStart.name)
        }
        shape.choice("role") { $0.role }
        shape.integer("version") { $0.version }
        shape.instant("created_at") { $0.createdAt }
        shape.boolean("is_default") { $0.isDefault }
    }

    static let session = Shape<SessionAnswer>("Session") { shape in
        shape.object("user", user) { $0.signedIn.person }
        shape.object("household", household) { $0.signedIn.household }
        shape.text("access_token") { $0.signedIn.accessToken }
        shape.member("token_type", .choice(["Bearer"])) { $1.string("Bearer") }
        shape.integer("expires_in") { _ in AccessTokens.lifetimeSeconds }
        shape.textOrNil("refresh_token") {
            $0.showsRefreshToken ? $0.signedIn.refreshToken.text : nil
        }
    }

    static let me = Shape<FoundPerson>("Me") { shape in
        shape.object("user", user) { $0.person }
        shape.object("household", household) { $0.household }
        shape.list("households", household) { $0.households }
        shape.list("grants", look) { $0.looks }
        shape.texts("permissions") { found in
            found.person.systemRole.permissions.map(\.rawValue).sorted()
        }
    }

    /// A household that somebody who works on the server may look at for a while.
    private static let look = Shape<GrantStore.Look>("GrantedHousehold") { shape in
        shape.object("household", household) { $0.household }
        shape.instant("expires_at") { $0.expiresAt }
    }

    /// A sign-in whose second factor is still to be proved.
    static let halfLogin = Shape<HalfLogin>("HalfLogin") { shape in
        shape.text("token") { $0.token.text }
        shape.texts("methods") { $0.methods.map(\.rawValue) }
        shape.integer("expires_in") { _ in OneTimeTokenKind.halfLogin.lifetimeSeconds }
    }
}
