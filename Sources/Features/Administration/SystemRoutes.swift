import HTTPTypes
package import Storage

/// What a server knows of itself besides its environment.
package struct SystemFacts: Sendable {
    let version: String
    let startedAt: Instant
    /// `off`, `ok`, or that each node counts for itself.
    let redis: @Sendable () -> String
    /// How letters leave, in a word or two and without a secret.
    let mailTransport: String

    package init(
        version: String,
        startedAt: Instant,
        redis: @escaping @Sendable () -> String,
        mailTransport: String
    ) {
        self.version = version
        self.startedAt = startedAt
        self.redis = redis
        self.mailTransport = mailTransport
    }
}

/// How the server is, as it is answered.
struct SystemState: Sendable {
    let facts: SystemFacts
    let engine: SQLDialect
    let uptimeSeconds: Int64
    let people: Int64
    let activePeople: Int64
    let administrators: Int64
    let households: Int64
    let sessions: Int64
    let mailWaiting: Int64
    let mailFailed: Int64
    let jobsWaiting: Int64
    let jobsDead: Int64

    static let shape = Shape<SystemState>("SystemState") { shape in
        shape.text("version", \.facts.version)
        shape.text("database") { $0.engine == .sqlite ? "sqlite" : "postgres" }
        shape.text("redis") { $0.facts.redis() }
        shape.object("mail", mailShape) { $0 }
        shape.object("jobs", jobsShape) { $0 }
        shape.integer("people", \.people)
        shape.integer("active_people", \.activePeople)
        shape.integer("administrators", \.administrators)
        shape.integer("households", \.households)
        shape.integer("sessions", \.sessions)
        shape.integer("uptime_seconds", \.uptimeSeconds)
    }

    private static let jobsShape = Shape<SystemState>("SystemJobs") { shape in
        shape.integer("waiting", \.jobsWaiting)
        shape.integer("dead", \.jobsDead)
    }

    private static let mailShape = Shape<SystemState>("SystemMail") { shape in
        shape.text("transport", \.facts.mailTransport)
        shape.integer("waiting", \.mailWaiting)
        shape.integer("failed", \.mailFailed)
    }
}

/// How the server is, for whoever looks after it.
struct SystemRoutes: Sendable {
    let facts: SystemFacts

    var endpoints: [Endpoint] {
        [
            .person(
                .get,
                "admin/system",
                "How the server is",
                needs: .system(.systemRead),
                answers: .ok(SystemState.shape),
                handle: get
            )
        ]
    }

    @Sendable private func get(
        _ call: PersonCall,
        _: NoFields,
        _: NoFields
    ) async throws -> Reply {
        let (facts, now) = (facts, call.now)
        let state = try await call.environment.database.read(.shared) { transaction in
            try SystemState(of: transaction, facts, at: now)
        }
        return .ok(SystemState.shape, state)
    }
}

/// Everything for those who look after the server and its people.
package struct AdministrationRoutes: Sendable {
    private let environment: ServerEnvironment
    private let authenticator: Authenticator
    private let facts: SystemFacts

    package init(
        _ environment: ServerEnvironment,
        _ authenticator: Authenticator,
        _ facts: SystemFacts
    ) {
        self.environment = environment
        self.authenticator = authenticator
        self.facts = facts
    }

    package var endpoints: [Endpoint] {
        SecurityEventRoutes().endpoints
            + UserRoutes(UserService(environment, authenticator)).endpoints
            + SystemRoutes(facts: facts).endpoints
            + JobRoutes().endpoints
    }
}
