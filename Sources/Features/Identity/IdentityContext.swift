import Foundation

/// What the services of identity are given. It is made once, in `buildRouter`.
package struct IdentityContext: Sendable {
    let environment: ServerEnvironment
    let passwords: PasswordHasher
    let tokens: AccessTokens
    let authenticator: Authenticator
    let devices: KnownDevices
    let registration: RegistrationMode
    /// Whom people may sign in with besides.
    let providers: OpenIDProviders
    /// Whether everyone must have a second factor.
    let demandsFactor: Bool
    /// Nil where the operator has not turned the look-up on.
    let breached: BreachedPasswords?
    /// Whether letters leave this machine.
    let sendsMail: Bool
    let turns = Turns()
    let storedCosts = StoredCosts()

    package init(
        _ environment: ServerEnvironment,
        passwords: PasswordHasher,
        tokens: AccessTokens,
        authenticator: Authenticator,
        devices: KnownDevices,
        registration: RegistrationMode = .open,
        providers: OpenIDProviders,
        demandsFactor: Bool = false,
        breached: BreachedPasswords? = nil,
        sendsMail: Bool = false
    ) {
        self.environment = environment
        self.passwords = passwords
        self.tokens = tokens
        self.authenticator = authenticator
        self.devices = devices
        self.registration = registration
        self.providers = providers
        self.demandsFactor = demandsFactor
        self.breached = breached
        self.sendsMail = sendsMail
    }
}

/// Who may sign up. The first person always may: someone has to be the administrator.
package enum RegistrationMode: String, CaseIterable, Sendable {
    case open
    /// Whoever holds an invitation to a household.
    case invitation
    case closed
}
