import Foundation
import Ledger
import Storage

/// The clock on somebody's wall, which is put forward and back.
struct LocalClock: Sendable {
    private let zone: TimeZone

    /// - Parameter timeZone: an IANA name; UTC when this machine does not know it.
    init(_ timeZone: String) {
        zone = WallClock.zone(timeZone)
    }

    /// - Units: seconds
    private func offset(at seconds: Int64) -> Int64 {
        Int64(zone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(seconds))))
    }

    /// The day, and the minutes since its midnight.
    func time(at moment: Instant) -> (day: LocalDate, minute: Int) {
        let seconds = Self.floor(moment.microseconds, 1_000_000)
        let local = seconds + offset(at: seconds)
        let days = Self.floor(local, 86_400)
        return (
            LocalDate(daysSince1970: Int(days)) ?? .latest, Int((local - days * 86_400) / 60)
        )
    }

    /// When the clock shows a time. Of two such moments the first; where the clock jumps over it, as much after the jump
    /// as the time is after it.
    func instant(on day: LocalDate, minute: Int) -> Instant {
        let local = Int64(day.daysSince1970) * 86_400 + Int64(minute) * 60
        let before = offset(at: local - 86_400)
        let after = offset(at: local + 86_400)
        var moment = local - before
        if offset(at: moment) != before, offset(at: local - after) == after {
            moment = local - after
        }
        return Instant(microseconds: moment * 1_000_000)
    }

    private static func floor(_ value: Int64, _ divisor: Int64) -> Int64 {
        let quotient = value / divisor
        return value % divisor < 0 ? quotient - 1 : quotient
    }
}

/// When letters that gather notices go out.
struct DigestTimes: Sendable {
    let clock: LocalClock
    let hour: Int
    let weekday: Weekday

    /// The last time that a letter of a day was to go out.
    func lastDay(before now: Instant) -> Instant {
        last(before: now) { _ in true }
    }

    /// The last time that a letter of a week was.
    func lastWeek(before now: Instant) -> Instant {
        last(before: now) { $0.weekday == weekday }
    }

    private func last(before now: Instant, _ isIt: (LocalDate) -> Bool) -> Instant {
        var day = clock.time(at: now).day
        while true {
            let moment = clock.instant(on: day, minute: hour * 60)
            if isIt(day), moment <= now || day == .earliest { return moment }
            guard day > .earliest else { return moment }
            day = day.adding(days: -1)
        }
    }
}
