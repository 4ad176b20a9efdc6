import Crypto
import Features
import Foundation

/// Keys out of a backup that wait beside those in use until the database that they open is in its place.
///
/// A database and its keys cannot be exchanged in one step. So the keys are laid down first, the exchange of the
/// database is the step that counts, and then they are taken. Should a restore end in between, whoever starts next
/// sees by the database which keys are right, and finishes it.
struct RestoredKeys {
    private let folder: DataFolder

    private static let name = "restored-keys"
    private var path: String { "\(folder.path)/\(Self.name)" }

    init(_ folder: DataFolder) {
        self.folder = folder
    }

    /// - Parameter secrets: by their names; none leaves the keys in use as they are.
    func lay(_ secrets: [(name: String, bytes: Data)]) throws {
        try forget()
        guard !secrets.isEmpty else { return }
        let draft = try StagingFolder(beside: URL(fileURLWithPath: path))
        for (name, bytes) in secrets {
            let file = draft.url.appending(path: name)
            try bytes.write(to: file)
            DurableFolder.sync(file.path)
        }
        DurableFolder.sync(draft.url.path)
        guard rename(draft.url.path, path) == 0 else {
            throw StartError("\(path) cannot be written: \(PlainReason.system())")
        }
        DurableFolder.sync(folder.path)
    }

    func forget() throws {
        guard FileManager.default.fileExists(atPath: path) else { return }
        try FileManager.default.removeItem(atPath: path)
    }

    /// Lets them take their place. The master key is the last: as long as it is here, this is not done.
    func take() throws(StartError) {
        for name in DataFolder.secretNames.reversed() {
            let (from, to) = ("\(path)/\(name)", "\(folder.path)/\(name)")
            guard rename(from, to) == 0 || errno == ENOENT else {
                throw StartError("\(to) cannot be put in place: \(PlainReason.system())")
            }
        }
        DurableFolder.sync(folder.path)
        rmdir(path)
    }

    /// Takes them when they open the database and the keys in use do not.
    func finish(_ sample: OpenedDatabase.Sample?) throws(StartError) {
        guard let sample, try opens(sample, "\(Self.name)/\(DataFolder.masterName)"),
            try !opens(sample, DataFolder.masterName)
        else { return }
        try take()
    }

    private func opens(_ sample: OpenedDatabase.Sample, _ name: String) throws(StartError) -> Bool {
        guard FileManager.default.fileExists(atPath: "\(folder.path)/\(name)") else { return false }
        return sample.opens(with: HouseholdKeys(master: try folder.secret(name, mayMake: false)))
    }
}
