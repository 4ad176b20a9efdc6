import Crypto
import Foundation
import Ledger
import Storage
import TestSupport
import Testing

@testable import Features

/// Security bar C3: whatever is changed of a trail, it shows.
struct RandomTamperTests {
    private static let tamperCount = Int(
        SeededGenerator.environment("MARTLET_TEST_TAMPERS") ?? 150
    )

    /// A column of the table, and another value for it.
    private static let columns: [(name: String, value: SQLText)] = [
        ("at", "at + 1"), ("actor", "actor || 'x'"), ("actor_id", "NULL"),
        ("action", "action || 'x'"), ("entity", "entity || 'x'"),
        ("entity_id", "household_id"), ("request_id", "request_id || 'x'"),
        ("change_count", "change_count + 1"), ("outcome", "'refused'"), ("outcome", "NULL"),
        ("undoes", "1"),
    ]

    @Test(arguments: TestEngine.present)
    func `a change of any entry, a gap, another order and a cut tail are found`(
        engine: TestEngine
    ) async throws {
        let seed = SeededGenerator.testSeed
        try await DemoHousehold.with(engine, transactions: 0) { home in
            for number in 0..<20 {
                let change = AuditNote.Change(
                    entity: home.environment.ids.next(Entity.Transaction.self).value,
                    before: nil,
                    after: Array("{\"n\":\(number)}".utf8)
                )
                try await home.environment.write(as: home.member, requestID: "r\(number)") {
                    $0.record(
                        AuditNote(
                            "update",
                            "account",
                            change.entity,
                            after: change.payload,
                            changes: number % 3 == 0 ? [change, change] : []
                        )
                    )
                }
            }
            #expect(try await home.doctor.examine().findings.map(\.line) == [])
            var random = SeededGenerator(seed: seed)
            for _ in 0..<Self.tamperCount {
                let statements = Self.tamper(&random)
                let found = try await Self.findings(home, statements)
                #expect(found > 0, "seed \(seed): \(statements.map(\.text))")
            }
            #expect(try await home.doctor.examine().findings.map(\.line) == [])
        }
    }

    private static func tamper(_ random: inout SeededGenerator) -> [SQLText] {
        let one = Int64.random(in: 2...20, using: &random)
        let other = one == 20 ? 19 : one + 1
        switch Int.random(in: 0..<8, using: &random) {
        case 0:
            return [
                "DELETE FROM audit_change WHERE sequence = \(one)",
                "DELETE FROM audit_entry WHERE sequence = \(one)",
            ]
        case 1:
            // Two that have no rows of a change, so that nothing else stands in the way.
            let first = min(one - one % 3 + 3, 18)
            return [
                "UPDATE audit_entry SET sequence = 999 WHERE sequence = \(first)",
                "UPDATE audit_entry SET sequence = \(first) WHERE sequence = \(first + 1)",
                "UPDATE audit_entry SET sequence = \(first + 1) WHERE sequence = 999",
            ]
        case 2:
            return [
                "DELETE FROM audit_change WHERE sequence >= \(one)",
                "DELETE FROM audit_entry WHERE sequence >= \(one)",
                """
                UPDATE household SET audit_sequence = \(one - 1), audit_head = (
                    SELECT hash FROM audit_entry WHERE sequence = \(one - 1))
                """,
            ]
        case 3:
            return [
                """
                UPDATE audit_entry SET payload = (
                    SELECT payload FROM audit_entry WHERE sequence = \(other))
                WHERE sequence = \(one)
                """
            ]
        case 4:
            return [
                """
                UPDATE audit_entry SET hash = (
                    SELECT hash FROM audit_entry WHERE sequence = \(other))
                WHERE sequence = \(one)
                """
            ]
        default:
            let column = columns.randomElement(using: &random)!
            return [
                """
                UPDATE audit_entry SET \(.literal(column.name)) = \(column.value)
                WHERE sequence = \(one)
                """
            ]
        }
    }

    /// How much the doctor finds while the statements hold; nothing of them stays.
    private static func findings(
        _ home: DemoHousehold,
        _ statements: [SQLText]
    ) async throws -> Int {
        struct TakenBack: Error {
            let findings: Int
        }
        let (household, keys) = (home.household, home.environment.keys)
        do {
            try await home.database.write(.household(household)) { transaction in
                try Tamper.dropTriggers(transaction)
                for statement in statements { try transaction.execute(statement) }
                let findings = Findings(household: household)
                _ = try HouseholdExamination(transaction, household, keys, findings, nil).run()
                throw TakenBack(findings: findings.finish().count)
            }
            return 0
        } catch let taken as TakenBack {
            return taken.findings
        }
    }
}
