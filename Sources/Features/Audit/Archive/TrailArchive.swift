package import Foundation
import Ledger
import Storage

/// Whose trail it is.
enum ArchiveOwner: Hashable, Sendable {
    case household(HouseholdID)
    /// A person's, or the server's.
    case person(TrailOwner)

    var id: UniqueID {
        switch self {
        case .household(let household): household.value
        case .person(let owner): owner.id
        }
    }

    var isPerson: Bool { if case .person = self { true } else { false } }

    /// What the names of its files begin with.
    var name: String { isPerson ? "person-\(id)" : "\(id)" }
}

/// The folder of files that old entries of the trails were moved to.
///
/// A file is named `<household>-<from>-<to>.jsonl.gz`, or `person-<id>-…`, and is never changed once it stands there.
package struct TrailArchive: Sendable {
    package let folder: URL

    /// The most that comes out of one file.
    ///
    /// - Units: bytes
    static let fileLimit = 1 << 30

    package init(folder: URL) {
        self.folder = folder
    }

    struct File: Hashable {
        let from: Int64
        let to: Int64
    }

    enum Failure: Error, CustomStringConvertible {
        case cannotWrite(String, code: Int32)
        case cannotRead(String)
        case differs(String)

        var description: String {
            switch self {
            case .cannotWrite(let name, let code):
                "\(name) cannot be written: \(String(cString: strerror(code)))"
            case .cannotRead(let name): "\(name) is not a whole file of the archive"
            case .differs(let name): "\(name) does not hold what was written to it"
            }
        }
    }

    func url(_ file: File, of owner: ArchiveOwner) -> URL {
        folder.appending(path: "\(owner.name)-\(file.from)-\(file.to).jsonl.gz")
    }

    /// The files of an owner, in no order.
    func files(of owner: ArchiveOwner) throws -> [File] {
        guard FileManager.default.fileExists(atPath: folder.path) else { return [] }
        let prefix = "\(owner.name)-"
        return try FileManager.default.contentsOfDirectory(atPath: folder.path).compactMap { name in
            guard name.hasPrefix(prefix), name.hasSuffix(".jsonl.gz") else { return nil }
            let numbers = name.dropFirst(prefix.count).dropLast(".jsonl.gz".count)
                .split(separator: "-").compactMap { Int64($0) }
            return numbers.count == 2 ? File(from: numbers[0], to: numbers[1]) : nil
        }
    }

    /// The files that hold the entries from the first to `last`, each beginning where the one before ends.
    /// What a run that was ended left behind may overlap.
    func path(to last: Int64, of owner: ArchiveOwner) throws -> [File]? {
        let files = try files(of: owner).filter { $0.to <= last }
        var reached: [Int64: [File]] = [0: []]
        for file in files.sorted(by: { $0.to < $1.to }) {
            guard let before = reached[file.from - 1], reached[file.to] == nil else { continue }
            reached[file.to] = before + [file]
        }
        return reached[last]
    }

    // MARK: Writing

    /// Writes entries, syncs them, reads them back and compares.
    func write(_ entries: [ArchivedEntry], of owner: ArchiveOwner) throws -> File {
        guard let first = entries.first, let last = entries.last else {
            throw Failure.cannotRead("nothing")
        }
        let file = File(from: first.record.sequence, to: last.record.sequence)
        let target = url(file, of: owner)
        var lines: [UInt8] = []
        for entry in entries { entry.write(to: &lines) }
        guard let bytes = Gzip.compress(lines) else {
            throw Failure.cannotWrite(target.lastPathComponent, code: ENOMEM)
        }
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try Self.write(bytes, to: target)
        guard try read(file, of: owner) == entries else {
            throw Failure.differs(target.lastPathComponent)
        }
        return file
    }

    /// Whole under another name first, so that half a file never stands there.
    static func write(_ bytes: [UInt8], to target: URL) throws {
        let draft = "\(target.path).\(getpid())"
        let name = target.lastPathComponent
        defer { unlink(draft) }
        let descriptor = open(draft, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw Failure.cannotWrite(name, code: errno) }
        defer { close(descriptor) }
        var offset = 0
        while offset < bytes.count {
            let count = bytes[offset...].withUnsafeBytes {
                Foundation.write(descriptor, $0.baseAddress, $0.count)
            }
            guard count > 0 else { throw Failure.cannotWrite(name, code: errno) }
            offset += count
        }
        guard fsync(descriptor) == 0, rename(draft, target.path) == 0 else {
            throw Failure.cannotWrite(name, code: errno)
        }
        let folder = open(target.deletingLastPathComponent().path, O_RDONLY | O_CLOEXEC)
        guard folder >= 0 else { throw Failure.cannotWrite(name, code: errno) }
        defer { close(folder) }
        guard fsync(folder) == 0 else { throw Failure.cannotWrite(name, code: errno) }
    }

    // MARK: Reading

    func read(_ file: File, of owner: ArchiveOwner) throws -> [ArchivedEntry] {
        let target = url(file, of: owner)
        let name = target.lastPathComponent
        let packed = [UInt8](try Data(contentsOf: target))
        guard let bytes = Gzip.decompress(packed, limit: Self.fileLimit) else {
            throw Failure.cannotRead(name)
        }
        var entries: [ArchivedEntry] = []
        for line in bytes.split(separator: 10) {
            let value = try JSONReader.read(Array(line), keyLimit: .max)
            if let entry = ArchivedEntry(value, of: owner) {
                entries.append(entry)
            } else if let change = ArchivedEntry.Change(value), !entries.isEmpty {
                entries[entries.count - 1].changes.append(change)
            } else {
                throw Failure.cannotRead(name)
            }
        }
        return entries
    }
}
