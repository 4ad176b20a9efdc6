import Foundation
import Ledger
import Storage
import TestSupport
import Testing

@testable import Features

/// What is written down outside the database of where the trails have got to.
@Suite struct TrailHeadTests {
    private typealias Bench = TrailArchiveTests.Bench

    @Test(arguments: TestEngine.present)
    func `heads are written down once, and hold as long as the trail does`(
        engine: TestEngine
    ) async throws {
        try await Bench.with(engine) { bench in
            #expect(try await bench.heads.export(bench.environment) == 1)
            #expect(try await bench.heads.export(bench.environment) == 0)
            try await bench.add(1)
            #expect(try await bench.heads.export(bench.environment) == 1)
            #expect(try bench.heads.all().map(\.sequence) == [4, 5])
            #expect(try await bench.findings() == [])
            bench.clock.advance(seconds: 8 * Bench.year)
            _ = try await bench.run()
            #expect(try await bench.findings() == [])
        }
    }

    /// Whoever holds the database can make all of it agree with itself, but not with what was written down.
    @Test(arguments: TestEngine.present)
    func `a tail that was cut with everything mended shows`(engine: TestEngine) async throws {
        try await Bench.with(engine) { bench in
            try await bench.add(1)
            _ = try await bench.heads.export(bench.environment)
            let household = bench.home.household
            try await bench.home.fixture.database.write(.household(household)) { transaction in
                try Tamper.dropTriggers(transaction)
                for statement: SQLText in [
                    "DELETE FROM audit_change WHERE sequence = 5",
                    "DELETE FROM audit_entry WHERE sequence = 5",
                    """
                    UPDATE household SET audit_sequence = 4, version = 4, audit_head = (
                        SELECT hash FROM audit_entry
                        WHERE household_id = \(household) AND sequence = 4)
                    WHERE id = \(household)
                    """,
                ] { try transaction.execute(statement) }
            }
            let withoutHeads = try await Doctor(
                bench.home.fixture.database,
                keys: bench.environment.keys
            ).examine(at: bench.clock.now)

            let findings = try await bench.findings()

            #expect(withoutHeads.findings.map(\.line) == [])
            #expect(findings.count == 1)
            #expect(findings.allSatisfy { $0.contains("it was cut or made anew") })
        }
    }

    @Test(arguments: TestEngine.present)
    func `a line that the household's key did not seal says so, half a line says nothing`(
        engine: TestEngine
    ) async throws {
        try await Bench.with(engine) { bench in
            _ = try await bench.heads.export(bench.environment)
            let line = try #require(try bench.heads.all().first)
            let forged = TrailHeads.Head(
                line.owner,
                sequence: 9,
                hash: line.hash,
                seal: line.seal
            )
            try Data(line.line + forged.line + Array("{\"household\":".utf8))
                .write(to: bench.heads.file)

            let findings = try await bench.findings()

            #expect(findings.count == 1)
            #expect(findings.allSatisfy { $0.contains("its seal is not the household's") })
        }
    }

    /// Whoever holds the database may cut a person's trail and the server's as well as a household's.
    @Test(arguments: TestEngine.present)
    func `a tail that was cut off a person's trail or the server's shows`(
        engine: TestEngine
    ) async throws {
        try await Bench.with(engine) { bench in
            try await TrailArchiveTests.addEvents(bench, 3)
            #expect(try await bench.heads.export(bench.environment) == 3)
            #expect(try await bench.heads.export(bench.environment) == 0)
            #expect(try await bench.findings() == [])
            let person = TrailOwner.person(bench.home.member.person)
            for owner in [TrailOwner.server, person] {
                try await Self.cut(owner, bench)
            }
            let withoutHeads = try await Doctor(
                bench.home.fixture.database,
                keys: bench.environment.keys
            ).examine(at: bench.clock.now)

            let findings = try await bench.findings()

            #expect(withoutHeads.findings.map(\.line) == [])
            for owner in [TrailOwner.server, person] {
                let line = "audit_heads person-\(owner.id)/3: the trail had this entry once"
                #expect(findings.contains { $0.hasPrefix(line) }, "\(findings)")
            }
            #expect(findings.count == 2)
        }
    }

    private static func cut(_ owner: TrailOwner, _ bench: Bench) async throws {
        try await bench.home.fixture.database.write(.shared) { transaction in
            switch transaction.dialect {
            case .sqlite: try Tamper.dropTriggers(transaction)
            case .postgres: try transaction.execute("ALTER TABLE trail_entry DISABLE TRIGGER USER")
            }
            try transaction.execute(
                "DELETE FROM trail_entry WHERE trail_id = \(owner.id) AND sequence = 3"
            )
            try transaction.execute(
                """
                UPDATE trail SET sequence = 2, head = (
                    SELECT hash FROM trail_entry WHERE trail_id = \(owner.id) AND sequence = 2)
                WHERE id = \(owner.id)
                """
            )
        }
    }

    @Test(arguments: TestEngine.present)
    func `heads of people hold through the archive and an erasure, and a forged one says so`(
        engine: TestEngine
    ) async throws {
        try await Bench.with(engine) { bench in
            try await TrailArchiveTests.addEvents(bench, 2)
            _ = try await bench.heads.export(bench.environment)
            bench.clock.advance(seconds: 8 * Bench.year)
            _ = try await bench.run()
            _ = try await bench.heads.export(bench.environment)
            let whole = try await bench.findings()
            let person = bench.home.member.person
            let line = try #require(
                try bench.heads.all().first { $0.owner == .person(.person(person)) }
            )
            let forged = TrailHeads.Head(line.owner, sequence: 9, hash: line.hash, seal: line.seal)
            try Data(try bench.heads.all().flatMap(\.line) + forged.line).write(
                to: bench.heads.file
            )
            let found = try await bench.findings()
            try Data(line.line).write(to: bench.heads.file)
            try await bench.home.fixture.database.write(.shared) {
                try ErasureStore(transaction: $0)
                    .anonymise(person, email: "one@example.org", at: bench.clock.now)
            }

            #expect(whole == [])
            #expect(found.count == 1)
            #expect(found.allSatisfy { $0.contains("its seal is not the trail's") })
            // The chain is all that is left of it, and it still holds.
            #expect(try await bench.findings() == [])
            #expect(try await bench.heads.export(bench.environment) == 2)
        }
    }

    @Test(arguments: TestEngine.present)
    func `a household that is gone with its trail shows`(engine: TestEngine) async throws {
        try await Bench.with(engine) { bench in
            _ = try await bench.heads.export(bench.environment)
            let line = try #require(try bench.heads.all().first)
            let gone = ArchiveOwner.household(bench.environment.ids.next())
            let written = TrailHeads.Head(gone, sequence: 3, hash: line.hash, seal: line.seal)
            try Data(line.line + written.line).write(to: bench.heads.file)

            let findings = try await bench.findings()

            #expect(findings.count == 1)
            #expect(findings.allSatisfy { $0.contains("\(gone.id): the household had a trail") })
        }
    }
}
