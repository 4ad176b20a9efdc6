import Crypto
import Ledger
import Logging
import Storage
import Synchronization
import TestSupport

@testable import Features

/// A server without HTTP: an engine of its own, a clock that tests set, and households in it.
struct LedgerFixture: Sendable {
    let environment: ServerEnvironment
    let clock: FixtureClock

    var database: any SQLDatabase { environment.database }

    /// Noon of Saturday, 21 November 2026, in UTC.
    static let noon = Instant(microseconds: 1_795_262_400_000_000)
    static let today = LocalDate("2026-11-21")!
    static let eur = Currency(code: "EUR")!

    @discardableResult
    static func with<Value>(
        _ engine: TestEngine,
        _ body: (LedgerFixture) async throws -> Value
    ) async throws -> Value {
        try await engine.withDatabase { database in
            let clock = FixtureClock(noon)
            let environment = ServerEnvironment(
                database: database,
                clock: WallClock { clock.now },
                ids: IDSource { UInt64(clock.now.microseconds / 1_000) },
                keys: HouseholdKeys(master: SymmetricKey(size: .bits256)),
                answers: AnswerCache(),
                logger: errorLog
            )
            return try await body(LedgerFixture(environment: environment, clock: clock))
        }
    }

    /// Tells of what is wrong on the server's side, and of nothing else.
    private static let errorLog: Logger = {
        var logger = Logger(label: "test") { StreamLogHandler.standardError(label: $0) }
        logger.logLevel = .error
        return logger
    }()

    /// A household of one person, with the nodes and categories that sign-up gives.
    func makeHome(
        _ name: String = "Home",
        currency: Currency = eur,
        weekStart: Weekday = .monday,
        timeZone: String = "UTC"
    ) async throws -> TestHome {
        let household: HouseholdID = environment.ids.next()
        let founding = HouseholdFounding(
            person: environment.ids.next(),
            household: household,
            email: EmailAddress("\(name.lowercased())@example.org")!,
            personName: name,
            passwordHash: "-",
            timeZone: timeZone,
            locale: "en",
            householdName: name,
            currency: currency,
            weekStart: weekStart,
            sealedKey: try environment.keys.makeWrapped(for: household)
        )
        let environment = environment
        try await database.write(.household(household)) {
            try founding.write($0, environment, requestID: "founding")
        }
        return TestHome(fixture: self, member: founding.founder)
    }
}

/// A clock that stands until a test moves it.
final class FixtureClock: Sendable {
    private let moment: Mutex<Instant>

    init(_ moment: Instant) {
        self.moment = Mutex(moment)
    }

    var now: Instant { moment.withLock(\.self) }

    func advance(seconds: Int64) {
        moment.withLock { $0 = $0.adding(seconds: seconds) }
    }
}

/// One household, and what a member of it does.
struct TestHome: Sendable {
    let fixture: LedgerFixture
    let member: Member

    var household: HouseholdID { member.household }

    func write<Value: Sendable>(
        _ body: @escaping @Sendable (HouseholdWrite) throws -> Value
    ) async throws -> Value {
        try await fixture.environment.write(as: member, requestID: "test", body)
    }

    func read<Value: Sendable>(
        _ body: @escaping @Sendable (any SQLTransaction) throws -> Value
    ) async throws -> Value {
        try await fixture.database.read(.household(household), body)
    }

    /// One number of the database.
    func number(_ sql: SQLText) async throws -> Int64 {
        try await read { try $0.first(sql) { try $0.integer() } ?? 0 }
    }

    func systemNode(_ system: SystemNode) async throws -> AccountID {
        let household = household
        return try await read {
            try NodeStore(transaction: $0, household: household).load(system).id
        }
    }
}

/// A request's fields from JSON, as a handler reads them.
func fields<Body: RequestFields>(_ json: String, _: Body.Type = Body.self) throws -> Body {
    guard case .object(let members) = try JSONReader.read(Array(json.utf8)) else {
        throw APIError.malformed("test", "not an object")
    }
    return try FieldReader.read(from: members)
}
