import Crypto
package import Foundation

/// Writes the one file of a backup.
///
/// A mark, the length of the manifest, the manifest, each part, and the SHA-256 of all that: so no byte can change
/// unseen. Where there is a passphrase, each part is sealed block by block.
package struct BackupWriter {
    static let mark = Array("MARTLET BACKUP 1\n".utf8)

    /// - Units: bytes of a part that are held in memory at once.
    static let block = 1 << 20

    private let key: PassphraseKey?

    package init(key: PassphraseKey?) {
        self.key = key
    }

    /// - Parameters:
    ///   - parts: what each part is called and where its content lies.
    ///   - folder: where sealed parts are kept meanwhile.
    package func write(
        _ manifest: BackupManifest,
        parts: [(name: String, file: URL)],
        to target: URL,
        using folder: URL
    ) throws {
        var manifest = manifest
        var files: [URL] = []
        for (name, file) in parts {
            let ready = try sealed(file, name, folder)
            manifest.parts.append(try describe(ready, name))
            files.append(ready)
        }
        try Self.create(target)
        var output = try Output(target)
        let json = try manifest.json
        try output.write(Data(Self.mark))
        try output.write(Data(Self.length(json.count)))
        try output.write(Data(json))
        for file in files { try Self.blocks(of: file, Self.block) { try output.write($0) } }
        try output.finish()
    }

    private func sealed(_ file: URL, _ name: String, _ folder: URL) throws -> URL {
        guard let key else { return file }
        let target = folder.appending(path: "\(name).sealed")
        try Self.create(target)
        let handle = try FileHandle(forWritingTo: target)
        let size = try Self.size(of: file)
        var done = 0
        var index = 0
        try Self.blocks(of: file, Self.block) { block in
            done += block.count
            let place = Self.place(name, index, isLast: done == size)
            try handle.write(contentsOf: try key.seal(block, place: place))
            index += 1
        }
        try handle.close()
        return target
    }

    private func describe(_ file: URL, _ name: String) throws -> BackupManifest.Part {
        var hash = SHA256()
        var size = 0
        try Self.blocks(of: file, Self.block) { block in
            hash.update(data: block)
            size += block.count
        }
        return .init(name: name, size: size, sha256: Array(hash.finalize()).hexadecimal)
    }

    // MARK: Shared with the reader

    /// What a block is sealed for: nobody can swap, drop or repeat one.
    static func place(_ part: String, _ index: Int, isLast: Bool) -> String {
        "backup/\(part)/\(index)/\(isLast ? "last" : "more")"
    }

    static func length(_ count: Int) -> [UInt8] {
        stride(from: 56, through: 0, by: -8).map { UInt8(truncatingIfNeeded: count >> $0) }
    }

    static func size(of file: URL) throws -> Int {
        try FileManager.default.attributesOfItem(atPath: file.path)[.size] as? Int ?? 0
    }

    static func blocks(of file: URL, _ size: Int, _ body: (Data) throws -> Void) throws {
        let handle = try FileHandle(forReadingFrom: file)
        defer { _ = try? handle.close() }
        while let block = try handle.read(upToCount: size), !block.isEmpty { try body(block) }
    }

    /// For its owner's eyes only, from its first byte.
    static func create(_ file: URL) throws {
        let isMade = FileManager.default.createFile(
            atPath: file.path,
            contents: nil,
            attributes: [.posixPermissions: 0o600]
        )
        guard isMade else {
            throw BackupError.file("\(file.path): \(String(cString: strerror(errno)))")
        }
    }
}

extension BackupWriter {
    /// Counts everything that is written into one digest.
    private struct Output {
        private let handle: FileHandle
        private var hash = SHA256()

        init(_ file: URL) throws {
            handle = try FileHandle(forWritingTo: file)
        }

        mutating func write(_ bytes: Data) throws {
            hash.update(data: bytes)
            try handle.write(contentsOf: bytes)
        }

        func finish() throws {
            try handle.write(contentsOf: Data(hash.finalize()))
            try handle.synchronize()
            try handle.close()
        }
    }
}
