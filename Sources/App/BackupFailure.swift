import Features
import Foundation

/// That a backup failed, as the command leaves it in the data folder for the server to find: it may run beside a server that
/// alone writes the database.
struct BackupFailure: Equatable {
    /// As RFC 3339 writes it.
    let moment: String
    let reason: String

    private static let name = "backup-failed"
    /// - Units: characters
    private static let reasonLimit = 300

    /// Nil where the last backup did not fail, or none was ever made.
    static func last(in folder: DataFolder) throws -> BackupFailure? {
        let file = "\(folder.path)/\(name)"
        guard FileManager.default.fileExists(atPath: file) else { return nil }
        let text = try String(contentsOfFile: file, encoding: .utf8)
        let lines = text.split(separator: "\n", maxSplits: 1)
        guard lines.count == 2, let reason = lines[1].split(separator: "\n").first else {
            return nil
        }
        return BackupFailure(
            moment: String(lines[0].prefix(40)),
            reason: String(reason.prefix(reasonLimit))
        )
    }

    static func note(_ error: any Error, in folder: DataFolder, at moment: String) throws {
        let reason = "\(error)".replacing("\n", with: " ").prefix(reasonLimit)
        try Data("\(moment)\n\(reason)\n".utf8)
            .write(to: URL(fileURLWithPath: "\(folder.path)/\(name)"), options: .atomic)
    }

    /// Forgets it, once a backup was made.
    static func clear(in folder: DataFolder) throws {
        let file = "\(folder.path)/\(name)"
        guard FileManager.default.fileExists(atPath: file) else { return }
        try FileManager.default.removeItem(atPath: file)
    }
}
