package import Crypto
import Foundation
import HTTPTypes
import Ledger

/// A signed note that a browser keeps of who has signed in on it. A stranger's guesses lock the
/// stranger out; whoever shows such a note has a lane of their own.
package struct DeviceBadge: Sendable, Equatable {
    let device: UniqueID
    /// The last that signed in first.
    let people: [PersonID]

    func isKnown(to person: PersonID) -> Bool { people.contains(person) }
}

/// Writes and reads the badges of devices.
package struct KnownDevices: Sendable {
    private let keys: [SymmetricKey]

    /// How many people of one device are remembered.
    private static let peopleLimit = 5
    private static let idLength = 16
    private static let tagLength = 16

    /// - Parameter keys: 256 bits each; the first signs, all are believed.
    package init(keys: [SymmetricKey]) {
        self.keys = keys.map { key in
            HKDF<SHA256>.deriveKey(
                inputKeyMaterial: key,
                info: Data("martlet known device".utf8),
                outputByteCount: 32
            )
        }
    }

    /// The badge after someone has signed in.
    func badge(_ old: DeviceBadge?, adding person: PersonID, fresh: () -> UniqueID) -> DeviceBadge {
        let others = (old?.people ?? []).filter { $0 != person }
        return DeviceBadge(
            device: old?.device ?? fresh(),
            people: Array(([person] + others).prefix(Self.peopleLimit))
        )
    }

    func text(of badge: DeviceBadge) -> String {
        var bytes = badge.device.bytes
        for person in badge.people {
            bytes += person.value.bytes + tag(badge.device, person, keys[0])
        }
        return Base64URL.encode(bytes)
    }

    /// What is not signed by this server is left out.
    func badge(in text: some StringProtocol) -> DeviceBadge? {
        let length = Self.idLength + Self.tagLength
        guard let bytes = Base64URL.decode(text), bytes.count >= Self.idLength + length,
            bytes.count <= Self.idLength + length * Self.peopleLimit,
            (bytes.count - Self.idLength).isMultiple(of: length),
            let device = UniqueID(bytes: bytes.prefix(Self.idLength))
        else { return nil }
        let people = stride(from: Self.idLength, to: bytes.count, by: length).compactMap {
            start -> PersonID? in
            let id = UniqueID(bytes: bytes[start..<start + Self.idLength]).map(PersonID.init)
            let given = bytes[start + Self.idLength..<start + length]
            guard let id, keys.contains(where: { isTag(given, device, id, $0) }) else { return nil }
            return id
        }
        return people.isEmpty ? nil : DeviceBadge(device: device, people: people)
    }

    private func tag(_ device: UniqueID, _ person: PersonID, _ key: SymmetricKey) -> [UInt8] {
        let code = HMAC<SHA256>.authenticationCode(
            for: device.bytes + person.value.bytes,
            using: key
        )
        return Array(code.prefix(Self.tagLength))
    }

    /// Compares all of it, whatever differs.
    private func isTag(
        _ given: ArraySlice<UInt8>,
        _ device: UniqueID,
        _ person: PersonID,
        _ key: SymmetricKey
    ) -> Bool {
        zip(given, tag(device, person, key)).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
    }
}
