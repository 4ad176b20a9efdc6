/// Everything below `/api/v1`, in the order in which `/docs` shows it.
package func allEndpoints(identity: IdentityRoutes) -> [Endpoint] {
    identity.endpoints
        + AccountRoutes().endpoints
        + CategoryRoutes().endpoints
        + TransactionRoutes().endpoints
        + AnalyticsRoutes().endpoints
        + CurrencyRoutes().endpoints
}
