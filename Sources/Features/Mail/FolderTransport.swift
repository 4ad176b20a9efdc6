import Foundation

/// Puts letters into a folder, where nothing else was set up: whoever holds the machine reads them there.
package struct FolderTransport: MailTransport {
    private let path: String

    package init(path: String) {
        self.path = path
    }

    package var description: String { "the folder \(path)" }

    /// Writes it whole under another name first, so that half a letter never stands there.
    package func send(_ message: MailMessage) throws(MailFailure) {
        let name = message.id.prefix { $0 != "@" }
        let draft = "\(path)/.\(name).draft"
        let file = "\(path)/\(name).eml"
        do {
            try FileManager.default.createDirectory(
                atPath: path,
                withIntermediateDirectories: true,
                attributes: [.posixPermissions: 0o700]
            )
        } catch {
            throw .later("\(path) cannot be made")
        }
        unlink(draft)
        let descriptor = open(draft, O_WRONLY | O_CREAT | O_EXCL, 0o600)
        guard descriptor >= 0 else { throw .later("\(path) cannot be written to") }
        defer { close(descriptor) }
        let bytes = message.mime
        guard write(descriptor, bytes, bytes.count) == bytes.count, fsync(descriptor) == 0,
            rename(draft, file) == 0
        else {
            unlink(draft)
            throw .later("\(path) cannot be written to")
        }
    }
}
