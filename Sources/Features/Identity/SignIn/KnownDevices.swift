import Crypto
import Foundation
import HTTPTypes
import Ledger

/// A signed note that a browser keeps of who has signed in on it. A stranger's guesses lock the
/// stranger out; whoever shows such a note has a lane of their own.
package struct DeviceBadge: Sendable, Equatable {
    /// Someone who has signed in on the device.
    struct Guest: Sendable, Equatable {
        let person: PersonID
        /// Theirs when they did. A later one makes the note void: whoever took their account back
        /// knows no device any more.
        let epoch: Int64
    }

    let device: UniqueID
    /// The last that signed in first.
    let guests: [Guest]
    /// Whether the key in use signed all of it. A badge of the last key is good as long as that is.
    var isCurrent = true

    func isKnown(to person: Person) -> Bool { guests.contains(Guest(person)) }
}

extension DeviceBadge.Guest {
    init(_ person: Person) {
        self.init(person: person.id, epoch: person.epoch)
    }
}

/// Writes and reads the badges of devices, with the keys that access tokens are signed with: those
/// that are in use now, so that a key that was retired signs no badge and vouches for none.
package struct KnownDevices: Sendable {
    private let keys: AccessTokenKeys

    /// How many people of one device are remembered.
    private static let guestLimit = 5
    /// - Units: bytes, as all lengths here
    private static let idLength = 16
    private static let epochLength = 8
    private static let tagLength = 16
    private static let guestLength = idLength + epochLength + tagLength

    package init(_ keys: AccessTokenKeys) {
        self.keys = keys
    }

    /// The one that signs first; all are believed.
    private var signingKeys: [SymmetricKey] {
        keys.secrets.map { key in
            HKDF<SHA256>.deriveKey(
                inputKeyMaterial: key,
                info: Data("martlet known device".utf8),
                outputByteCount: 32
            )
        }
    }

    /// The badge after someone has signed in.
    func badge(_ old: DeviceBadge?, adding person: Person, fresh: () -> UniqueID) -> DeviceBadge {
        let others = (old?.guests ?? []).filter { $0.person != person.id }
        return DeviceBadge(
            device: old?.device ?? fresh(),
            guests: Array(([DeviceBadge.Guest(person)] + others).prefix(Self.guestLimit))
        )
    }

    func text(of badge: DeviceBadge) -> String {
        let key = signingKeys[0]
        var bytes = badge.device.bytes
        for guest in badge.guests {
            bytes += guest.bytes + tag(badge.device, guest.bytes, key)
        }
        return Base64URL.encode(bytes)
    }

    /// What is not signed by this server is left out.
    func badge(in text: some StringProtocol) -> DeviceBadge? {
        let length = Self.guestLength
        guard let bytes = Base64URL.decode(text), bytes.count >= Self.idLength + length,
            bytes.count <= Self.idLength + length * Self.guestLimit,
            (bytes.count - Self.idLength).isMultiple(of: length),
            let device = UniqueID(bytes: bytes.prefix(Self.idLength))
        else { return nil }
        let keys = signingKeys
        var guests: [DeviceBadge.Guest] = []
        var isCurrent = true
        for start in stride(from: Self.idLength, to: bytes.count, by: length) {
            let signed = bytes[start..<start + length - Self.tagLength]
            let given = bytes[start + length - Self.tagLength..<start + length]
            let signer = keys.firstIndex { isTag(given, device, Array(signed), $0) }
            guard let signer, let guest = DeviceBadge.Guest(bytes: signed) else { continue }
            guests.append(guest)
            isCurrent = isCurrent && signer == 0
        }
        guard !guests.isEmpty else { return nil }
        return DeviceBadge(device: device, guests: guests, isCurrent: isCurrent)
    }

    private func tag(_ device: UniqueID, _ guest: [UInt8], _ key: SymmetricKey) -> [UInt8] {
        let code = HMAC<SHA256>.authenticationCode(for: device.bytes + guest, using: key)
        return Array(code.prefix(Self.tagLength))
    }

    /// Compares all of it, whatever differs.
    private func isTag(
        _ given: ArraySlice<UInt8>,
        _ device: UniqueID,
        _ guest: [UInt8],
        _ key: SymmetricKey
    ) -> Bool {
        zip(given, tag(device, guest, key)).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
    }
}

extension DeviceBadge.Guest {
    /// The id, and the epoch with its highest byte first.
    fileprivate var bytes: [UInt8] {
        person.value.bytes
            + (0..<8).map { UInt8(truncatingIfNeeded: epoch >> (56 - 8 * Int64($0))) }
    }

    fileprivate init?(bytes: ArraySlice<UInt8>) {
        guard let id = UniqueID(bytes: bytes.prefix(16)) else { return nil }
        self.init(
            person: PersonID(id),
            epoch: bytes.dropFirst(16).reduce(0) { $0 << 8 | Int64($1) }
        )
    }
}
