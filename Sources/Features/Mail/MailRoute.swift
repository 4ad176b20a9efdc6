import Foundation

/// Which way letters go, as `MAIL_URL` says it.
package enum MailRoute: Sendable, Equatable {
    case smtp(SMTPServer)
    case resend(key: String)

    /// What is wrong with an address, in words that do not repeat it.
    package struct Fault: Error, Equatable {
        package let reason: String
    }

    /// Reads `smtp://user:password@host:587`, `smtps://user:password@host:465` or `resend:KEY`.
    ///
    /// `smtp://` demands STARTTLS, but to this machine itself; `?tls=off` and `?tls=on` say otherwise. `?ca=FILE` names who may
    /// vouch for the server.
    package init(_ text: String) throws(Fault) {
        if text.hasPrefix("resend:") {
            let key = text.dropFirst("resend:".count)
            guard !key.isEmpty, key.utf8.allSatisfy({ (33...126).contains($0) }) else {
                throw Fault(reason: "must be resend: and a key")
            }
            self = .resend(key: String(key))
            return
        }
        guard let parts = URLComponents(string: text), ["", "/"].contains(parts.path),
            parts.fragment == nil, ["smtp", "smtps"].contains(parts.scheme)
        else {
            throw Fault(
                reason: "must be smtp://user:password@host:587, smtps:// or resend:KEY"
            )
        }
        guard let host = parts.host, !host.isEmpty, host.utf8.allSatisfy({ $0 > 32 && $0 < 127 })
        else { throw Fault(reason: "names no host") }
        let bare = host.hasPrefix("[") ? String(host.dropFirst().dropLast()) : host
        let query = try Self.query(parts)
        let security = try Self.security(parts.scheme == "smtps", bare, query["tls"])
        let user = parts.user.flatMap { $0.isEmpty ? nil : $0 }
        if security == .plain, user != nil, !Self.isThisMachine(bare) {
            throw Fault(reason: "would send its password in the clear: leave out tls=off")
        }
        let port = parts.port ?? (security == .tls ? 465 : 587)
        guard (1...65_535).contains(port) else { throw Fault(reason: "names no port") }
        self = .smtp(
            SMTPServer(
                host: bare,
                port: port,
                security: security,
                user: user,
                password: parts.password,
                certificateFile: query["ca"]
            )
        )
    }

    private static func query(_ parts: URLComponents) throws(Fault) -> [String: String] {
        var query: [String: String] = [:]
        for item in parts.queryItems ?? [] {
            guard ["tls", "ca"].contains(item.name), let value = item.value, !value.isEmpty else {
                throw Fault(reason: "has a parameter that is neither tls=on, tls=off nor ca=FILE")
            }
            query[item.name] = value
        }
        if let file = query["ca"], !FileManager.default.isReadableFile(atPath: file) {
            throw Fault(reason: "names a file of certificates that cannot be read: \(file)")
        }
        return query
    }

    private static func security(
        _ isTLS: Bool,
        _ host: String,
        _ choice: String?
    ) throws(Fault) -> SMTPServer.Security {
        if isTLS {
            guard choice != "off" else { throw Fault(reason: "cannot be smtps:// with tls=off") }
            return .tls
        }
        switch choice {
        case nil: return isThisMachine(host) ? .plain : .startTLS
        case "on": return .startTLS
        case "off": return .plain
        default: throw Fault(reason: "has a parameter tls that is neither on nor off")
        }
    }

    private static func isThisMachine(_ host: String) -> Bool {
        let host = host.lowercased()
        return host == "localhost" || host == "::1"
            || host.wholeMatch(of: /127(\.\d{1,3}){3}/) != nil
    }
}
