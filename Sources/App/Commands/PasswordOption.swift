import ArgumentParser
import Foundation

/// Where a password comes from: the terminal, or standard input.
struct PasswordOption: ParsableArguments {
    @Flag(help: "Read the password from the first line of standard input.")
    var passwordStdin = false

    /// - Units: bytes; more is no password.
    private static let limit = 8_192

    /// - Parameter twice: whether a terminal asks again, since nobody sees what is typed.
    /// - Throws: one line when there is none.
    func read(twice: Bool) throws -> String {
        if passwordStdin { return try line() }
        guard isatty(STDIN_FILENO) == 1 else {
            throw StartError("there is no terminal to ask for a password: use --password-stdin")
        }
        let first = try ask("Password: ")
        guard twice else { return first }
        let second = try ask("The same again: ")
        guard second == first else { throw StartError("the two passwords differ") }
        return first
    }

    private func ask(_ question: String) throws -> String {
        var terminal = termios()
        guard tcgetattr(STDIN_FILENO, &terminal) == 0 else {
            throw StartError("the terminal cannot be asked: \(PlainReason.system())")
        }
        let before = terminal
        terminal.c_lflag &= ~tcflag_t(ECHO)
        guard tcsetattr(STDIN_FILENO, TCSAFLUSH, &terminal) == 0 else {
            throw StartError("the terminal would show the password: \(PlainReason.system())")
        }
        // Asked once nothing is shown any more, so that fast fingers are not.
        FileHandle.standardError.write(Data(question.utf8))
        defer {
            var before = before
            tcsetattr(STDIN_FILENO, TCSAFLUSH, &before)
            FileHandle.standardError.write(Data("\n".utf8))
        }
        return try line()
    }

    private func line() throws -> String {
        guard let line = readLine(strippingNewline: true), !line.isEmpty else {
            throw StartError("no password was given")
        }
        guard line.utf8.count <= Self.limit else { throw StartError("this is no password") }
        return line
    }
}
