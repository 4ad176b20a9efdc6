import Features
import Foundation
import Hummingbird
import Logging
import NIOCore

/// Wires the server: everything that it is made of is named here.
func buildApplication(
    _ workspace: Workspace,
    onListening: @escaping @Sendable (any Channel) async -> Void
) async throws -> some ApplicationProtocol {
    let configuration = workspace.configuration
    let router = try await buildRouter(workspace).build()
    return Application(
        router: router,
        server: .http1(configuration: .init(idleTimeout: .seconds(30))),
        configuration: .init(
            address: .hostname(configuration.host, port: configuration.port),
            backlog: 1_024
        ),
        onServerRunning: onListening,
        logger: workspace.environment.logger
    )
}

/// Wires what the server answers.
func buildRouter(_ workspace: Workspace) async throws -> ServerRouter {
    let configuration = workspace.configuration
    let environment = workspace.environment
    let tokens = await AccessTokens(key: workspace.accessTokenKey)
    let authenticator = Authenticator(
        database: environment.database,
        clock: environment.clock,
        tokens: tokens
    )
    let identity = IdentityRoutes(
        IdentityService(
            environment,
            passwords: PasswordHasher(),
            tokens: tokens,
            authenticator: authenticator
        ),
        browser: BrowserClient(publicURL: configuration.publicURL)
    )
    var settings = ServerSettings(publicURL: configuration.publicURL, version: Version.current)
    settings.corsOrigins = configuration.corsOrigins
    settings.trustedProxies = configuration.trustedProxies
    settings.webDirectory = configuration.webDirectory
    return ServerRouter(
        environment,
        settings,
        endpoints: allEndpoints(identity: identity, imports: ImportService(environment))
    ) {
        try await authenticator.authenticate($0)
    }
}
