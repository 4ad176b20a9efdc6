import Foundation

/// Says on standard error how far a command is: in one line of a terminal, sparsely anywhere else.
final class Progress: Sendable {
    private let what: String
    private let isTerminal = isatty(STDERR_FILENO) == 1

    init(_ what: String) {
        self.what = what
    }

    /// - Parameter total: 0 when it is not known.
    func show(_ done: Int, of total: Int) {
        guard isTerminal else { return }
        let share = total > 0 ? " of \(total) (\(done * 100 / total) %)" : ""
        Self.write("\r\(what): \(done)\(share)\u{1B}[K")
    }

    /// Leaves the line as it is.
    func finish(_ words: String) {
        Self.write(isTerminal ? "\r\(what): \(words)\u{1B}[K\n" : "\(what): \(words)\n")
    }

    static func say(_ words: String) {
        write(words + "\n")
    }

    private static func write(_ text: String) {
        FileHandle.standardError.write(Data(text.utf8))
    }
}
