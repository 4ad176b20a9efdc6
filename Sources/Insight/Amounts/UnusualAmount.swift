/// Tells an amount that stands out from what was paid before.
///
/// Robust: a few odd payments in the past neither hide a new one nor make one of every other (Hampel's identifier: the distance
/// from the median in median absolute deviations).
///
/// - Source: Hampel, The Influence Curve and Its Role in Robust Estimation, JASA 69 (1974); Iglewicz and Hoaglin,
///   How to Detect and Handle Outliers (1993), §2: a modified score of 3.5.
package struct UnusualAmount: Sendable {
    /// How many payments there have to be before one of them can stand out.
    package let leastHistory: Int
    /// How far from the median it has to lie at least.
    ///
    /// - Units: as the amounts
    package let leastDistance: Int64

    package init(leastHistory: Int, leastDistance: Int64) {
        self.leastHistory = leastHistory
        self.leastDistance = leastDistance
    }

    /// 3.5 modified scores of 0.6745 a deviation, in thousandths.
    private static let scores: Int128 = 5_189
    /// What always costs the same may still rise a little: a deviation counts a twentieth of the median at least.
    private static let leastDeviationPart: Int128 = 20
    /// Less than so many times the usual is nothing to tell of.
    private static let leastTimes: Int128 = 2

    /// What is usual, where an amount is unusually high; nil where it is not.
    ///
    /// - Parameter history: magnitudes, in any order.
    package func usual(_ history: [Int64], for amount: Int64) -> Int64? {
        guard history.count >= max(leastHistory, 1) else { return nil }
        let sorted = history.sorted()
        let median = Self.median(sorted)
        let distance = Int128(amount) - Int128(median)
        let deviations = sorted.map { Int64(clamping: (Int128($0) - Int128(median)).magnitude) }
        let spread = max(
            Int128(Self.median(deviations.sorted())),
            Int128(median) / Self.leastDeviationPart
        )
        guard distance >= Int128(leastDistance), distance > 0,
            Int128(amount) >= Int128(median) * Self.leastTimes,
            distance * 1_000 > spread * Self.scores
        else { return nil }
        return median
    }

    /// The lower of the two in the middle where there are two: it is an amount that was paid.
    private static func median(_ sorted: [Int64]) -> Int64 {
        sorted[(sorted.count - 1) / 2]
    }
}
