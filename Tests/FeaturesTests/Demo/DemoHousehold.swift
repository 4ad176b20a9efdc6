import Crypto
import Features
import Ledger
import Logging
import Storage
import TestSupport

/// A household full of demo data, on an engine of its own.
struct DemoHousehold: Sendable {
    let environment: ServerEnvironment
    let member: Member

    var household: HouseholdID { member.household }
    var database: any SQLDatabase { environment.database }
    var doctor: Doctor { Doctor(environment.database, keys: environment.keys) }

    static let today = LocalDate("2026-11-21")!
    static let noon = Instant(microseconds: 1_795_262_400_000_000)

    /// - Parameter transactions: 0 leaves it empty.
    @discardableResult
    static func with<Value>(
        _ engine: TestEngine,
        transactions: Int = 150,
        _ body: (DemoHousehold) async throws -> Value
    ) async throws -> Value {
        try await engine.withDatabase { database in
            let environment = ServerEnvironment(
                database: database,
                clock: WallClock { noon },
                ids: IDSource { UInt64(noon.microseconds / 1_000) },
                keys: HouseholdKeys(master: SymmetricKey(size: .bits256)),
                answers: AnswerCache(),
                logger: Logger(label: "test")
            )
            let home = try await found("ann", environment)
            if transactions > 0 { try await home.fill(transactions) }
            return try await body(home)
        }
    }

    static func found(
        _ name: String,
        _ environment: ServerEnvironment
    ) async throws -> DemoHousehold {
        let household: HouseholdID = environment.ids.next()
        let founding = HouseholdFounding(
            person: environment.ids.next(),
            household: household,
            email: EmailAddress("\(name)@example.org")!,
            personName: name,
            passwordHash: "-",
            timeZone: "UTC",
            locale: "en",
            householdName: name,
            currency: Currency(code: "EUR")!,
            weekStart: .monday,
            sealedKey: try environment.keys.makeWrapped(for: household)
        )
        try await environment.database.write(.household(household)) {
            try founding.write($0, environment, requestID: "founding")
        }
        return DemoHousehold(environment: environment, member: founding.founder)
    }

    func fill(_ transactions: Int) async throws {
        try await environment.write(as: member, requestID: "demo") {
            try DemoBook(transactions: transactions).fill(in: $0)
        }
    }

    func number(_ sql: SQLText) async throws -> Int64? {
        try await database.read(.household(household)) { try $0.first(sql) { try $0.integer() } }
    }
}
