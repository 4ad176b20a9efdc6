/// Everything below `/api/v1`, in the order in which `/docs` shows it.
package func allEndpoints(identity: IdentityRoutes, imports: ImportService) -> [Endpoint] {
    identity.endpoints
        + AccountRoutes().endpoints
        + AccountVisibilityRoutes().endpoints
        + CategoryRoutes().endpoints
        + TransactionRoutes().endpoints
        + ImportRoutes(imports).endpoints
        + TransferRoutes().endpoints
        + AnalyticsRoutes().endpoints
        + TrailRoutes(imports).endpoints
        + DemoRoutes().endpoints
        + CurrencyRoutes().endpoints
}
