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
    let router = Router(context: MartletContext.self, options: [.autoGenerateHeadEndpoints])
    router.add(
        middleware: Doorway(
            environment,
            headers: SecurityHeaders(isSecure: configuration.publicURL.scheme == "https")
        )
    )
    APIRouter(environment) { try await authenticator.authenticate($0) }
        .add(allEndpoints(identity: identity), to: router)
    return Application(
        router: router,
        server: .http1(configuration: .init(idleTimeout: .seconds(30))),
        configuration: .init(
            address: .hostname(configuration.host, port: configuration.port),
            backlog: 1_024
        ),
        onServerRunning: onListening,
        logger: environment.logger
    )
}
