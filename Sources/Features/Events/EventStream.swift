import Foundation
import Hummingbird
import Ledger
import NIOCore
import ServiceLifecycle
import Storage

/// One stream of events to somebody, as `text/event-stream` writes it.
///
/// Whatever it says, it has looked within a second whether they are still signed in and belong where they did.
struct EventStream: Sendable {
    let environment: ServerEnvironment
    let lease: EventLease
    /// What they were when it began.
    let began: SignedInPerson
    /// When the token runs out.
    let expiresAt: Instant?
    /// - Throws: 401
    let signedIn: @Sendable () async throws -> SignedInPerson

    /// How long after a version nothing more is said, so that many changes are one event.
    private static let pause = Duration.milliseconds(100)
    /// How soon a client comes back whose stream was cut.
    ///
    /// - Units: milliseconds
    private static let retry = 3_000

    private var tap: EventTap { lease.tap }

    func write(to body: inout any ResponseBodyWriter) async throws {
        let tap = tap
        try await withGracefulShutdownHandler {
            try await run(&body)
        } onGracefulShutdown: {
            tap.end(.serverStopping)
        }
        try await body.finish(nil)
    }

    private func run(_ body: inout any ResponseBodyWriter) async throws {
        try await body.write(ByteBuffer(string: "retry: \(Self.retry)\n\n"))
        try await environment.events.begin(tap)
        for await _ in tap.wakes {
            let waiting = tap.take { $0 >= EventHub.silentBeats }
            if let end = try await end(waiting) {
                let event = Self.event("end") { writer in
                    writer.name("reason"); writer.string(end.rawValue)
                }
                try await body.write(event)
                return
            }
            for (household, version) in waiting.versions.sorted(by: { $0.key < $1.key }) {
                let event = Self.event("version") { writer in
                    writer.name("household_id"); writer.string(household.description)
                    writer.name("version"); writer.integer(version)
                }
                try await body.write(event)
            }
            if waiting.hasNotices {
                let unread = try await unread()
                let event = Self.event("notice") { writer in
                    writer.name("unread"); writer.integer(Int64(unread))
                }
                try await body.write(event)
            }
            if waiting.versions.isEmpty, !waiting.hasNotices {
                guard waiting.beats >= EventHub.silentBeats else { continue }
                try await body.write(ByteBuffer(string: ": beat\n\n"))
            } else {
                try await Task.sleep(for: Self.pause)
            }
        }
    }

    /// Why it is over; nil when it goes on.
    private func end(_ waiting: EventTap.Waiting) async throws -> EventEnd? {
        if let end = waiting.end { return end }
        let now: SignedInPerson
        do {
            now = try await signedIn()
        } catch let error as APIError where error.status == .unauthorized {
            let isExpired = expiresAt.map { $0 <= environment.clock.now() } ?? false
            return isExpired ? .tokenExpired : .sessionEnded
        }
        return Self.places(of: now) == Self.places(of: began) ? nil : .membershipChanged
    }

    private struct Place: Hashable {
        let household: HouseholdID
        let role: HouseholdRole
        let sees: AccountVision
        let grant: GrantID?
    }

    private static func places(of person: SignedInPerson) -> Set<Place> {
        Set(
            person.memberships.map {
                Place(household: $0.household, role: $0.role, sees: $0.sees, grant: $0.grant)
            }
        )
    }

    private func unread() async throws -> Int {
        let (person, environment) = (began.person, environment)
        return try await environment.database.read(.shared) {
            try NoticeList(person, $0, environment).unread()
        }
    }

    // MARK: Bytes

    private static func event(_ name: String, _ members: (inout JSONWriter) -> Void) -> ByteBuffer {
        var writer = JSONWriter()
        writer.object(members)
        let data = String(decoding: writer.bytes, as: UTF8.self)
        return ByteBuffer(string: "event: \(name)\ndata: \(data)\n\n")
    }
}
