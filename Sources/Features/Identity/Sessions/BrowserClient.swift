package import Foundation
import HTTPTypes

/// Keeps a browser's refresh token where its scripts cannot read it: in a cookie that only the
/// sign-in routes are sent.
package struct BrowserClient: Sendable {
    private let cookieName: String
    private let badgeName: String
    let isSecure: Bool
    private let devices: KnownDevices

    /// - Parameter publicURL: where people reach this server.
    package init(publicURL: URL, devices: KnownDevices) {
        isSecure = publicURL.scheme?.lowercased() == "https"
        cookieName = isSecure ? "__Secure-martlet_refresh" : "martlet_refresh"
        badgeName = isSecure ? "__Secure-martlet_device" : "martlet_device"
        self.devices = devices
    }

    /// Who is at the door.
    func visit(of call: OpenCall) -> Visit {
        Visit(client: call.client, requestID: call.requestID, badge: badge(in: call.headers))
    }

    func visit(of call: PersonCall) -> Visit {
        Visit(client: call.client, requestID: call.requestID, badge: badge(in: call.headers))
    }

    /// What the browser shows of its earlier visits.
    func badge(in headers: HTTPFields) -> DeviceBadge? {
        cookie(badgeName, in: headers).flatMap { devices.badge(in: $0) }
    }

    /// A session, or that a second factor is wanted.
    func answer(_ outcome: SignInOutcome, to headers: HTTPFields) -> Reply {
        switch outcome {
        case .session(let signedIn): answer(.ok, signedIn, to: headers)
        case .secondFactor(let half):
            Reply(.accepted, data: IdentityShapes.halfLogin.bytes(half))
        }
    }

    /// A session. A browser gets the refresh token as a cookie and none in the body.
    func answer(
        _ status: HTTPResponse.Status,
        _ signedIn: SignedIn,
        to headers: HTTPFields
    ) -> Reply {
        let isBrowser = isBrowser(headers)
        let session = SessionAnswer(signedIn: signedIn, showsRefreshToken: !isBrowser)
        var reply = Reply(status, data: IdentityShapes.session.bytes(session))
        guard isBrowser else { return reply }
        reply.headers.append(
            HTTPField(name: .setCookie, value: keep(signedIn.refreshToken))
        )
        if let badge = signedIn.badge {
            let text = devices.text(of: badge)
            reply.headers.append(
                HTTPField(
                    name: .setCookie,
                    value: cookie(badgeName, text, seconds: Self.badgeSeconds)
                )
            )
        }
        return reply
    }

    /// No content, and no cookie any more. The badge stays: the device is still known.
    func goodbye(to headers: HTTPFields) -> Reply {
        var reply = Reply.noContent
        if isBrowser(headers) { reply.headers[.setCookie] = clear }
        return reply
    }

    /// As long as browsers keep any cookie.
    private static let badgeSeconds: Int64 = 400 * 86_400

    func isBrowser(_ headers: HTTPFields) -> Bool {
        headers[.martletClient]?.lowercased() == "browser"
    }

    /// The refresh token that came as a cookie; nil when there is none.
    ///
    /// - Throws: 403 unless a script of an allowed page sent it on purpose. The header cannot be
    ///   set by a form, and `Doorway` has refused what came from a foreign page.
    func refreshToken(in headers: HTTPFields) throws(APIError) -> String? {
        guard let token = cookie(cookieName, in: headers) else { return nil }
        let type = headers[.contentType]?.split(separator: ";").first.map { String($0).trimmed }
        guard isBrowser(headers), type?.lowercased() == "application/json",
            headers[.origin] != nil || headers[.secFetchSite] != nil
        else {
            throw APIError(
                .forbidden,
                "request.cross_site",
                "The cookie counts only with Martlet-Client, an Origin and application/json."
            )
        }
        return token
    }

    func keep(_ token: RefreshToken) -> String {
        cookie(cookieName, token.text, seconds: SessionStore.idleSeconds)
    }

    var clear: String { cookie(cookieName, "", seconds: 0) }

    func cookie(_ name: String, in headers: HTTPFields) -> String? {
        for header in headers[values: .cookie] {
            for pair in header.split(separator: ";") {
                let parts = pair.split(separator: "=", maxSplits: 1)
                if parts.count == 2, String(parts[0]).trimmed == name {
                    return String(parts[1]).trimmed
                }
            }
        }
        return nil
    }

    private func cookie(_ name: String, _ value: String, seconds: Int64) -> String {
        "\(name)=\(value); Path=/api/v1/auth; Max-Age=\(seconds); HttpOnly; SameSite=Strict"
            + (isSecure ? "; Secure" : "")
    }
}

extension HTTPField.Name {
    static let martletClient = HTTPField.Name("Martlet-Client")!
    static let secFetchSite = HTTPField.Name("Sec-Fetch-Site")!
}
