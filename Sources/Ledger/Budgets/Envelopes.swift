extension BudgetHistory {
    /// The history looked at as envelopes: every unit of money has a job.
    ///
    /// - Complexity: linear in periods times lines.
    /// - Throws: `overflow` when a figure does not fit into `Money`.
    package func envelopes() throws(MoneyError) -> [EnvelopePeriod] {
        var run = EnvelopeRun(self)
        var results: [EnvelopePeriod] = []
        results.reserveCapacity(periods.count)
        for period in periods { results.append(try run.run(period)) }
        return results
    }
}
