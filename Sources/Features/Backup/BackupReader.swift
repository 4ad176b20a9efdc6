import Crypto
package import Foundation

/// Reads the one file of a backup, trusting nothing in it before its digest was checked.
package struct BackupReader {
    package let manifest: BackupManifest
    private let file: URL
    private let partsStart: Int

    /// - Units: bytes
    private static let manifestLimit = 64 << 20
    private static let digestLength = 32

    /// Reads the manifest and checks every byte of the file.
    ///
    /// - Throws: `damaged`
    package init(_ file: URL) throws {
        self.file = file
        let size: Int
        do {
            size = try BackupWriter.size(of: file)
        } catch {
            throw BackupError.file("\(file.path) cannot be read")
        }
        let head = BackupWriter.mark.count + 8
        guard size >= head + Self.digestLength else { throw BackupError.damaged("it is too short") }
        try Self.checkDigest(file, size)
        let handle = try FileHandle(forReadingFrom: file)
        defer { _ = try? handle.close() }
        let start = [UInt8](try handle.read(upToCount: head) ?? Data())
        guard start.starts(with: BackupWriter.mark) else {
            throw BackupError.damaged("it does not begin as a backup of Martlet does")
        }
        let length = start.suffix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        guard length <= Self.manifestLimit, head + Int(length) + Self.digestLength <= size else {
            throw BackupError.damaged("its manifest is longer than the file")
        }
        manifest = try Self.manifest(try handle.read(upToCount: Int(length)) ?? Data())
        partsStart = head + Int(length)
        try checkParts(size)
    }

    private static func checkDigest(_ file: URL, _ size: Int) throws {
        var hash = SHA256()
        var left = size - digestLength
        var digest: [UInt8] = []
        try BackupWriter.blocks(of: file, BackupWriter.block) { block in
            let counted = block.prefix(max(left, 0))
            hash.update(data: counted)
            digest += block.dropFirst(counted.count)
            left -= counted.count
        }
        guard Array(hash.finalize()) == digest else {
            throw BackupError.damaged("its checksum is wrong")
        }
    }

    private static func manifest(_ json: Data) throws -> BackupManifest {
        let manifest: BackupManifest
        do {
            manifest = try BackupManifest(json: Array(json))
        } catch {
            throw BackupError.damaged("its manifest cannot be read")
        }
        guard manifest.format == BackupManifest.currentFormat else {
            throw BackupError.damaged(
                "it is of format \(manifest.format), and this Martlet reads \(BackupManifest.currentFormat)"
            )
        }
        return manifest
    }

    private func checkParts(_ size: Int) throws {
        var names: Set<String> = []
        var left = size - partsStart - Self.digestLength
        for part in manifest.parts {
            guard BackupPart.isKnown(part.name), names.insert(part.name).inserted else {
                throw BackupError.damaged("it has a part of a name that no backup has")
            }
            guard part.size >= 0, part.size <= left else {
                throw BackupError.damaged("its parts are longer than the file")
            }
            left -= part.size
        }
        guard left == 0 else { throw BackupError.damaged("its parts are shorter than the file") }
    }

    // MARK: Taking out

    /// Writes a part into a folder, under its own name.
    ///
    /// - Throws: `needsPassphrase`, `wrongPassphrase`, `damaged`
    @discardableResult
    package func extract(_ name: String, into folder: URL, key: PassphraseKey?) throws -> URL {
        guard manifest.passphrase == nil || key != nil else { throw BackupError.needsPassphrase }
        var offset = partsStart
        for part in manifest.parts {
            if part.name == name {
                let target = folder.appending(path: name)
                try BackupWriter.create(target)
                try copy(part, from: offset, to: target, manifest.passphrase == nil ? nil : key)
                return target
            }
            offset += part.size
        }
        throw BackupError.damaged("it has no part \(name)")
    }

    private func copy(
        _ part: BackupManifest.Part,
        from offset: Int,
        to target: URL,
        _ key: PassphraseKey?
    ) throws {
        let input = try FileHandle(forReadingFrom: file)
        let output = try FileHandle(forWritingTo: target)
        defer { _ = try? input.close() }
        try input.seek(toOffset: UInt64(offset))
        let block = BackupWriter.block + (key == nil ? 0 : PassphraseKey.overhead)
        var hash = SHA256()
        var left = part.size
        var index = 0
        while left > 0 {
            guard let bytes = try input.read(upToCount: min(block, left)), !bytes.isEmpty else {
                throw BackupError.damaged("\(part.name) ends too soon")
            }
            hash.update(data: bytes)
            left -= bytes.count
            let place = BackupWriter.place(part.name, index, isLast: left == 0)
            try output.write(contentsOf: try key?.open(bytes, place: place) ?? bytes)
            index += 1
        }
        try output.synchronize()
        try output.close()
        guard Array(hash.finalize()).hexadecimal == part.sha256 else {
            throw BackupError.damaged("the checksum of \(part.name) is wrong")
        }
    }
}
