import Crypto
import Features
import Foundation

/// Where the master key comes from.
enum MasterKeyChoice: Sendable {
    /// A file of the data folder, made on first start.
    case folder
    /// The environment; the one in use first.
    case keys([SymmetricKey])
    /// A passphrase, and a salt in the data folder.
    case passphrase(String)
}

extension SettingReader {
    func masterKey() throws(StartError) -> MasterKeyChoice {
        let key = try key(.masterKey)
        let previous = try self.key(.masterKeyPrevious)
        if let passphrase = text(.masterPassphrase) {
            guard key == nil, previous == nil else {
                throw StartError(
                    .masterPassphrase,
                    "cannot stand beside MASTER_KEY: set one of them"
                )
            }
            guard passphrase.count >= Self.passphraseLength else {
                throw StartError(
                    .masterPassphrase,
                    "must have at least \(Self.passphraseLength) characters"
                )
            }
            return .passphrase(passphrase)
        }
        guard let key else {
            guard previous == nil else {
                throw StartError(.masterKeyPrevious, "needs MASTER_KEY beside it")
            }
            return .folder
        }
        return .keys([key] + (previous.map { [$0] } ?? []))
    }

    private static let passphraseLength = 12

    private func key(_ setting: Setting) throws(StartError) -> SymmetricKey? {
        guard let text = text(setting) else { return nil }
        guard let bytes = Data(base64Encoded: text), bytes.count == 32 else {
            throw StartError(
                setting,
                "must be 32 bytes in base64, such as `openssl rand -base64 32` makes"
            )
        }
        return SymmetricKey(data: bytes)
    }

    /// What a hash of a password costs, for example `m=65536,t=3,p=1`.
    func passwordCost() throws(StartError) -> PasswordHasher.Cost? {
        guard let text = text(.passwordCost) else { return nil }
        var parts: [String: UInt32] = [:]
        for part in text.split(separator: ",") {
            let pair = part.split(separator: "=")
            guard pair.count == 2, let number = UInt32(pair[1]) else { continue }
            parts[String(pair[0]).trimmingCharacters(in: .whitespaces)] = number
        }
        guard parts.count == 3, let memory = parts["m"], let passes = parts["t"],
            let lanes = parts["p"], (19_456...1_048_576).contains(memory),
            (2...20).contains(passes), (1...4).contains(lanes)
        else {
            throw StartError(
                .passwordCost,
                "must be such as m=65536,t=3,p=1: 19456 to 1048576 KiB, 2 to 20 passes, 1 to 4 lanes"
            )
        }
        return PasswordHasher.Cost(memoryKiB: memory, passes: passes, lanes: lanes)
    }
}
