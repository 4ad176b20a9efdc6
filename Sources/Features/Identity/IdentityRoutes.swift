/// Every route of identity.
package struct IdentityRoutes: Sendable {
    private let context: IdentityContext
    private let browser: BrowserClient

    package init(_ context: IdentityContext, browser: BrowserClient) {
        self.context = context
        self.browser = browser
    }

    package var endpoints: [Endpoint] {
        SignInRoutes(context, browser: browser).endpoints
            + SessionRoutes(SessionService(context), browser: browser).endpoints
            + ProfileRoutes(context, browser: browser).endpoints
            + PasswordRoutes(PasswordService(context), browser: browser).endpoints
    }
}
