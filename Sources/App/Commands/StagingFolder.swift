import Foundation

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
            throw StartError("\(url.path) cannot be made: \(PlainReason.file(error))")
        }
    }

    /// A hidden folder on the same disk as a file that will be put in place, named after it and this process.
    ///
    /// Those of processes that were killed are removed: nobody else knows of them.
    init(beside target: URL) throws {
        let parent = target.deletingLastPathComponent()
        let prefix = ".\(target.lastPathComponent).staging-"
        // A folder that cannot be listed is told of when it is written to.
        let names = (try? FileManager.default.contentsOfDirectory(atPath: parent.path)) ?? []
        for name in names where name.hasPrefix(prefix) {
            guard let process = pid_t(name.dropFirst(prefix.count)), Self.isGone(process) else {
                continue
            }
            try FileManager.default.removeItem(at: parent.appending(path: name))
        }
        try self.init(parent.appending(path: "\(prefix)\(getpid())"))
    }

    /// In a container the next process often has the number of the last one.
    private static func isGone(_ process: pid_t) -> Bool {
        process == getpid() || kill(process, 0) != 0 && errno == ESRCH
    }

    func remove() {
        // What is left is named after this process and in nobody's way.
        try? FileManager.default.removeItem(at: url)
    }
}
