package import Foundation
import HTTPTypes

/// Keeps a browser's refresh token where its scripts cannot read it: in a cookie that only the
/// sign-in routes are sent.
package struct BrowserClient: Sendable {
    private let cookieName: String
    private let isSecure: Bool

    /// - Parameter publicURL: where people reach this server.
    package init(publicURL: URL) {
        isSecure = publicURL.scheme?.lowercased() == "https"
        cookieName = isSecure ? "__Secure-martlet_refresh" : "martlet_refresh"
    }

    func isBrowser(_ headers: HTTPFields) -> Bool {
        headers[.martletClient]?.lowercased() == "browser"
    }

    /// The refresh token that came as a cookie; nil when there is none.
    ///
    /// - Throws: 403 unless a script of an allowed page sent it on purpose. The header cannot be
    ///   set by a form, and `Doorway` has refused what came from a foreign page.
    func refreshToken(in headers: HTTPFields) throws(APIError) -> String? {
        guard let token = cookie(in: headers) else { return nil }
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
        cookie(token.text, seconds: SessionStore.idleSeconds)
    }

    var clear: String { cookie("", seconds: 0) }

    private func cookie(in headers: HTTPFields) -> String? {
        for header in headers[values: .cookie] {
            for pair in header.split(separator: ";") {
                let parts = pair.split(separator: "=", maxSplits: 1)
                if parts.count == 2, String(parts[0]).trimmed == cookieName {
                    return String(parts[1]).trimmed
                }
            }
        }
        return nil
    }

    private func cookie(_ value: String, seconds: Int64) -> String {
        "\(cookieName)=\(value); Path=/api/v1/auth; Max-Age=\(seconds); HttpOnly; SameSite=Strict"
            + (isSecure ? "; Secure" : "")
    }
}

extension HTTPField.Name {
    static let martletClient = HTTPField.Name("Martlet-Client")!
    static let secFetchSite = HTTPField.Name("Sec-Fetch-Site")!
}
