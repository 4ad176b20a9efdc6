import Foundation
import HTTPTypes

/// The headers that tell a browser to trust nothing but this server, on every answer there is.
///
/// - Source: OWASP ASVS 5.0, V3.4.
package struct SecurityHeaders: Sendable {
    private let fixed: [(name: HTTPField.Name, value: String)]

    /// - Parameter isSecure: whether people reach this server by https.
    package init(isSecure: Bool) {
        var fixed: [(name: HTTPField.Name, value: String)] = [
            (.contentSecurityPolicy, Self.policy),
            (.xContentTypeOptions, "nosniff"),
            (.referrerPolicy, "no-referrer"),
            (.xFrameOptions, "DENY"),
            (.crossOriginOpenerPolicy, "same-origin"),
            (.crossOriginResourcePolicy, "same-origin"),
            (.permissionsPolicy, Self.permissions),
        ]
        if isSecure {
            fixed.append(
                (.strictTransportSecurity, "max-age=63072000; includeSubDomains")
            )
        }
        self.fixed = fixed
    }

    func add(to headers: inout HTTPFields) {
        for (name, value) in fixed where !headers.contains(name) { headers[name] = value }
        if !headers.contains(.cacheControl) { headers[.cacheControl] = "no-store" }
    }

    static let policy = [
        "default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self' data:",
        "font-src 'self'", "manifest-src 'self'", "worker-src 'self'", "connect-src 'self'",
        "base-uri 'none'", "object-src 'none'", "form-action 'self'", "frame-ancestors 'none'",
    ].joined(separator: "; ")

    private static let permissions = [
        "accelerometer", "camera", "geolocation", "gyroscope", "magnetometer", "microphone",
        "payment", "usb",
    ].map { "\($0)=()" }.joined(separator: ", ")
}

extension HTTPField.Name {
    static let referrerPolicy = HTTPField.Name("Referrer-Policy")!
    static let xFrameOptions = HTTPField.Name("X-Frame-Options")!
    static let crossOriginOpenerPolicy = HTTPField.Name("Cross-Origin-Opener-Policy")!
    static let crossOriginResourcePolicy = HTTPField.Name("Cross-Origin-Resource-Policy")!
    static let permissionsPolicy = HTTPField.Name("Permissions-Policy")!
}
