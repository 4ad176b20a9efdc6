import Crypto
import Features
import Foundation

/// The master key and the key of access tokens, where they come from, and how they are changed.
///
/// They lie in the data folder, or the master key comes from the environment. A changed key leaves
/// the last one beside it: `master-previous.key` until every data key is wrapped anew,
/// `access-token-previous.key` until the tokens that it signed have expired.
struct FolderKeys: Sendable {
    enum Kind: String, CaseIterable, Sendable {
        case master
        case accessToken = "access-token"

        var current: String { "\(rawValue).key" }
        var previous: String { "\(rawValue)-previous.key" }
    }

    let folder: DataFolder
    /// Nil where the master key lies in the folder.
    let given: [SymmetricKey]?

    init(_ folder: DataFolder, _ configuration: MartletConfiguration) throws(StartError) {
        self.folder = folder
        switch configuration.masterKey {
        case .folder: given = nil
        case .keys(let keys): given = keys
        case .passphrase(let passphrase):
            given = [try Self.key(from: passphrase, folder)]
        }
    }

    /// The one in use first.
    ///
    /// - Parameter mayMake: false when there is data already that only the lost key can open.
    func keys(_ kind: Kind, mayMake: Bool) throws(StartError) -> [SymmetricKey] {
        if kind == .master, let given { return given }
        let current = try folder.secret(kind.current, mayMake: mayMake)
        guard hasPrevious(kind) else { return [current] }
        return [current, try folder.secret(kind.previous, mayMake: false)]
    }

    /// Where the master key is, for people.
    var masterPlace: String {
        given == nil ? "\(folder.path)/\(Kind.master.current)" : "the master key that was set"
    }

    func hasPrevious(_ kind: Kind) -> Bool {
        FileManager.default.fileExists(atPath: "\(folder.path)/\(kind.previous)")
    }

    /// Puts a new key in the place of the one in use, which stays beside it. A crash at any step
    /// leaves a folder that opens everything.
    func change(_ kind: Kind) throws(StartError) {
        let (current, previous) = (
            "\(folder.path)/\(kind.current)", "\(folder.path)/\(kind.previous)"
        )
        unlink(previous)
        guard link(current, previous) == 0 else {
            throw StartError("\(previous) cannot be written: \(PlainReason.system())")
        }
        let next = "\(kind.rawValue)-next.key"
        unlink("\(folder.path)/\(next)")
        _ = try folder.secret(next)
        guard rename("\(folder.path)/\(next)", current) == 0 else {
            throw StartError("\(current) cannot be written: \(PlainReason.system())")
        }
        DurableFolder.sync(folder.path)
    }

    /// Forgets the last key, which opens nothing any more.
    func forgetPrevious(_ kind: Kind) {
        unlink("\(folder.path)/\(kind.previous)")
        DurableFolder.sync(folder.path)
    }

    /// When the key in use took its place.
    func changedAt(_ kind: Kind) -> Date? {
        let path = "\(folder.path)/\(kind.current)"
        // A time that cannot be read is as good as none: the key then stays a while longer.
        return (try? FileManager.default.attributesOfItem(atPath: path))?[.modificationDate]
            as? Date
    }

    /// A key out of a passphrase and a salt of the folder.
    private static func key(
        from passphrase: String,
        _ folder: DataFolder
    ) throws(StartError) -> SymmetricKey {
        let salt = try folder.secret("master-salt")
        return PassphraseKey.master(
            passphrase: passphrase,
            salt: salt.withUnsafeBytes { Array($0) }
        )
    }
}
