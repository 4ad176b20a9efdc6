import Ledger
import Synchronization

/// Why a stream of events ends.
enum EventEnd: String, Sendable {
    case tokenExpired = "token_expired"
    case sessionEnded = "session_ended"
    case membershipChanged = "membership_changed"
    case serverStopping = "server_stopping"
}

/// What waits for one stream: at most a version a household and whether notices changed, however slowly it is read.
final class EventTap: Sendable {
    struct Waiting: Equatable {
        var versions: [HouseholdID: Int64] = [:]
        var hasNotices = false
        /// How many beats there were since something was written.
        var beats = 0
        var end: EventEnd?
    }

    let person: PersonID
    let households: Set<HouseholdID>
    /// One for all that was put there since it was last looked at.
    let wakes: AsyncStream<Void>

    private let waiting = Mutex(Waiting())
    private let wake: AsyncStream<Void>.Continuation

    init(_ person: PersonID, _ households: Set<HouseholdID>) {
        self.person = person
        self.households = households
        (wakes, wake) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
    }

    func put(_ version: Int64, of household: HouseholdID) {
        waiting.withLock { waiting in
            waiting.versions[household] = max(waiting.versions[household] ?? .min, version)
        }
        wake.yield()
    }

    func putNotices() {
        waiting.withLock { $0.hasNotices = true }
        wake.yield()
    }

    func beat() {
        waiting.withLock { $0.beats += 1 }
        wake.yield()
    }

    /// The first reason counts.
    func end(_ reason: EventEnd) {
        waiting.withLock { waiting in
            if waiting.end == nil { waiting.end = reason }
        }
        wake.yield()
    }

    /// - Parameter isBeat: whether something is written whatever waits.
    func take(_ isBeat: (Int) -> Bool) -> Waiting {
        waiting.withLock { waiting in
            let taken = waiting
            waiting.versions = [:]
            waiting.hasNotices = false
            let isSilent = taken.versions.isEmpty && !taken.hasNotices && !isBeat(taken.beats)
            if !isSilent { waiting.beats = 0 }
            return taken
        }
    }
}
