package import Foundation
package import Ledger
package import Logging
package import Storage

/// What every feature is given. It is made once, in `buildApplication`.
package struct ServerEnvironment: Sendable {
    package let database: any SQLDatabase
    package let clock: WallClock
    package let ids: IDSource
    package let keys: HouseholdKeys
    package let personKeys: PersonKeys
    /// Where people reach this server: what links in letters begin with.
    package let publicURL: URL
    package let answers: AnswerCache
    /// Raised when work is put in the queue.
    package let jobSignal = JobSignal()
    /// Told of what has changed, for whoever wants to know at once.
    package let events: EventHub
    package let logger: Logger
    package let metrics: ServerMetrics

    package init(
        database: any SQLDatabase,
        clock: WallClock,
        ids: IDSource,
        keys: HouseholdKeys,
        answers: AnswerCache,
        logger: Logger,
        publicURL: URL = URL(string: "http://localhost:8080")!,
        metrics: ServerMetrics = ServerMetrics()
    ) {
        self.database = database
        self.clock = clock
        self.ids = ids
        self.keys = keys
        personKeys = PersonKeys(keys.masters)
        self.publicURL = publicURL
        self.answers = answers
        self.logger = logger
        self.metrics = metrics
        events = EventHub(database, metrics, logger)
    }

    /// Where people reach this server, without a slash at its end.
    package var publicAddress: String {
        var base = publicURL.absoluteString
        while base.hasSuffix("/") { base.removeLast() }
        return base
    }

    /// A link for a letter. The token stands behind a `#`, which no browser sends to any server.
    package func link(_ path: String, _ token: OpaqueToken) -> String {
        "\(publicAddress)/\(path)#token=\(token.text)"
    }
}
