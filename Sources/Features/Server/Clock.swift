import Foundation
package import Ledger
package import Storage
import Synchronization

/// The time, so that tests can fix it.
package struct WallClock: Sendable {
    package let now: @Sendable () -> Instant

    package init(now: @escaping @Sendable () -> Instant) {
        self.now = now
    }

    package static let system = WallClock {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Instant(microseconds: Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1_000)
    }

    /// The day that it is where the person is.
    ///
    /// - Parameter timeZone: an IANA name; UTC when this machine does not know it.
    package func today(in timeZone: String) -> LocalDate {
        let zone = Self.zone(timeZone)
        let seconds = now().microseconds / 1_000_000
        let offset = zone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(seconds)))
        let local = seconds + Int64(offset)
        return LocalDate(daysSince1970: Int((Double(local) / 86_400).rounded(.down))) ?? .latest
    }

    /// When a day begins where the person is.
    static func start(of day: LocalDate, in timeZone: String) -> Instant {
        let zone = zone(timeZone)
        let midnight = Int64(day.daysSince1970) * 86_400
        // The offset is that of the moment itself, which is known but for the offset.
        var moment = midnight
        for _ in 0..<2 {
            let date = Date(timeIntervalSince1970: Double(moment))
            moment = midnight - Int64(zone.secondsFromGMT(for: date))
        }
        return Instant(microseconds: moment * 1_000_000)
    }

    /// Time zones by name: making one reads a file, and every request asks for today.
    private static let zones = Mutex<[String: TimeZone]>([:])

    static func zone(_ name: String) -> TimeZone {
        zones.withLock { zones in
            if let known = zones[name] { return known }
            let zone = TimeZone(identifier: name) ?? .gmt
            // There are some 600; more are names that nobody has.
            if zones.count < 1_000 { zones[name] = zone }
            return zone
        }
    }
}
