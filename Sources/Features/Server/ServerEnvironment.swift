package import Ledger
package import Logging
package import Storage

/// What every feature is given. It is made once, in `buildApplication`.
package struct ServerEnvironment: Sendable {
    package let database: any SQLDatabase
    package let clock: WallClock
    package let ids: IDSource
    package let keys: HouseholdKeys
    package let answers: AnswerCache
    package let logger: Logger
    package let metrics: ServerMetrics

    package init(
        database: any SQLDatabase,
        clock: WallClock,
        ids: IDSource,
        keys: HouseholdKeys,
        answers: AnswerCache,
        logger: Logger,
        metrics: ServerMetrics = ServerMetrics()
    ) {
        self.database = database
        self.clock = clock
        self.ids = ids
        self.keys = keys
        self.answers = answers
        self.logger = logger
        self.metrics = metrics
    }
}
