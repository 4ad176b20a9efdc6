import Interchange
import Ledger

/// Reads text as a file.
func read(_ text: String, _ options: ReadingOptions = ReadingOptions()) throws -> StatementFile {
    try StatementReader.read(bytes: Array(text.utf8), options: options)
}

extension StatementFile {
    var rows: [DraftRow] { drafts.compactMap(\.row) }
    var problems: [DraftProblem] { drafts.compactMap(\.problem) }
    var amounts: [String] { rows.map { Decimal4.text($0.amount, minorDigits: 2) } }
    var dates: [String] { rows.map(\.date.description) }
    var sum: Int64 { rows.reduce(0) { $0 + $1.amount } }
}

/// A generator that gives the same numbers in every run.
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    /// - Source: SplitMix64, Steele, Lea and Flood 2014.
    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
        return mixed ^ mixed >> 31
    }
}
