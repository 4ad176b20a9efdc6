import HTTPTypes
import Ledger
import Storage
import Synchronization
import TestSupport
import Testing

@testable import Features

/// Thousands of random operations from many tasks at once, and a plain model that does the same one after the
/// other, in the order in which the database says they happened.
struct LedgerModelTests {
    private static let taskCount = 12
    private static let operationCount = Int(
        SeededGenerator.environment("MARTLET_TEST_OPERATIONS") ?? 50
    )

    /// An operation that ran, and where in the order of all.
    private struct Outcome: Sendable {
        let operation: ModelOperation
        /// The household's version that it saw.
        let seen: Int64
        let made: TransactionID?
        /// Why it was refused.
        let refusal: String?
    }

    @Test(arguments: TestEngine.present)
    func `whatever people do at once, the books equal the model's`(engine: TestEngine) async throws
    {
        let seed = SeededGenerator.testSeed
        try await LedgerFixture.with(engine) { fixture in
            let homes = [try await fixture.makeHome("One"), try await fixture.makeHome("Two")]
            var prepared: [(home: TestHome, world: ModelWorld, model: ModelLedger)] = []
            for home in homes { prepared.append(try await Self.prepare(home)) }

            let outcomes = try await withThrowingTaskGroup(of: (Int, [Outcome]).self) { group in
                for (index, (home, world, _)) in prepared.enumerated() {
                    for task in 0..<Self.taskCount {
                        let seed = seed &+ UInt64(index * Self.taskCount + task)
                        group.addTask { (index, try await Self.run(seed, world, home)) }
                    }
                }
                var outcomes: [[Outcome]] = [[], []]
                for try await (index, some) in group { outcomes[index] += some }
                return outcomes
            }

            for (index, part) in prepared.enumerated() {
                var model = part.model
                Self.replay(outcomes[index], on: &model, seed: seed)
                try await LedgerComparison(home: part.home, model: model, seed: seed).run()
            }
        }
    }

    // MARK: Doing

    private static func run(
        _ seed: UInt64,
        _ world: ModelWorld,
        _ home: TestHome
    ) async throws -> [Outcome] {
        var random = SeededGenerator(seed: seed)
        var outcomes: [Outcome] = []
        for _ in 0..<operationCount {
            outcomes.append(try await perform(world.operation(&random), world, home))
        }
        return outcomes
    }

    private static func perform(
        _ operation: ModelOperation,
        _ world: ModelWorld,
        _ home: TestHome
    ) async throws -> Outcome {
        let seen = Seen()
        do {
            let made = try await home.write { write in
                seen.version.withLock { $0 = write.version }
                return try operation.perform(in: write)
            }
            if let made { world.remember(made, of: operation) }
            return Outcome(operation: operation, seen: seen.value, made: made, refusal: nil)
        } catch let error as APIError where error.status.code < 500 {
            return Outcome(operation: operation, seen: seen.value, made: nil, refusal: error.code)
        }
    }

    private final class Seen: Sendable {
        let version = Mutex<Int64>(-1)
        var value: Int64 { version.withLock(\.self) }
    }

    // MARK: Doing it again

    private static func replay(_ outcomes: [Outcome], on model: inout ModelLedger, seed: UInt64) {
        // What was refused, or changed nothing, saw the same version as the change after it.
        let changed = { (outcome: Outcome) -> Int in outcome.refusal == nil ? 1 : 0 }
        let ordered = outcomes.sorted { ($0.seen, changed($0)) < ($1.seen, changed($1)) }
        for outcome in ordered {
            guard outcome.seen == model.version else {
                // A restore of what was not deleted changes nothing, whatever came before it.
                if case .restore = outcome.operation, outcome.seen < model.version { continue }
                Issue.record("seed \(seed): version \(outcome.seen) was seen at \(model.version)")
                return
            }
            let code = model.apply(outcome.operation, made: outcome.made)
            guard code != "nothing" else { continue }
            guard code == outcome.refusal else {
                Issue.record(
                    """
                    seed \(seed), version \(outcome.seen): \(outcome.operation) gave \
                    \(outcome.refusal ?? "success"), the model \(code ?? "success")
                    """
                )
                return
            }
        }
    }

    // MARK: A household to begin with

    static func prepare(
        _ home: TestHome
    ) async throws -> (home: TestHome, world: ModelWorld, model: ModelLedger) {
        let (accounts, categories) = try await home.write { write in
            let accounts = try ["EUR", "EUR", "EUR", "USD", "USD"].enumerated().map {
                number,
                currency in
                try AccountService().create(
                    try fields(
                        #"{"name": "A\#(number)", "kind": "checking", "currency": "\#(currency)"}"#
                    ),
                    in: write
                ).record
            }
            let categories = try (0..<8).map { number in
                let kind = number < 3 ? "income" : "expense"
                return try CategoryService().create(
                    try fields(#"{"name": "C\#(number)", "kind": "\#(kind)"}"#),
                    in: write
                ).record.id
            }
            return (accounts, categories)
        }
        let version = try await home.number(
            "SELECT version FROM household WHERE id = \(home.household)"
        )
        let model = ModelLedger(
            accounts: Dictionary(
                uniqueKeysWithValues: accounts.map { ($0.id, .init(currency: $0.currency)) }
            ),
            categories: Set(categories),
            version: version,
            exchange: try await home.systemNode(.exchange),
            openingNode: try await home.systemNode(.opening)
        )
        let world = ModelWorld(
            euros: accounts[..<3].map(\.id),
            dollars: accounts[3...].map(\.id),
            categories: Array(categories[..<6]),
            doomed: Array(categories[6...])
        )
        return (home, world, model)
    }
}
