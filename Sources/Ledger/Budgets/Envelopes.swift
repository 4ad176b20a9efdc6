extension BudgetHistory {
    /// The history looked at as envelopes: every unit of money has a job.
    ///
    /// - Parameter first: the number of the first period that is wanted. Those before it are gone through and not
    ///   shown.
    /// - Complexity: linear in periods times lines.
    /// - Throws: `overflow` when a figure does not fit into `Money`.
    package func envelopes(from first: Int = 0) throws(MoneyError) -> [EnvelopePeriod] {
        var run = EnvelopeRun(self)
        var results: [EnvelopePeriod] = []
        for (number, period) in periods.enumerated() {
            let result = try run.run(period, isWanted: number >= first)
            if let result { results.append(result) }
        }
        return results
    }
}
