import HTTPTypes
import Ledger
import Storage
import TestSupport
import Testing

@testable import Features

/// Random operations, each taken back: the books are what they were, sums and all.
struct UndoPropertyTests {
    private static let operationCount = Int(
        SeededGenerator.environment("MARTLET_TEST_OPERATIONS") ?? 120
    )

    @Test(arguments: TestEngine.present)
    func `whatever was done last, taking it back leaves the books as they were`(
        engine: TestEngine
    ) async throws {
        let seed = SeededGenerator.testSeed
        try await LedgerFixture.with(engine) { fixture in
            let (home, world, _) = try await LedgerModelTests.prepare(fixture.makeHome("One"))
            var random = SeededGenerator(seed: seed)
            var (undone, refused) = (0, 0)
            for number in 0..<Self.operationCount {
                fixture.clock.advance(seconds: 1)
                let before = try await Self.picture(home)
                let operation = world.operation(&random)
                guard let entry = try await Self.perform(operation, world, home) else { continue }
                let after = try await Self.picture(home)
                fixture.clock.advance(seconds: 1)
                let name = Comment(rawValue: "seed \(seed), number \(number): \(operation)")
                do {
                    let back = try await Self.undo(entry, home)
                    let picture = try await Self.picture(home)
                    #expect(picture == before, name)
                    if picture != before {
                        Issue.record("\(LedgerPicture.difference(before, picture))")
                        return
                    }
                    undone += 1
                    // Every other time it is to stay done, so that the books grow.
                    guard number % 3 > 0 else { continue }
                    fixture.clock.advance(seconds: 1)
                    _ = try await Self.undo(back, home)
                    #expect(try await Self.picture(home) == after, name)
                } catch let error as APIError {
                    // A minimum that was set below the balance of then is the one thing in the way.
                    #expect(error.code == "audit.cannot_undo", name)
                    #expect(error.message.contains("may not fall below"), "\(error.message)")
                    refused += 1
                }
                // Anything older may have been changed since: it is refused, or leaves whole books.
                if number % 5 == 0 { _ = try? await Self.undo(Int64(1 + number / 2), home) }
            }
            #expect(undone > refused && undone > Self.operationCount / 3, "seed \(seed)")
            let report = try await Doctor(fixture.database, keys: fixture.environment.keys)
                .examine(at: fixture.clock.now)
            #expect(report.findings.map(\.line) == [], "seed \(seed)")
        }
    }

    private static func picture(_ home: TestHome) async throws -> LedgerPicture {
        let household = home.household
        return try await home.read { try LedgerPicture($0, household) }
    }

    /// - Returns: the number of its entry; nil when nothing was changed.
    private static func perform(
        _ operation: ModelOperation,
        _ world: ModelWorld,
        _ home: TestHome
    ) async throws -> Int64? {
        do {
            let (made, entry) = try await home.write { write in
                let made = try operation.perform(in: write)
                return (made, write.entry?.record.sequence)
            }
            if let made { world.remember(made, of: operation) }
            return entry
        } catch let error as APIError where error.status.code < 500 {
            return nil
        }
    }

    private static func undo(_ sequence: Int64, _ home: TestHome) async throws -> Int64 {
        let environment = home.fixture.environment
        return try await home.write { write in
            try TrailUndo(
                write: write,
                keys: environment.keys,
                imports: ImportService(environment)
            ).run(sequence).record.sequence
        }
    }
}
