import Foundation

/// A server that people may sign in with, as the operator described it.
package struct OpenIDProvider: Sendable, Equatable {
    /// How it is called in addresses.
    package let id: String
    /// How it is called towards people.
    package let name: String
    /// Exactly as the provider writes itself.
    package let issuer: String
    package let clientID: String
    /// Nil for a client without one. It stands in no description of this value.
    package let clientSecret: Secret?
    package let scopes: String

    /// A text that is not shown, wherever the value that holds it is printed.
    package struct Secret: Sendable, Equatable, CustomStringConvertible,
        CustomDebugStringConvertible, CustomReflectable
    {
        let text: String

        package init(_ text: String) { self.text = text }

        package var description: String { "(secret)" }
        package var debugDescription: String { "(secret)" }
        package var customMirror: Mirror { Mirror(self, children: [:]) }
    }

    package init(
        id: String,
        name: String,
        issuer: String,
        clientID: String,
        clientSecret: Secret?,
        scopes: String = "openid email profile"
    ) {
        self.id = id
        self.name = name
        self.issuer = issuer
        self.clientID = clientID
        self.clientSecret = clientSecret
        self.scopes = scopes
    }

    /// Where it describes itself.
    ///
    /// - Source: OpenID Connect Discovery 1.0, section 4.
    var discoveryURL: URL? {
        URL(string: issuer.trimmingSuffix("/") + "/.well-known/openid-configuration")
    }

    var host: String? { URL(string: issuer)?.host()?.lowercased() }
}

extension String {
    fileprivate func trimmingSuffix(_ suffix: String) -> String {
        hasSuffix(suffix) ? String(dropLast(suffix.count)) : self
    }
}

/// The file that `OIDC_PROVIDERS` names: a section a provider.
///
///     [home]
///     name = Our house
///     issuer = https://id.example.org
///     client_id = martlet
///     client_secret = …
package struct OpenIDProviderFile: Sendable {
    package let providers: [OpenIDProvider]

    /// What is wrong with a line, without its value.
    package struct Fault: Error, Equatable {
        package let line: Int
        package let reason: String
    }

    private static let keys: Set<String> = [
        "name", "issuer", "client_id", "client_secret", "scopes",
    ]
    private static let limit = 20

    private struct Section {
        let id: String
        let line: Int
        var values: [String: String] = [:]
    }

    package init(text: String) throws(Fault) {
        var sections: [Section] = []
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        for (index, raw) in lines.enumerated() {
            let line = String(raw).trimmed
            if line.isEmpty || line.hasPrefix("#") { continue }
            if line.hasPrefix("[") {
                let id = try Self.id(line, at: index + 1)
                guard !sections.contains(where: { $0.id == id }) else {
                    throw Fault(line: index + 1, reason: "[\(id)] stands twice")
                }
                sections.append(Section(id: id, line: index + 1))
                continue
            }
            let parts = line.split(separator: "=", maxSplits: 1).map { String($0).trimmed }
            guard !sections.isEmpty, parts.count == 2, Self.keys.contains(parts[0]) else {
                throw Fault(
                    line: index + 1,
                    reason:
                        "expected [id], or one of \(Self.keys.sorted().joined(separator: ", ")) = value"
                )
            }
            let old = sections[sections.count - 1].values.updateValue(parts[1], forKey: parts[0])
            guard old == nil else {
                throw Fault(line: index + 1, reason: "\(parts[0]) stands twice")
            }
        }
        guard sections.count <= Self.limit else {
            throw Fault(line: lines.count, reason: "at most \(Self.limit) providers")
        }
        var providers: [OpenIDProvider] = []
        for section in sections { providers.append(try Self.provider(section)) }
        self.providers = providers
    }

    private static func id(_ line: String, at number: Int) throws(Fault) -> String {
        let id = line.dropFirst().prefix { $0 != "]" }
        let isWord = id.utf8.allSatisfy {
            (97...122).contains($0) || (48...57).contains($0) || $0 == 45
        }
        guard line == "[\(id)]", isWord, (1...32).contains(id.utf8.count) else {
            throw Fault(line: number, reason: "expected [id] of a-z, 0-9 and -, at most 32")
        }
        return String(id)
    }

    private static func provider(_ section: Section) throws(Fault) -> OpenIDProvider {
        let values = section.values
        guard let issuer = values["issuer"], let clientID = values["client_id"] else {
            throw Fault(line: section.line, reason: "[\(section.id)] lacks issuer or client_id")
        }
        guard let url = URL(string: issuer), OutboundClient.isAllowed(url), url.query() == nil
        else {
            throw Fault(
                line: section.line,
                reason: "the issuer of [\(section.id)] must be https (http on this machine only)"
            )
        }
        let scopes = values["scopes"] ?? "openid email profile"
        guard scopes.split(separator: " ").contains("openid") else {
            throw Fault(line: section.line, reason: "the scopes of [\(section.id)] lack openid")
        }
        return OpenIDProvider(
            id: section.id,
            name: values["name"] ?? section.id,
            issuer: issuer,
            clientID: clientID,
            clientSecret: values["client_secret"].map { OpenIDProvider.Secret($0) },
            scopes: scopes
        )
    }
}
