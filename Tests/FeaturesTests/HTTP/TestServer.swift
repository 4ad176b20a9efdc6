import Crypto
import Features
import Foundation
import Hummingbird
import HummingbirdTesting
import Ledger
import Logging
import Storage
import Synchronization
import TestSupport
import Testing

/// The engines that tests of features run on.
enum Engine: String, CaseIterable, Sendable, CustomTestStringConvertible {
    case sqlite, postgres

    /// Those that are here: PostgreSQL only where `MARTLET_TEST_DATABASE_URL` names a server.
    static let present: [Engine] = PostgresServer.isPresent ? allCases : [.sqlite]

    var testDescription: String { rawValue }
}

/// A clock that stands still until a test moves it.
final class TestClock: Sendable {
    private let time: Mutex<Instant>

    /// - Parameter day: its noon, in UTC.
    init(_ day: String = "2026-03-15") {
        let days = Int64(LocalDate(day)?.daysSince1970 ?? 0)
        time = Mutex(Instant(microseconds: (days * 86_400 + 43_200) * 1_000_000))
    }

    var now: Instant { time.withLock { $0 } }
    var wall: WallClock { WallClock { self.now } }

    func advance(seconds: Int64) {
        time.withLock { $0 = $0.adding(seconds: seconds) }
    }
}

/// What a test may set of its server.
struct TestServerOptions: Sendable {
    var clock = TestClock()
    var settings = ServerSettings(publicURL: URL(string: "http://localhost:8080")!, version: "test")
    /// As cheap as Argon2id can be: tests sign in a lot.
    var passwords = PasswordHasher(cost: .init(memoryKiB: 8, passes: 1, lanes: 1))
    var accessTokenKey = SymmetricKey(size: .bits256)
    var registration = RegistrationMode.open
    var masters = MasterKeys(SymmetricKey(size: .bits256))
    var demandsFactor = false
    var looksUpBreached = false
    var providers: [OpenIDProvider] = []
    /// The outside, which no test reaches unless it says so.
    var outside = OutboundClient { request in
        Issue.record("a test went out to \(request.url)")
        throw OutboundError.unknownHost
    }
    var log = LogLines()
    /// Whether streams of events go on; otherwise each says at once that the server stops, so that none is waited for.
    var keepsStreams = false

    fileprivate func settle(_ events: EventHub) {
        if keepsStreams { events.beatByHand() } else { events.stop() }
    }

    fileprivate func authenticator(
        _ database: any SQLDatabase,
        _ tokens: AccessTokens
    ) -> Authenticator {
        Authenticator(
            database: database,
            clock: clock.wall,
            tokens: tokens,
            demandsFactor: demandsFactor
        )
    }

    fileprivate var logger: Logger { Logger(label: "test") { _ in LineKeeper(log) } }
}

/// A server as `buildApplication` makes it, on a database of its own that is thrown away after.
struct TestServer: Sendable {
    let environment: ServerEnvironment
    let clock: TestClock
    let endpoints: [Endpoint]
    let options: TestServerOptions
    let authenticator: Authenticator
    fileprivate let client: any TestClientProtocol

    /// Someone who has not signed in.
    var nobody: Caller { Caller(server: client, endpoints: endpoints) }
}

/// Runs a test against a fresh server.
func withServer<Value: Sendable>(
    _ engine: Engine = .sqlite,
    _ options: TestServerOptions = TestServerOptions(),
    _ test: @Sendable (TestServer) async throws -> Value
) async throws -> Value {
    try await withDatabase(engine) { (database: any SQLDatabase) async throws -> Value in
        let clock = options.clock
        _ = try await Migrator().migrate(database, at: clock.now)
        let environment = ServerEnvironment(
            database: database,
            clock: clock.wall,
            ids: IDSource { UInt64(clock.now.microseconds / 1_000) },
            keys: HouseholdKeys(options.masters),
            answers: AnswerCache(),
            logger: options.logger
        )
        options.settle(environment.events)
        let tokens = await AccessTokens(key: options.accessTokenKey)
        let authenticator = options.authenticator(database, tokens)
        let devices = KnownDevices(tokens.keys)
        let identity = IdentityRoutes(
            IdentityContext(
                environment,
                passwords: options.passwords,
                tokens: tokens,
                authenticator: authenticator,
                devices: devices,
                registration: options.registration,
                providers: OpenIDProviders(options.providers, options.outside, clock: clock.wall),
                demandsFactor: options.demandsFactor,
                breached: options.looksUpBreached
                    ? BreachedPasswords(options.outside, logger: environment.logger) : nil
            ),
            browser: BrowserClient(publicURL: options.settings.publicURL, devices: devices)
        )
        let router = ServerRouter(
            environment,
            options.settings,
            endpoints: allEndpoints(
                identity: identity,
                imports: ImportService(environment),
                administration: AdministrationRoutes(environment, authenticator, .test(clock))
            )
        ) { try await authenticator.authenticate($0) }
        let application = Application(router: try router.build(), logger: environment.logger)
        return try await application.test(.router) { client in
            try await test(
                TestServer(
                    environment: environment,
                    clock: clock,
                    endpoints: router.endpoints,
                    options: options,
                    authenticator: authenticator,
                    client: client
                )
            )
        }
    }
}

extension SystemFacts {
    fileprivate static func test(_ clock: TestClock) -> SystemFacts {
        SystemFacts(
            version: "test",
            startedAt: clock.now,
            redis: { "off" },
            mailTransport: "folder"
        )
    }
}

private func withDatabase<Value: Sendable>(
    _ engine: Engine,
    _ body: (any SQLDatabase) async throws -> Value
) async throws -> Value {
    switch engine {
    case .postgres:
        return try await PostgresServer.withEngine { try await body($0) }
    case .sqlite:
        let folder = FileManager.default.temporaryDirectory
            .appending(path: "martlet-test-\(UInt64.random(in: 0 ... .max))")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }  // The system clears it too.
        let path = folder.appending(path: "martlet.sqlite").path
        let database = try SQLiteDatabase(path: path, readers: 2) { fatalError("sync: \($0)") }
        let outcome: Result<Value, any Error>
        do {
            outcome = .success(try await body(database))
        } catch {
            outcome = .failure(error)
        }
        try await database.close()
        return try outcome.get()
    }
}

/// Keeps what a server logs, for tests of what must not be in there.
final class LogLines: Sendable {
    private let lines = Mutex<[String]>([])

    var all: [String] { lines.withLock { $0 } }

    fileprivate func add(_ line: String) { lines.withLock { $0.append(line) } }
}

private struct LineKeeper: LogHandler {
    let lines: LogLines
    var logLevel = Logger.Level.trace
    var metadata: Logger.Metadata = [:]

    init(_ lines: LogLines) {
        self.lines = lines
    }

    subscript(metadataKey key: String) -> Logger.MetadataValue? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        lines.add("\(event.level) \(event.message) \(metadata) \(event.metadata ?? [:])")
    }
}
