/// Everything below `/api/v1`, in the order in which `/docs` shows it.
package func allEndpoints(
    identity: IdentityRoutes,
    imports: ImportService,
    administration: AdministrationRoutes
) -> [Endpoint] {
    identity.endpoints
        + AccountRoutes().endpoints
        + AccountVisibilityRoutes().endpoints
        + CategoryRoutes().endpoints
        + TransactionRoutes().endpoints
        + ImportRoutes(imports).endpoints
        + TransferRoutes().endpoints
        + AnalyticsRoutes().endpoints
        + TrailRoutes(imports).endpoints
        + GrantRoutes().endpoints
        + administration.endpoints
        + DemoRoutes().endpoints
        + CurrencyRoutes().endpoints
}
