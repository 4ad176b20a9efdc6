import Foundation
import Interchange

/// Files beside the tests.
enum Fixtures {
    static let folder = URL(filePath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "Fixtures")

    /// The names of the files in a folder of fixtures, sorted.
    ///
    /// - Parameter endings: only these; all when empty.
    static func names(in folder: String, endings: Set<String> = []) -> [String] {
        let url = Self.folder.appending(path: folder)
        // A folder that is not there has no files: the tests that need some say so.
        let names = (try? FileManager.default.contentsOfDirectory(atPath: url.path)) ?? []
        return names.filter {
            endings.isEmpty || endings.contains(($0 as NSString).pathExtension)
        }.sorted()
    }

    static func bytes(_ path: String) throws -> [UInt8] {
        [UInt8](try Data(contentsOf: folder.appending(path: path)))
    }
}

/// The files of others that are kept beside the project, where they are.
enum Corpus {
    static let folder: URL = {
        if let path = ProcessInfo.processInfo.environment["MARTLET_CORPUS"] {
            return URL(filePath: path)
        }
        return URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "../shared/corpus")
    }()

    static var isPresent: Bool {
        FileManager.default.fileExists(atPath: folder.appending(path: "expected/csv.json").path)
    }

    static func bytes(_ path: String) throws -> [UInt8] {
        [UInt8](try Data(contentsOf: folder.appending(path: path)))
    }

    /// Every file under a folder of the corpus.
    static func files(under path: String) -> [String] {
        let root = folder.appending(path: path)
        let found = FileManager.default.enumerator(atPath: root.path)?.allObjects as? [String] ?? []
        return found.map { "\(path)/\($0)" }.filter { name in
            var isFolder: ObjCBool = false
            let url = folder.appending(path: name)
            return FileManager.default.fileExists(atPath: url.path, isDirectory: &isFolder)
                && !isFolder.boolValue
        }.sorted()
    }

    /// A table of `expected/`, by file.
    static func expected<Row: Decodable>(_ name: String, as _: Row.Type) throws -> [String: Row] {
        let data = try Data(contentsOf: folder.appending(path: "expected/\(name).json"))
        return try JSONDecoder().decode([String: Row].self, from: data)
    }
}
