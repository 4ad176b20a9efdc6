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
            throw StartError("\(file) cannot be read: \(error.localizedDescription)")
        }
        let line = text.split(separator: "\n", maxSplits: 1).first.map(String.init) ?? ""
        guard line.count >= Self.shortest else {
            throw StartError("\(file): a passphrase has at least \(Self.shortest) characters")
        }
        return line
    }
}

/// A folder for a command's own use, gone when the command ends.
struct StagingFolder {
    let url: URL

    init(_ url: URL) throws {
        self.url = url
        do {
            try FileManager.default.createDirectory(
                at: url,
                withIntermediateDirectories: false,
                attributes: [.posixPermissions: 0o700]
            )
        } catch {
            throw StartError("\(url.path) cannot be made: \(error.localizedDescription)")
        }
    }

    func remove() {
        // What is left is named after this process and in nobody's way.
        try? FileManager.default.removeItem(at: url)
    }
}
