import Crypto
import Foundation

/// The folder that holds the database and the secrets of one Martlet.
struct DataFolder {
    let path: String

    /// Makes it on first start, for its owner's eyes only.
    init(_ path: String) throws(StartError) {
        let absolute = URL(fileURLWithPath: path).standardizedFileURL.path
        self.path = absolute
        do {
            try FileManager.default.createDirectory(
                atPath: absolute,
                withIntermediateDirectories: true,
                attributes: [.posixPermissions: 0o700]
            )
        } catch {
            throw StartError(.dataDir, "\(absolute) cannot be made: \(PlainReason.file(error))")
        }
        guard access(absolute, W_OK | X_OK) == 0 else {
            throw StartError(.dataDir, "\(absolute) cannot be written to by this user")
        }
    }

    /// Where old entries of the trails go.
    var auditArchive: URL { URL(fileURLWithPath: path).appending(path: "audit-archive") }

    /// A key of 256 bits, made on first use.
    ///
    /// - Parameter mayMake: false when there is data already that only the lost key can open.
    func secret(_ name: String, mayMake: Bool = true) throws(StartError) -> SymmetricKey {
        let file = "\(path)/\(name)"
        if FileManager.default.fileExists(atPath: file) { return try read(file) }
        guard mayMake else {
            throw StartError("\(file) is missing: restore it from a backup, the data needs it")
        }
        let key = SymmetricKey(size: .bits256)
        try write(key.withUnsafeBytes { Array($0) }, to: file)
        // Another process may have been first; its key counts.
        return try read(file)
    }

    private func read(_ file: String) throws(StartError) -> SymmetricKey {
        let bytes: Data
        do {
            bytes = try Data(contentsOf: URL(fileURLWithPath: file))
        } catch {
            throw StartError("\(file) cannot be read: \(PlainReason.file(error))")
        }
        guard bytes.count == 32 else { throw StartError("\(file) is not a key of 32 bytes") }
        return SymmetricKey(data: bytes)
    }

    /// Writes it whole under another name first, so that half a key never stands there.
    private func write(_ bytes: [UInt8], to file: String) throws(StartError) {
        let draft = "\(file).\(getpid())"
        defer { unlink(draft) }
        let descriptor = open(draft, O_WRONLY | O_CREAT | O_EXCL, 0o600)
        guard descriptor >= 0 else {
            throw StartError("\(draft) cannot be written: \(PlainReason.system())")
        }
        defer { close(descriptor) }
        guard Foundation.write(descriptor, bytes, bytes.count) == bytes.count,
            fsync(descriptor) == 0
        else { throw StartError("\(draft) cannot be written: \(PlainReason.system())") }
        guard link(draft, file) == 0 || errno == EEXIST else {
            throw StartError("\(file) cannot be written: \(PlainReason.system())")
        }
        let folder = open(path, O_RDONLY)
        if folder >= 0 {
            fsync(folder)
            close(folder)
        }
    }

    /// Held as long as the process lives: one process at a time may write a SQLite file.
    final class Lock: Sendable {
        private let descriptor: Int32

        fileprivate init(descriptor: Int32) {
            self.descriptor = descriptor
        }

        deinit { close(descriptor) }
    }

    /// - Throws: at once when another process has it.
    func lock() throws(StartError) -> Lock {
        let file = "\(path)/martlet.lock"
        let descriptor = open(file, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw StartError("\(file) cannot be opened: \(PlainReason.system())")
        }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            var owner = [UInt8](repeating: 0, count: 16)
            let count = pread(descriptor, &owner, owner.count, 0)
            close(descriptor)
            let process = String(decoding: owner.prefix(max(count, 0)), as: UTF8.self)
            throw StartError(
                """
                \(path) is in use by another Martlet (process \(process)): use its API, or stop it \
                first
                """
            )
        }
        ftruncate(descriptor, 0)
        let process = Array("\(getpid())".utf8)
        pwrite(descriptor, process, process.count, 0)
        return Lock(descriptor: descriptor)
    }
}
