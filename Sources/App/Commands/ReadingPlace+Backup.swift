import Crypto
import Features
import Foundation
import Storage

extension ReadingPlace {
    /// What was copied: its parts, files of a folder, in the order in which they go back.
    struct Taken {
        let parts: [String]
        let facts: BackupFacts
    }

    /// Copies the database as it is at one moment.
    func take(into folder: URL) async throws -> Taken {
        if case .postgres(let serving, let owner) = choice {
            return try await take(as: owner ?? serving, into: folder)
        }
        guard let sqlite = database as? SQLiteDatabase else {
            throw StartError("this database cannot be backed up")
        }
        let file = folder.appending(path: BackupPart.sqlite)
        try sqlite.backup(to: file.path)
        let copy = try SQLiteDatabase(copy: file)
        let facts = try await copy.read(.shared) { try BackupFacts(in: $0) }
        try await copy.close()
        return Taken(parts: [BackupPart.sqlite], facts: facts)
    }

    /// - Parameter role: the owner where there is one: it alone may read every table for certain.
    private func take(as role: PostgresConfiguration, into folder: URL) async throws -> Taken {
        var patient = role
        patient.statementTimeoutMilliseconds = 0
        let postgres = PostgresDatabase(patient)
        let taken: PostgresDump.Taken
        do {
            taken = try await PostgresDump(role).take(from: postgres, into: folder)
        } catch {
            try await postgres.close()
            throw error
        }
        try await postgres.close()
        return Taken(parts: taken.parts, facts: taken.facts)
    }
}

extension SQLiteDatabase {
    /// A copy that nobody else works on.
    convenience init(copy file: URL) throws {
        try self.init(path: file.path) { _ in
            Progress.say("The disk failed to keep a write.")
            exit(1)
        }
    }
}

/// The keys of a data folder, one after the other in a file.
extension DataFolder {
    static let masterName = FolderKeys.Kind.master.current
    static let secretNames = FolderKeys.Kind.allCases.map(\.current)
    private static let secretLength = 32

    func copySecrets(to file: URL) throws {
        var bytes = Data()
        for name in Self.secretNames {
            let key = try secret(name, mayMake: name != Self.masterName)
            bytes += key.withUnsafeBytes { Data($0) }
        }
        try bytes.write(to: file)
    }

    /// The keys out of a backup, by their names.
    static func secrets(in file: URL) throws -> [(name: String, bytes: Data)] {
        let bytes = try Data(contentsOf: file)
        guard bytes.count == secretNames.count * secretLength else {
            throw BackupError.damaged("its keys are not of the right length")
        }
        return secretNames.enumerated().map { index, name in
            let start = bytes.startIndex + index * secretLength
            return (name, Data(bytes[start..<(start + secretLength)]))
        }
    }
}

/// Makes what happened to the names in a folder last.
enum DurableFolder {
    static func sync(_ path: String) {
        let descriptor = open(path, O_RDONLY)
        guard descriptor >= 0 else { return }
        fsync(descriptor)
        close(descriptor)
    }
}
