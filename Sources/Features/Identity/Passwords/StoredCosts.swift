import Ledger
import Storage
import Synchronization

/// What the stored passwords cost to check. After `PASSWORD_COST` was changed there are several until
/// the last who has a hash of the old one signs in; a check then costs all of them together, so that
/// its time tells neither who is known nor who was long away (ADR 0018).
final class StoredCosts: Sendable {
    /// Another node may have begun to make hashes of another cost.
    ///
    /// - Units: seconds
    private static let freshSeconds: Int64 = 600

    private struct Known {
        let prefixes: [String]
        let readAt: Instant
    }

    private let known = Mutex<Known?>(nil)

    /// What hashes of each cost begin with, that of hashes that are made now first.
    func prefixes(
        _ hasher: PasswordHasher,
        _ environment: ServerEnvironment
    ) async throws
        -> [String]
    {
        let now = environment.clock.now()
        let oldest = now.adding(seconds: -Self.freshSeconds)
        if let known = known.withLock({ $0 }), known.readAt > oldest, known.readAt <= now {
            return known.prefixes
        }
        let prefixes = try await environment.database.read(.shared) { transaction in
            try PersonStore(transaction).hashPrefixes(besides: hasher.currentPrefix)
        }
        known.withLock { $0 = Known(prefixes: prefixes, readAt: now) }
        return prefixes
    }

    /// The last hash of an old cost may be gone: they are read again.
    func forget() {
        known.withLock { $0 = nil }
    }
}

extension PersonStore {
    /// More costs than one server ever had.
    private static let costLimit = 4

    /// What the hashes of passwords begin with, a kind once.
    ///
    /// - Parameter current: stands first, whether anyone has it or not.
    func hashPrefixes(besides current: String) throws -> [String] {
        var prefixes = [current]
        var others: SQLText = "password_hash <> ''"
        while prefixes.count < Self.costLimit {
            let pattern = prefixes[prefixes.count - 1] + "%"
            others = "\(others) AND password_hash NOT LIKE \(pattern)"
            let hash = try transaction.first(
                "SELECT password_hash FROM person WHERE \(others) LIMIT 1"
            ) { try $0.text() }
            guard let hash, let prefix = PasswordHasher.prefix(of: hash) else { break }
            prefixes.append(prefix)
        }
        return prefixes
    }
}
