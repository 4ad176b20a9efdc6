/// Every route of identity.
package struct IdentityRoutes: Sendable {
    private let context: IdentityContext
    private let browser: BrowserClient

    package init(_ context: IdentityContext, browser: BrowserClient) {
        self.context = context
        self.browser = browser
    }

    /// - Parameter others: the routes that a personal access token may be good for.
    package func tokenEndpoints(for others: [Endpoint]) -> [Endpoint] {
        let resources = others.filter(\.needs.isOfHousehold).map { $0.path.prefix { $0 != "/" } }
        return PersonalTokenRoutes(
            context,
            browser: browser,
            resources: Set(resources.map(String.init))
        ).endpoints
    }

    var environment: ServerEnvironment { context.environment }
    /// Whether letters leave this server.
    var sendsMail: Bool { context.sendsMail }
    var authenticator: Authenticator { context.authenticator }

    package var endpoints: [Endpoint] {
        SignInRoutes(context, browser: browser).endpoints
            + SessionRoutes(SessionService(context), browser: browser).endpoints
            + ProfileRoutes(context, browser: browser).endpoints
            + PasswordRoutes(PasswordService(context), browser: browser).endpoints
            + SecondFactorRoutes(context, browser: browser).endpoints
            + FactorRoutes(context, browser: browser).endpoints
            + PasskeyRoutes(context, browser: browser).endpoints
            + OpenIDRoutes(context, browser: browser).endpoints
    }
}
