import Features
import Foundation
import Logging
import ServiceLifecycle

/// Notices that a key was changed beside the running server, and finishes what that began: every
/// data key is wrapped anew, and the last key forgotten when nothing needs it any more.
struct KeyRotation: Service {
    let keys: FolderKeys
    let rewrap: KeyRewrap
    let masters: MasterKeys
    let tokens: AccessTokenKeys
    let logger: Logger

    /// How often the folder is looked at.
    private static let pause = Duration.seconds(2)
    /// How long a last master key stays, so that every node has seen the new one and wraps with it.
    static let masterSeconds: Double = 600
    /// Longer than any token that it signed is good for.
    static let tokenSeconds: Double = 1_200

    func run() async throws {
        // Keys that came from the environment are wrapped anew without a file that tells of it.
        await finish(rewrapsAnyway: keys.given != nil)
        while await Rest.takes(Self.pause) { await finish(rewrapsAnyway: false) }
    }

    private func finish(rewrapsAnyway: Bool) async {
        do {
            if keys.hasPrevious(.master) || rewrapsAnyway { try await finishMaster() }
            // Another node may have forgotten the last one.
            if keys.hasPrevious(.accessToken) || tokens.believesOlder {
                try await finishTokens()
            }
        } catch {
            logger.error("the keys could not be changed: \(error)")
        }
    }

    private func finishTokens() async throws {
        try await tokens.reload()
        guard keys.hasPrevious(.accessToken), isOlder(.accessToken, than: Self.tokenSeconds) else {
            return
        }
        keys.forgetPrevious(.accessToken)
        try await tokens.reload()
        logger.info("the last key of access tokens is forgotten")
    }

    private func finishMaster() async throws {
        try masters.reload()
        let count = try await rewrap.run()
        if count > 0 { logger.info("data keys were wrapped anew", metadata: ["keys": "\(count)"]) }
        guard keys.hasPrevious(.master), isOlder(.master, than: Self.masterSeconds),
            try await rewrap.waiting() == 0
        else { return }
        keys.forgetPrevious(.master)
        try masters.reload()
        logger.info("the last master key is forgotten: nothing needs it any more")
    }

    private func isOlder(_ kind: FolderKeys.Kind, than seconds: Double) -> Bool {
        guard let changed = keys.changedAt(kind) else { return false }
        return Date().timeIntervalSince(changed) >= seconds
    }
}
