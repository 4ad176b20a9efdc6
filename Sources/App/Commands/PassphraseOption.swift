import ArgumentParser
import Features
import Foundation

/// Where the passphrase of a backup stands.
struct PassphraseOption: ParsableArguments {
    @Option(
        name: .customLong("passphrase-file"),
        help: "A file whose first line is the passphrase that the backup is encrypted with.",
        completion: .file()
    )
    var file: String?

    static let shortest = 12

    /// - Throws: one line when the file cannot be read or holds too little.
    func passphrase() throws -> String? {
        guard let file else { return nil }
        let text: String
        do {
            text = try String(contentsOfFile: file, encoding: .utf8)
        } catch {
            throw StartError("\(file) cannot be read: \(PlainReason.file(error))")
        }
        let line = text.split(separator: "\n", maxSplits: 1).first.map(String.init) ?? ""
        guard line.count >= Self.shortest else {
            throw StartError("\(file): a passphrase has at least \(Self.shortest) characters")
        }
        return line
    }
}
