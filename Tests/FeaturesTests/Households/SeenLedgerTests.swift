@testable import Features
import HTTPTypes
import Ledger
import Storage
import Testing

/// A member without some accounts gets what a household gets that never had them (ADR 0016).
@Suite struct SeenLedgerTests {
    private static let operationCount = Int(
        SeededGenerator.environment("MARTLET_TEST_OPERATIONS") ?? 120
    )

    @Test(arguments: Engine.present, [0, 1, 2])
    func `who does not see an account sees a household without it`(
        engine: Engine,
        round: UInt64
    ) async throws {
        let seed = SeededGenerator.testSeed &+ round
        try await SharedHome.with(engine) { shared in
            var random = SeededGenerator(seed: seed)
            let accounts = try await fill(shared, &random, withMixedSplits: false)
            let hidden = Set(accounts.shuffled(using: &random).prefix(Int(round) + 1))
            let ids = try await SeenLedgerModel.transactions(of: shared.home)
            for account in hidden { try await shared.hide(account) }
            let paths = Self.paths(accounts, ids, try await categories(of: shared))

            let seen = try await answers(shared.bob, paths)
            try await SeenLedgerModel(home: shared.home, hidden: hidden).remove()
            let expected = try await answers(shared.ann, paths)

            for (path, answer) in expected {
                #expect(seen[path] == answer, "seed \(seed): \(path)")
            }
        }
    }

    /// Of what several accounts paid together, sums hold the seen accounts' share.
    @Test(arguments: Engine.present, [0, 1])
    func `sums hold the seen share of what was paid together`(
        engine: Engine,
        round: UInt64
    ) async throws {
        let seed = SeededGenerator.testSeed &+ 100 &+ round
        try await SharedHome.with(engine) { shared in
            var random = SeededGenerator(seed: seed)
            let accounts = try await fill(shared, &random, withMixedSplits: true)
            let hidden = Set(accounts.shuffled(using: &random).prefix(1))
            for account in hidden { try await shared.hide(account) }
            let paths =
                ["accounts?include_deleted=true"]
                + ["month", "year"].flatMap { period in
                    ["2025-12-30", "2026-01-15", "2026-02-01"].map {
                        "analytics/dashboard?period=\(period)&date=\($0)&include_pending=true"
                    }
                }
                + [
                    "analytics/dashboard?period=custom&from=2025-12-27&to=2026-02-03&include_pending=true",
                    "analytics/net-worth?from=2025-12-01&to=2026-03-01&interval=day",
                ]

            let seen = try await answers(shared.bob, paths, withCounts: false)
            try await SeenLedgerModel(home: shared.home, hidden: hidden).remove()
            let expected = try await answers(shared.ann, paths, withCounts: false)

            for (path, answer) in expected {
                #expect(seen[path] == answer, "seed \(seed): \(path)")
            }
        }
    }

    // MARK: A household

    private func fill(
        _ shared: SharedHome,
        _ random: inout SeededGenerator,
        withMixedSplits: Bool
    ) async throws -> [AccountID] {
        var accounts: [AccountID] = []
        for (number, currency) in ["EUR", "EUR", "EUR", "USD", "USD"].enumerated() {
            accounts.append(try await shared.makeAccount("Account \(number)", currency: currency))
        }
        let categories = try await self.categories(of: shared)
        let world = ModelWorld(
            euros: Array(accounts[..<3]),
            dollars: Array(accounts[3...]),
            categories: Array(categories.prefix(6)),
            doomed: Array(categories[6..<8])
        )
        for _ in 0..<Self.operationCount {
            let operation = world.operation(&random)
            if case .free = operation, !withMixedSplits { continue }
            do {
                let made = try await shared.home.write { try operation.perform(in: $0) }
                if let made { world.remember(made, of: operation) }
            } catch let error as APIError where error.status.code < 500 {
                continue  // Refused, as some of what people do is.
            }
        }
        return accounts
    }

    private func categories(of shared: SharedHome) async throws -> [AccountID] {
        let household = shared.household
        return try await shared.home.read { transaction in
            try CategoryStore(transaction: transaction, household: household)
                .all(includingDeleted: false).filter { $0.system == nil }.map(\.id)
        }
    }

    // MARK: What is asked

    private static func paths(
        _ accounts: [AccountID],
        _ transactions: [TransactionID],
        _ categories: [AccountID]
    ) -> [String] {
        let filters =
            ["", "include_deleted=true", "type=transfer", "type=expense", "state=posted"]
            + ["tag=home", "q=market", "q=caf", "from=2026-01-01&to=2026-01-10"]
            + ["min_amount=50", "max_amount=100"] + accounts.map { "account_id=\($0)" }
            + categories.prefix(8).map { "category_id=\($0)" }
        let sorts = ["-date", "date", "-amount", "amount", "payee", "-payee"]
        let lists = filters.enumerated().map { index, filter in
            "transactions?limit=200&sort=\(sorts[index % sorts.count])&\(filter)"
        }
        let dashboards = ["month", "year"].flatMap { period in
            ["2025-12-30", "2026-01-15"].map {
                "analytics/dashboard?period=\(period)&date=\($0)"
            }
        }
        let others = [
            "accounts", "accounts?include_deleted=true", "categories?include_deleted=true", "tags",
            "payees?limit=500", "payees?q=ba", "transactions/export.csv", "transfers/suggestions",
            "imports", "transactions?limit=7&page=2",
            "analytics/dashboard?period=custom&from=2025-12-27&to=2026-02-03&include_pending=true",
            "analytics/net-worth?from=2025-12-20&to=2026-02-10&interval=day",
            "analytics/net-worth?from=2025-12-01&to=2026-03-01",
        ]
        return lists + dashboards + others
            + accounts.flatMap {
                ["accounts/\($0)", "accounts/\($0)/balances?from=2025-12-15&to=2026-02-10"]
            }
            + categories.map { "categories/\($0)" } + transactions.map { "transactions/\($0)" }
    }

    private func answers(
        _ caller: Caller,
        _ paths: [String],
        withCounts: Bool = true
    ) async throws -> [String: String] {
        var answers: [String: String] = [:]
        for path in paths {
            let answer = try await caller.get(path)
            guard let body = answer.body else {
                answers[path] = "\(answer.status) \(answer.text)"
                continue
            }
            let told = SeenLedgerModel.comparable(body, withCounts: withCounts)
            answers[path] = "\(answer.status) \(told)"
        }
        return answers
    }
}
