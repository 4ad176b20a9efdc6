import HTTPTypes
import Ledger
import Logging
import Storage
import Synchronization

/// Adds to the trail what somebody was not allowed to do.
///
/// A program that tries again and again leaves one entry a minute and route, so that it cannot fill the disk. The next
/// entry says how many were left out.
final class RefusalTrail: Sendable {
    private let environment: ServerEnvironment
    private let last = Mutex<[Key: Turn]>([:])

    /// - Units: seconds
    static let pauseSeconds: Int64 = 60
    /// How many are remembered; when there are more, all are forgotten.
    private static let keyLimit = 10_000

    private struct Key: Hashable {
        let person: PersonID
        let household: HouseholdID?
        let route: String
    }

    /// The last entry of a route, and what was refused since without one.
    private struct Turn {
        let at: Instant
        var skipped: Int64 = 0
    }

    init(_ environment: ServerEnvironment) {
        self.environment = environment
    }

    /// On the household's trail where it is about one, else on the person's own.
    func add(_ refusal: APIError, of endpoint: Endpoint, to call: IncomingCall) async {
        // Whoever is only asked to prove who they are was not refused.
        guard let person = call.caller.person, refusal.code != APIError.proofRequired.code else {
            return
        }
        let member = call.caller.member
        let route = "\(endpoint.method.rawValue) \(endpoint.path)"
        let key = Key(person: person, household: member?.household, route: route)
        guard let skipped = takeTurn(key) else { return }
        do {
            let details = Self.details(route, refusal, skipped)
            if let member {
                try await environment.note(
                    AuditNote("refuse", "route", nil, after: details, outcome: .refused),
                    as: member,
                    requestID: call.requestID,
                    on: call.client
                )
            } else {
                try await note(details, about: person, call)
            }
        } catch {
            // They are told of the refusal all the same.
            environment.logger.warning(
                "a refusal could not be added to the trail: \(error)",
                metadata: ["request": "\(call.requestID)"]
            )
        }
    }

    private func note(
        _ details: [UInt8],
        about person: PersonID,
        _ call: IncomingCall
    ) async throws {
        let event = SecurityEvent(
            "refuse",
            .refused,
            about: .person(person),
            by: .person(person),
            entity: "route",
            on: call.client,
            requestID: call.requestID,
            details: details
        )
        let environment = environment
        try await environment.database.write(.shared) {
            try SecurityTrail($0, environment).add(event)
        }
    }

    /// - Returns: how many were left out since the last entry; nil when it is too early for another.
    private func takeTurn(_ key: Key) -> Int64? {
        let now = environment.clock.now()
        return last.withLock { last in
            let before = last[key]
            if let before, now < before.at.adding(seconds: Self.pauseSeconds) {
                last[key]?.skipped += 1
                return nil
            }
            if last.count >= Self.keyLimit { last.removeAll() }
            last[key] = Turn(at: now)
            return before?.skipped ?? 0
        }
    }

    private static func details(
        _ route: String,
        _ refusal: APIError,
        _ skipped: Int64
    ) -> [UInt8] {
        var writer = JSONWriter()
        writer.object { writer in
            writer.name("route"); writer.string(route)
            writer.name("code"); writer.string(refusal.code)
            if skipped > 0 {
                writer.name("skipped"); writer.integer(skipped)
            }
        }
        return writer.bytes
    }
}
