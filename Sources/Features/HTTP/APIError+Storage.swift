import HTTPTypes
package import Storage

extension APIError {
    /// What a client is told of an engine's answer that no feature has given a meaning.
    package init(_ error: StorageError) {
        switch error {
        case .diskFull:
            self.init(
                .init(code: 507, reasonPhrase: "Insufficient Storage"),
                "storage.full",
                "The server's disk is full: nothing was written. Reading still works.",
                retryAfterSeconds: 10
            )
        case .amountOverflow:
            self = .invalid("amount", "out_of_range", "The sum is larger than an account can hold.")
        case .refused("search.words"):
            self = .invalid("q", "not_searchable", "has letters that cannot be searched for")
        case .unavailable(let detail), .conflict(let detail), .syncFailed(let detail):
            self = .unavailable(detail)
        default:
            self.init(
                .internalServerError,
                "server.error",
                "Something went wrong on our side.",
                logDetail: "\(error)"
            )
        }
    }
}
