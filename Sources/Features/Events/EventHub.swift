import HTTPTypes
package import Ledger
package import Logging
package import Storage
import Synchronization

/// Knows who listens on this node, and tells them what changed: here at once, on other nodes by Redis, or by looking every
/// two seconds where there is none (ADR 0030).
package final class EventHub: Sendable {
    /// How many streams a person may hold on a node.
    /// A page that was left is noticed with the next beat only: whoever turns pages quickly has as many as that for a moment.
    package static let personLimit = 40
    /// How many a node holds.
    package static let serverLimit = 2_000
    /// How often sessions are looked at, and what other nodes changed.
    static let beat = Duration.seconds(2)
    /// A stream that had nothing to say for so many beats shows that it lives.
    static let silentBeats = 10
    /// With Redis, or one process alone, it is looked now and then whether a message was lost.
    static let calmBeats = 15
    /// How many households or people are asked for at once.
    private static let piece = 500
    /// How many changed households wait for whoever looks at them; what is more is found by the job.
    private static let changedLimit = 4_096

    private struct State {
        var taps: [ObjectIdentifier: EventTap] = [:]
        var people: [PersonID: Int] = [:]
        var byHousehold: [HouseholdID: Set<ObjectIdentifier>] = [:]
        var versions: [HouseholdID: Int64] = [:]
        var changes: [PersonID: Int64] = [:]
        var beats = 0
        var isStopping = false
        var isManual = false
        var isRelayed = false
        var publish: (@Sendable (EventMessage) -> Void)?
        var changed: AsyncStream<HouseholdID>.Continuation?
        var pulse: Task<Void, Never>?
    }

    private let database: any SQLDatabase
    private let metrics: ServerMetrics
    private let logger: Logger
    private let state = Mutex(State())

    package init(_ database: any SQLDatabase, _ metrics: ServerMetrics, _ logger: Logger) {
        self.database = database
        self.metrics = metrics
        self.logger = logger
    }

    // MARK: Who listens

    /// - Throws: 429 when they have enough, or the node has.
    func open(_ person: PersonID, _ households: Set<HouseholdID>) throws(APIError) -> EventLease {
        let tap = EventTap(person, households)
        let key = ObjectIdentifier(tap)
        let isFull = state.withLock { state in
            guard state.taps.count < Self.serverLimit,
                state.people[person, default: 0] < Self.personLimit
            else { return true }
            state.taps[key] = tap
            state.people[person, default: 0] += 1
            for household in households { state.byHousehold[household, default: []].insert(key) }
            if state.isStopping { tap.end(.serverStopping) }
            if state.pulse == nil, !state.isManual {
                state.pulse = Task { [weak self] in
                    while !Task.isCancelled {
                        // The last stream that closes ends the pulse.
                        do { try await Task.sleep(for: Self.beat) } catch { return }
                        await self?.beatOnce()
                    }
                }
            }
            return false
        }
        guard !isFull else { throw .tooManyStreams }
        metrics.countStreams(1)
        return EventLease(tap: tap, hub: self)
    }

    fileprivate func close(_ tap: EventTap) {
        let key = ObjectIdentifier(tap)
        state.withLock { state in
            state.taps[key] = nil
            let left = (state.people[tap.person] ?? 1) - 1
            state.people[tap.person] = left > 0 ? left : nil
            if left == 0 { state.changes[tap.person] = nil }
            for household in tap.households {
                state.byHousehold[household]?.remove(key)
                if state.byHousehold[household]?.isEmpty == true {
                    state.byHousehold[household] = nil
                    state.versions[household] = nil
                }
            }
            if state.taps.isEmpty {
                state.pulse?.cancel()
                state.pulse = nil
            }
        }
        metrics.countStreams(-1)
    }

    /// How many streams are open.
    var count: Int { state.withLock(\.taps.count) }

    /// Ends every stream, and those that are yet to begin.
    package func stop() {
        let taps = state.withLock { state in
            state.isStopping = true
            return Array(state.taps.values)
        }
        for tap in taps { tap.end(.serverStopping) }
    }

    /// Beats only when a test says so.
    package func beatByHand() {
        state.withLock { state in
            state.isManual = true
            state.isStopping = false
        }
    }

    // MARK: What changed

    /// A household has a new version.
    package func raise(_ household: HouseholdID, to version: Int64) {
        take(.household(household, version))
        let (publish, changed) = state.withLock { ($0.publish, $0.changed) }
        publish?(.household(household, version))
        changed?.yield(household)
    }

    /// Somebody's notices have changed.
    package func raise(_ person: PersonID) {
        take(.person(person))
        state.withLock(\.publish)?(.person(person))
    }

    func noteTold(_ kind: NoticeKind, to person: PersonID) {
        metrics.countNotice(kind.rawValue)
        raise(person)
    }

    /// Takes what happened here or on another node.
    package func take(_ message: EventMessage) {
        switch message {
        case .household(let household, let version):
            let taps: [EventTap] = state.withLock { state in
                guard let keys = state.byHousehold[household],
                    version > state.versions[household] ?? .min
                else { return [] }
                state.versions[household] = version
                return keys.compactMap { state.taps[$0] }
            }
            for tap in taps { tap.put(version, of: household) }
        case .person(let person):
            let taps: [EventTap] = state.withLock { state in
                guard state.people[person] != nil else { return [] }
                return state.taps.values.filter { $0.person == person }
            }
            for tap in taps { tap.putNotices() }
        }
    }

    /// Households that change on this node, for whoever looks at what is to be told of them. There is one such.
    package func changes() -> AsyncStream<HouseholdID> {
        let (stream, continuation) = AsyncStream.makeStream(
            of: HouseholdID.self,
            bufferingPolicy: .bufferingNewest(Self.changedLimit)
        )
        state.withLock { $0.changed = continuation }
        return stream
    }

    // MARK: Other nodes

    /// Says what tells other nodes.
    package func relay(_ publish: @escaping @Sendable (EventMessage) -> Void) {
        state.withLock { $0.publish = publish }
    }

    /// Whether what other nodes say arrives here.
    package func setRelayed(_ isRelayed: Bool) {
        state.withLock { $0.isRelayed = isRelayed }
    }

    /// Looks what other nodes changed, and wakes every stream, which looks at its session.
    func beatOnce() async {
        let (taps, isCalm) = state.withLock { state in
            state.beats += 1
            let isAlone = database.dialect == .sqlite || state.isRelayed
            return (
                Array(state.taps.values),
                isAlone && !state.beats.isMultiple(of: Self.calmBeats)
            )
        }
        if !isCalm {
            do {
                try await look()
            } catch {
                logger.warning("what other nodes changed could not be looked for: \(error)")
            }
        }
        for tap in taps { tap.beat() }
    }

    private func look() async throws {
        let (households, people) = state.withLock {
            (Array($0.byHousehold.keys), Array($0.people.keys))
        }
        for (household, version) in try await versions(of: households) {
            take(.household(household, version))
        }
        for (person, changes) in try await changes(of: people) {
            let isNew = state.withLock { state in
                let known = state.changes.updateValue(changes, forKey: person)
                return known != changes
            }
            if isNew { take(.person(person)) }
        }
    }

    /// Puts into a stream what is now, so that what comes is told from it.
    func begin(_ tap: EventTap) async throws {
        let changes = try await changes(of: [tap.person])
        let versions = try await versions(of: tap.households)
        state.withLock { state in
            for (person, changes) in changes where state.changes[person] == nil {
                state.changes[person] = changes
            }
        }
        for (household, version) in versions {
            // Whoever listened before may not have heard of it yet.
            take(.household(household, version))
            tap.put(version, of: household)
        }
        tap.putNotices()
    }

    private func changes(of people: [PersonID]) async throws -> [(PersonID, Int64)] {
        var changes: [(PersonID, Int64)] = []
        for start in stride(from: 0, to: people.count, by: Self.piece) {
            let piece = people[start..<min(start + Self.piece, people.count)].sorted()
            changes += try await database.read(.shared) { transaction in
                try transaction.rows(
                    """
                    SELECT person_id, changes FROM notice_reader WHERE person_id IN \(list: piece)
                    """
                ) { (try $0.identifier() as PersonID, try $0.integer()) }
            }
        }
        return changes
    }

    /// As they are now.
    func versions(
        of households: some Collection<HouseholdID>
    ) async throws -> [(
        HouseholdID, Int64
    )] {
        let sorted = households.sorted()
        var versions: [(HouseholdID, Int64)] = []
        for start in stride(from: 0, to: sorted.count, by: Self.piece) {
            let piece = sorted[start..<min(start + Self.piece, sorted.count)]
            versions += try await database.read(.shared) { transaction in
                try transaction.rows(
                    "SELECT id, version FROM household WHERE id IN \(list: piece) ORDER BY id"
                ) { (try $0.identifier() as HouseholdID, try $0.integer()) }
            }
        }
        return versions
    }
}

/// A place among the streams of a node, given back when it is let go of.
final class EventLease: Sendable {
    let tap: EventTap
    private let hub: EventHub

    init(tap: EventTap, hub: EventHub) {
        self.tap = tap
        self.hub = hub
    }

    deinit { hub.close(tap) }
}

/// What nodes tell each other.
package enum EventMessage: Sendable, Equatable {
    case household(HouseholdID, Int64)
    case person(PersonID)

    package var text: String {
        switch self {
        case .household(let id, let version): "h \(id) \(version)"
        case .person(let id): "p \(id)"
        }
    }

    /// Nil for what no node of ours says.
    package init?(_ bytes: [UInt8]) {
        let parts = String(decoding: bytes, as: UTF8.self).split(separator: " ")
        switch parts.first {
        case "h" where parts.count == 3:
            guard let id = HouseholdID(parts[1]), let version = Int64(parts[2]) else { return nil }
            self = .household(id, version)
        case "p" where parts.count == 2:
            guard let id = PersonID(parts[1]) else { return nil }
            self = .person(id)
        default: return nil
        }
    }
}

extension APIError {
    fileprivate static let tooManyStreams = APIError(
        .tooManyRequests,
        "events.too_many",
        "Too many event streams are open: close one, or ask now and then instead.",
        retryAfterSeconds: 60
    )
}
