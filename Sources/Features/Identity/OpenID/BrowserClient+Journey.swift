import HTTPTypes

extension BrowserClient {
    /// What binds a journey to a provider to the browser that began it. It is sent when the browser
    /// comes back from another site, so it cannot be strict.
    func keepJourney(_ token: OpaqueToken) -> String {
        journeyCookie(token.text, seconds: OneTimeTokenKind.oidc.lifetimeSeconds)
    }

    var endJourney: String { journeyCookie("", seconds: 0) }

    func journey(in headers: HTTPFields) -> OpaqueToken? {
        cookie(journeyName, in: headers).flatMap { OpaqueToken($0) }
    }

    /// The prefix makes browsers refuse what another host or plain http planted.
    private var journeyName: String { isSecure ? "__Host-martlet_oidc" : "martlet_oidc" }

    private func journeyCookie(_ value: String, seconds: Int64) -> String {
        "\(journeyName)=\(value); Path=/; Max-Age=\(seconds); HttpOnly; SameSite=Lax"
            + (isSecure ? "; Secure" : "")
    }
}
