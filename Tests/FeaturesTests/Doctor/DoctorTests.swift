import Crypto
import Features
import Ledger
import Storage
import TestSupport
import Testing

@Suite struct DoctorTests {
    /// Entries 3 to 5 of the trail.
    private static func lengthenTrail(_ home: DemoHousehold) async throws {
        let environment = home.environment
        let changes = (0..<3).map { _ in
            AuditNote.Change(
                entity: environment.ids.next(Entity.Transaction.self).value,
                before: nil,
                after: Array("{}".utf8)
            )
        }
        let notes = [
            AuditNote("bulk_patch", "transaction", nil, changes: changes),
            AuditNote("update", "account", nil, after: Array("{\"name\":\"A\"}".utf8)),
            AuditNote("update", "account", nil, after: Array("{\"name\":\"B\"}".utf8)),
        ]
        for note in notes {
            try await environment.write(as: home.member, requestID: "test") { $0.record(note) }
        }
    }

    @Test(arguments: TestEngine.present)
    func `whole books are found whole`(engine: TestEngine) async throws {
        try await DemoHousehold.with(engine) { home in
            try await Self.lengthenTrail(home)

            let report = try await home.doctor.examine()

            #expect(report.findings.map(\.line) == [])
            #expect(report.households == 1)
        }
    }

    @Test(arguments: TestEngine.present)
    func `every tampering is found`(engine: TestEngine) async throws {
        for tamper in Tamper.all {
            try await DemoHousehold.with(engine) { home in
                try await Self.lengthenTrail(home)
                let household = home.household
                try await home.database.write(.household(household)) { transaction in
                    try Tamper.dropTriggers(transaction)
                    try tamper.apply(transaction, household)
                }

                let report = try await home.doctor.examine()

                let found = report.findings.filter { $0.table == tamper.table }
                #expect(!found.isEmpty, "\(tamper.name): \(report.findings.map(\.line))")
                #expect(found.allSatisfy { $0.household == household })
            }
        }
    }

    @Test(arguments: TestEngine.present)
    func `only the broken household is named`(engine: TestEngine) async throws {
        try await DemoHousehold.with(engine) { ann in
            let bob = try await DemoHousehold.found("bob", ann.environment)
            try await bob.fill(60)
            let household = bob.household
            try await bob.database.write(.household(household)) {
                try $0.execute(
                    """
                    UPDATE account SET balance = balance + 1
                    WHERE household_id = \(household) AND name = 'Savings'
                    """
                )
            }

            let report = try await ann.doctor.examine()

            #expect(report.households == 2)
            #expect(report.findings.count == 1)
            #expect(report.findings.first?.household == household)
            #expect(report.findings.first?.problem == "balance is wrong")
        }
    }

    @Test(arguments: TestEngine.present)
    func `an erased payload leaves the trail whole`(engine: TestEngine) async throws {
        try await DemoHousehold.with(engine, transactions: 20) { home in
            try await Self.lengthenTrail(home)
            try await home.database.write(.household(home.household)) {
                try $0.execute("UPDATE audit_change SET payload = NULL WHERE position = 1")
                try $0.execute("UPDATE audit_entry SET payload = NULL WHERE sequence = 4")
            }

            let report = try await home.doctor.examine()

            #expect(report.findings.map(\.line) == [])
        }
    }

    @Test(arguments: TestEngine.present)
    func `seeing no household is never clean where rows can hide`(engine: TestEngine) async throws {
        try await engine.withDatabase { database in
            let keys = HouseholdKeys(master: .init(size: .bits256))

            let report = try await Doctor(database, keys: keys).examine()

            #expect(report.isClean == (engine == .sqlite))
        }
    }
}
