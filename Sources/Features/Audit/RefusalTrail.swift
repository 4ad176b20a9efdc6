import HTTPTypes
import Ledger
import Logging
import Storage
import Synchronization

/// Adds to the trail what somebody was not allowed to do.
///
/// A program that tries again and again leaves one entry a minute and route, so that it cannot fill the disk.
final class RefusalTrail: Sendable {
    private let environment: ServerEnvironment
    private let last = Mutex<[Key: Instant]>([:])

    /// - Units: seconds
    static let pauseSeconds: Int64 = 60
    /// How many are remembered; when there are more, all are forgotten.
    private static let keyLimit = 10_000

    private struct Key: Hashable {
        let person: PersonID
        let household: HouseholdID?
        let route: String
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
        guard takeTurn(Key(person: person, household: member?.household, route: route)) else {
            return
        }
        do {
            let details = Self.details(route, refusal)
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

    private func takeTurn(_ key: Key) -> Bool {
        let now = environment.clock.now()
        return last.withLock { last in
            if let before = last[key], now < before.adding(seconds: Self.pauseSeconds) {
                return false
            }
            if last.count >= Self.keyLimit { last.removeAll() }
            last[key] = now
            return true
        }
    }

    private static func details(_ route: String, _ refusal: APIError) -> [UInt8] {
        var writer = JSONWriter()
        writer.object { writer in
            writer.name("route"); writer.string(route)
            writer.name("code"); writer.string(refusal.code)
        }
        return writer.bytes
    }
}
