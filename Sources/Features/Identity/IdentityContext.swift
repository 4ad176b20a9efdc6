import Foundation

/// What the services of identity are given. It is made once, in `buildRouter`.
package struct IdentityContext: Sendable {
    let environment: ServerEnvironment
    let passwords: PasswordHasher
    let tokens: AccessTokens
    let authenticator: Authenticator
    let devices: KnownDevices
    let registration: RegistrationMode
    let turns = Turns()

    package init(
        _ environment: ServerEnvironment,
        passwords: PasswordHasher,
        tokens: AccessTokens,
        authenticator: Authenticator,
        devices: KnownDevices,
        registration: RegistrationMode = .open
    ) {
        self.environment = environment
        self.passwords = passwords
        self.tokens = tokens
        self.authenticator = authenticator
        self.devices = devices
        self.registration = registration
    }
}

/// Who may sign up. The first person always may: someone has to be the administrator.
package enum RegistrationMode: String, CaseIterable, Sendable {
    case open
    /// Whoever holds an invitation to a household.
    case invitation
    case closed
}
