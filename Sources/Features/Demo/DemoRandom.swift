/// The same numbers for the same seed, on every machine and with every version of Swift.
///
/// - Source: SplitMix64, Steele, Lea and Flood, "Fast Splittable Pseudorandom Number Generators".
struct DemoRandom: Sendable {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    private mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var word = state
        word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
        word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
        return word ^ (word >> 31)
    }

    mutating func number(_ range: ClosedRange<Int64>) -> Int64 {
        let width = UInt64(range.upperBound - range.lowerBound) + 1
        return range.lowerBound + Int64(next() % width)
    }

    /// True so many times in a thousand.
    mutating func chance(inThousand: Int64) -> Bool {
        number(0...999) < inThousand
    }

    mutating func pick<Element>(_ choices: [Element]) -> Element {
        choices[Int(number(0...Int64(choices.count - 1)))]
    }
}
