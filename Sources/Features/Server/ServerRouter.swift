package import Foundation
package import Hummingbird
import Logging

/// What the outside of the server depends on besides the environment.
package struct ServerSettings: Sendable {
    /// Where people reach this server.
    package var publicURL: URL
    /// Origins of other pages whose scripts may use the API.
    package var corsOrigins: [String] = []
    /// Proxies whose `X-Forwarded-For` is believed.
    package var trustedProxies: [NetworkRange] = []
    /// The built web app; nil serves the API alone.
    package var webDirectory: String?
    /// Nil limits nobody.
    package var limits: RequestLimits?
    /// What `/health/ready` says of Redis.
    package var redisState: @Sendable () -> String = { "off" }
    /// What `/.well-known/jwks.json` shows.
    package var publicKeys: @Sendable () -> [UInt8] = { Array(#"{"keys":[]}"#.utf8) }
    package var version: String

    package init(publicURL: URL, version: String) {
        self.publicURL = publicURL
        self.version = version
    }

    var isSecure: Bool { publicURL.scheme?.lowercased() == "https" }

    var origin: String {
        let port = publicURL.port.map { ":\($0)" } ?? ""
        return
            "\(publicURL.scheme?.lowercased() ?? "http")://\(publicURL.host() ?? "localhost")\(port)"
    }
}

/// Every address that the server answers, behind the middleware that all of them share.
package struct ServerRouter: Sendable {
    private let environment: ServerEnvironment
    private let settings: ServerSettings
    private let authenticate: Authenticate

    package let endpoints: [Endpoint]

    package init(
        _ environment: ServerEnvironment,
        _ settings: ServerSettings,
        endpoints: [Endpoint],
        authenticate: @escaping Authenticate
    ) {
        self.environment = environment
        self.settings = settings
        self.endpoints = endpoints
        self.authenticate = authenticate
    }

    /// - Throws: when the web app's folder cannot be read.
    package func build() throws -> Router<MartletContext> {
        let routes = RouteTable(
            endpoints,
            plain: HealthRoutes.paths + DocsRoutes.paths + PublicKeyRoutes.paths
        )
        let router = Router(context: MartletContext.self, options: .autoGenerateHeadEndpoints)
        router.add(
            middleware: Doorway(
                environment: environment,
                headers: SecurityHeaders(isSecure: settings.isSecure),
                crossSite: CrossSite(own: settings.origin, origins: settings.corsOrigins),
                clientAddress: ClientAddress(trusting: settings.trustedProxies),
                routes: routes
            )
        )
        router.add(
            middleware: Unrouted(
                environment: environment,
                routes: routes,
                files: try WebFiles(folder: settings.webDirectory)
            )
        )
        if let limits = settings.limits {
            router.add(
                middleware: LimitedRoutes(
                    limits: limits,
                    routes: routes,
                    authenticate: authenticate
                )
            )
        }
        HealthRoutes(
            environment: environment,
            version: settings.version,
            redis: settings.redisState
        ).add(to: router)
        PublicKeyRoutes(keys: settings.publicKeys).add(to: router)
        DocsRoutes(OpenAPIDocument(endpoints, version: settings.version)).add(to: router)
        APIRouter(environment, authenticate: authenticate).add(endpoints, to: router)
        return router
    }
}
