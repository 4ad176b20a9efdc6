import Ledger
import Storage

/// Writes the demo household's five years into an empty household.
package struct DemoBook: Sendable {
    /// How many transactions share a write, so that memory stays small and others get their turn.
    package static let chunk = 10_000

    /// The most that can be asked for.
    package static let limit = 10_000_000

    private let transactions: Int

    package init(transactions: Int) {
        self.transactions = transactions
    }

    /// Fills the household in one write.
    ///
    /// - Throws: 409 `demo.not_empty`.
    package func fill(in write: HouseholdWrite) throws {
        let plan = plan(for: write.member, today: write.today)
        var nodes = try DemoNodes(preparing: plan, in: write)
        try nodes.post(Array(plan), in: write)
        try DemoFuture(write: write, plan: plan, nodes: nodes).make()
        note(transactions, from: 0, write)
    }

    /// Fills the household in as many writes as it takes.
    ///
    /// - Parameter progress: told how many are written.
    /// - Throws: 409 `demo.not_empty`.
    package func fill(
        as member: Member,
        _ environment: ServerEnvironment,
        progress: (Int) -> Void
    ) async throws {
        var plan = plan(for: member, today: environment.clock.today(in: member.timeZone))
        var nodes: DemoNodes?
        var written = 0
        while true {
            let entries = plan.take(Self.chunk)
            guard !entries.isEmpty else { break }
            nodes = try await environment.write(as: member, requestID: "demo") {
                [nodes, plan, written] write in
                var known = try nodes ?? DemoNodes(preparing: plan, in: write)
                try known.post(entries, in: write)
                if written + entries.count == transactions {
                    try DemoFuture(write: write, plan: plan, nodes: known).make()
                }
                note(entries.count, from: written, write)
                return known
            }
            written += entries.count
            progress(written)
        }
        try await environment.database.learnStatistics()
    }

    private func plan(for member: Member, today: LocalDate) -> DemoPlan {
        DemoPlan(today: today, transactions: transactions, currency: member.currency)
    }

    /// The seed and the place in the plan stand for the rows: they can be made again.
    private func note(_ count: Int, from start: Int, _ write: HouseholdWrite) {
        var writer = JSONWriter()
        writer.object { writer in
            writer.name("seed"); writer.string(String(DemoPlan.seed, radix: 16))
            writer.name("today"); writer.date(write.today)
            writer.name("transactions"); writer.integer(Int64(transactions))
            writer.name("first"); writer.integer(Int64(start))
            writer.name("count"); writer.integer(Int64(count))
        }
        write.record(AuditNote("create", "demo", nil, after: writer.bytes))
    }
}

extension DemoPlan {
    /// The next entries, fewer at the end.
    mutating func take(_ count: Int) -> [DemoEntry] {
        var entries: [DemoEntry] = []
        entries.reserveCapacity(count)
        while entries.count < count, let entry = next() { entries.append(entry) }
        return entries
    }
}
