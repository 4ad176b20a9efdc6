import Features
import Foundation
import Hummingbird
import HummingbirdCore
import Logging
import NIOCore
import RESP
import ServiceLifecycle
import Storage

/// Wires the server: everything that it is made of is named here.
func buildApplication(
    _ workspace: Workspace,
    onListening: @escaping @Sendable (any Channel) async -> Void
) async throws -> some ApplicationProtocol {
    let configuration = workspace.configuration
    let logger = workspace.environment.logger
    let redis = configuration.redis.map { RESPClient($0, logger: logger) }
    let router = try await buildRouter(workspace, redis).build()
    var services: [any Service] = [
        buildJobs(workspace),
        KeyRotation(
            keys: workspace.folderKeys,
            rewrap: KeyRewrap(workspace.database, workspace.environment.keys),
            masters: workspace.environment.keys.masters,
            tokens: workspace.accessTokenKeys,
            logger: logger
        ),
    ]
    services.append(NoticeWatch(environment: workspace.environment))
    if let redis { services.append(RedisConnection(client: redis)) }
    if let redis, let settings = configuration.redis {
        services.append(
            EventRelay(
                events: workspace.environment.events,
                client: redis,
                subscriber: RESPSubscriber(settings, logger: logger)
            )
        )
    }
    return Application(
        router: router,
        server: .http1(
            configuration: .init(
                additionalChannelHandlers: [SlowPeers()],
                idleTimeout: .seconds(30),
                httpDecoderConfiguration: .init(
                    maxHeaderFieldSize: 16_384,
                    maxHeaderListSize: 16_384,
                    maxHeaderFieldCount: 100
                )
            )
        ),
        configuration: .init(
            address: .hostname(configuration.host, port: configuration.port),
            backlog: 1_024,
            availableConnectionsDelegate: MaximumAvailableConnections(
                Connections.limit(),
                logger: logger
            )
        ),
        services: services,
        onServerRunning: onListening,
        logger: logger
    )
}

/// Wires the server's own work.
private func buildJobs(_ workspace: Workspace) -> JobRunner {
    let environment = workspace.environment
    let recurring = recurringWork(workspace)
    let handlers: [any JobHandler] =
        [buildMail(workspace), NoticeMailJob(environment)] + recurring.map(\.work)
    return JobRunner(
        workers: handlers.map { JobWorker(environment, $0) },
        schedules: JobSchedules(environment, recurring.map(\.schedule)),
        signal: environment.jobSignal,
        logger: environment.logger
    )
}

/// What sends letters.
private func buildMail(_ workspace: Workspace) -> MailJob {
    let environment = workspace.environment
    let transport: any MailTransport
    switch workspace.configuration.mailRoute {
    case .smtp(let server): transport = SMTPTransport(server)
    case .resend(let key): transport = ResendTransport(key: key)
    case nil: transport = FolderTransport(path: workspace.folder.path + "/mail")
    }
    if workspace.configuration.mailRoute == nil {
        environment.logger.notice(
            "no mail server is set up (MAIL_URL): letters are put into \(transport.description)"
        )
    }
    return MailJob(environment, by: transport, from: workspace.configuration.mailSender)
}

/// How letters leave, without the address that says where.
private func name(of route: MailRoute?) -> String {
    switch route {
    case .smtp: "smtp"
    case .resend: "resend"
    case nil: "folder"
    }
}

/// Wires what the server answers.
func buildRouter(_ workspace: Workspace, _ redis: RESPClient?) async throws -> ServerRouter {
    let configuration = workspace.configuration
    let environment = workspace.environment
    let tokens = AccessTokens(workspace.accessTokenKeys)
    let authenticator = Authenticator(
        database: environment.database,
        clock: environment.clock,
        tokens: tokens,
        demandsFactor: configuration.requireSecondFactor
    )
    let devices = KnownDevices(workspace.accessTokenKeys)
    let identity = IdentityRoutes(
        IdentityContext(
            environment,
            passwords: PasswordHasher(cost: configuration.passwordCost),
            tokens: tokens,
            authenticator: authenticator,
            devices: devices,
            registration: configuration.registration,
            providers: OpenIDProviders(
                configuration.openIDProviders,
                .live,
                clock: environment.clock
            ),
            demandsFactor: configuration.requireSecondFactor,
            breached: configuration.looksUpBreached
                ? BreachedPasswords(.live, logger: environment.logger) : nil,
            sendsMail: configuration.mailRoute != nil
        ),
        browser: BrowserClient(publicURL: configuration.publicURL, devices: devices)
    )
    let settings = serverSettings(workspace, redis)
    return ServerRouter(
        environment,
        settings,
        endpoints: allEndpoints(
            identity: identity,
            imports: ImportService(environment, byteLimit: configuration.importLimitBytes),
            administration: AdministrationRoutes(
                environment,
                authenticator,
                SystemFacts(
                    version: Version.current,
                    startedAt: environment.clock.now(),
                    redis: settings.redisState,
                    mailTransport: name(of: configuration.mailRoute)
                )
            )
        )
    ) {
        try await authenticator.authenticate($0)
    }
}

/// What the outside of the server depends on.
private func serverSettings(_ workspace: Workspace, _ redis: RESPClient?) -> ServerSettings {
    let configuration = workspace.configuration
    let environment = workspace.environment
    let limiter = RateLimiter(redis: redis, logger: environment.logger) {
        environment.clock.now().microseconds
    }
    var settings = ServerSettings(publicURL: configuration.publicURL, version: Version.current)
    settings.corsOrigins = configuration.corsOrigins
    settings.trustedProxies = configuration.trustedProxies
    settings.publicKeys = { workspace.accessTokenKeys.publicKeys }
    settings.webDirectory = configuration.webDirectory
    settings.limits = configuration.limitTable.map { RequestLimits(limiter, $0) }
    if let redis {
        settings.redisState = { redis.isUp ? "ok" : "away, each node counts for itself" }
    }
    return settings
}

/// Keeps the connection to Redis as long as the server runs.
private struct RedisConnection: Service {
    let client: RESPClient

    func run() async throws {
        client.start()
        try await gracefulShutdown()
        await client.close()
    }
}

/// How many connections this process may hold.
enum Connections {
    private static let wanted = 8_192
    /// For the database, Redis and files.
    private static let reserved = 256

    #if canImport(Glibc)
        private static let openFiles = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
    #else
        private static let openFiles = RLIMIT_NOFILE
    #endif

    /// Raises the limit of open files as far as the system lets it.
    static func limit() -> Int {
        var limits = rlimit()
        guard getrlimit(openFiles, &limits) == 0 else { return reserved }
        let enough = rlim_t(wanted + reserved)
        if limits.rlim_cur < enough {
            limits.rlim_cur = min(enough, limits.rlim_max)
            setrlimit(openFiles, &limits)
            getrlimit(openFiles, &limits)
        }
        return max(min(wanted, Int(clamping: limits.rlim_cur) - reserved), 64)
    }
}
