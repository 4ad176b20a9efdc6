import Foundation
package import Ledger
package import Storage

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
        let zone = TimeZone(identifier: timeZone) ?? .gmt
        let seconds = now().microseconds / 1_000_000
        let offset = zone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(seconds)))
        let local = seconds + Int64(offset)
        return LocalDate(daysSince1970: Int((Double(local) / 86_400).rounded(.down))) ?? .latest
    }
}
