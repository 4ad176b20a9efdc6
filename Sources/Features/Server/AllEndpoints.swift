/// Everything below `/api/v1`, in the order in which `/docs` shows it.
package func allEndpoints(
    identity: IdentityRoutes,
    imports: ImportService,
    administration: AdministrationRoutes
) -> [Endpoint] {
    let all =
        identity.endpoints
        + HouseholdRoutes(identity.environment, identity.authenticator).endpoints
        + AccountRoutes(identity.authenticator).endpoints
        + AccountVisibilityRoutes(identity.authenticator).endpoints
        + CategoryRoutes().endpoints
        + BudgetRoutes().endpoints
        + BudgetPeriodRoutes().endpoints
        + TransactionRoutes().endpoints
        + ImportRoutes(imports).endpoints
        + TransferRoutes().endpoints
        + TaskRoutes().endpoints
        + BillRoutes().endpoints
        + GoalRoutes().endpoints
        + DebtRoutes().endpoints
        + RecurringRoutes().endpoints
        + CalendarFeedRoutes().endpoints
        + CalendarRoutes().endpoints
        + NoticeRoutes(sendsMail: identity.sendsMail).endpoints
        + EventRoutes().endpoints
        + AnalyticsRoutes().endpoints
        + TrailRoutes(imports, identity.authenticator).endpoints
        + OwnDataRoutes().endpoints
        + PageRoutes().endpoints
        + GrantRoutes().endpoints
        + administration.endpoints
        + DemoRoutes().endpoints
        + CurrencyRoutes().endpoints
    return all + identity.tokenEndpoints(for: all)
}
