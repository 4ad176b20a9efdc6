import Ledger

/// Everything below `/api/v1`, in the order in which `/docs` shows it.
package func allEndpoints(identity: IdentityRoutes) -> [Endpoint] {
    identity.endpoints + CurrencyRoutes.endpoints
}
