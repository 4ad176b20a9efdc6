import Ledger

/// Writes a calendar as RFC 5545 says, whatever the texts hold.
package enum ICSWriter {
    static let product = "-//Martlet//Martlet//EN"

    package static func bytes(_ calendar: ICSCalendar) -> [UInt8] {
        var lines = ICSLines()
        lines.add("BEGIN", "VCALENDAR")
        lines.add("VERSION", "2.0")
        lines.add("PRODID", product)
        lines.add("CALSCALE", "GREGORIAN")
        lines.add("METHOD", "PUBLISH")
        // RFC 7986 section 5.1 and the older spelling that most programs read.
        lines.add("NAME", text: calendar.name)
        lines.add("X-WR-CALNAME", text: calendar.name)
        lines.add("REFRESH-INTERVAL;VALUE=DURATION", "PT1H")
        for event in calendar.events { write(event, to: &lines) }
        for task in calendar.tasks { write(task, to: &lines) }
        lines.add("END", "VCALENDAR")
        return lines.bytes
    }

    private static func write(_ event: ICSEvent, to lines: inout ICSLines) {
        lines.add("BEGIN", "VEVENT")
        write(event.entry, to: &lines)
        lines.add("DTSTART;VALUE=DATE", event.day.basic)
        if let rule = event.rule { lines.add("RRULE", rule.description) }
        write(event.added, as: "RDATE", to: &lines)
        write(event.removed, as: "EXDATE", to: &lines)
        lines.add("STATUS", event.isCancelled ? "CANCELLED" : "CONFIRMED")
        // A payment does not make anybody busy.
        lines.add("TRANSP", "TRANSPARENT")
        writeAlarm(event.entry, relatedToEnd: false, to: &lines)
        lines.add("END", "VEVENT")
    }

    private static func write(_ task: ICSTask, to lines: inout ICSLines) {
        lines.add("BEGIN", "VTODO")
        write(task.entry, to: &lines)
        if let due = task.due { lines.add("DUE;VALUE=DATE", due.basic) }
        lines.add("STATUS", task.status.rawValue)
        lines.add("PRIORITY", String(task.priority.rawValue))
        if let doneAt = task.doneAt, task.status == .done {
            lines.add("COMPLETED", moment(doneAt))
        }
        // A reminder counts from the due day; without one there is nothing to count from.
        if task.due != nil { writeAlarm(task.entry, relatedToEnd: true, to: &lines) }
        lines.add("END", "VTODO")
    }

    private static func write(_ entry: ICSEntry, to lines: inout ICSLines) {
        lines.add("UID", text: entry.uid)
        lines.add("DTSTAMP", moment(entry.stamp))
        lines.add("SUMMARY", text: entry.summary)
        if !entry.details.isEmpty { lines.add("DESCRIPTION", text: entry.details) }
        if !entry.categories.isEmpty {
            let texts = entry.categories.map(ICSLines.escaped)
            lines.add("CATEGORIES", texts.joined(separator: ","))
        }
        if !entry.address.isEmpty { lines.add("URL", ICSLines.address(entry.address)) }
    }

    private static func write(_ days: [LocalDate], as name: String, to lines: inout ICSLines) {
        guard !days.isEmpty else { return }
        lines.add("\(name);VALUE=DATE", days.map(\.basic).joined(separator: ","))
    }

    private static func writeAlarm(
        _ entry: ICSEntry,
        relatedToEnd: Bool,
        to lines: inout ICSLines
    ) {
        guard let minutes = entry.alarmMinutesBefore else { return }
        lines.add("BEGIN", "VALARM")
        lines.add("ACTION", "DISPLAY")
        lines.add("DESCRIPTION", text: entry.summary)
        let sign = minutes > 0 ? "-" : ""
        lines.add("TRIGGER\(relatedToEnd ? ";RELATED=END" : "")", "\(sign)PT\(minutes.magnitude)M")
        lines.add("END", "VALARM")
    }

    /// A moment in UTC, held to the range of the calendar.
    static func moment(_ seconds: Int64) -> String {
        let (quotient, remainder) = seconds.quotientAndRemainder(dividingBy: 86_400)
        let days = remainder < 0 ? quotient - 1 : quotient
        guard let day = LocalDate(daysSince1970: Int(days)) else {
            return (seconds < 0 ? LocalDate.earliest : .latest).basic + "T000000Z"
        }
        let rest = seconds - days * 86_400
        let parts = [rest / 3_600, rest / 60 % 60, rest % 60]
        return day.basic + "T" + parts.map { $0 < 10 ? "0\($0)" : "\($0)" }.joined() + "Z"
    }
}

/// Lines of at most 75 octets that end in CRLF.
///
/// - Source: RFC 5545 sections 3.1 (content lines) and 3.3.11 (text).
struct ICSLines {
    static let octets = 75

    private(set) var bytes: [UInt8] = []

    /// - Parameter value: must hold no control character.
    mutating func add(_ name: String, _ value: String) {
        var width = 0
        for scalar in "\(name):\(value)".unicodeScalars {
            let encoded = UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter
            // A character is never broken: the line is, before it.
            if width + encoded.count > Self.octets {
                bytes += [13, 10, 32]
                width = 1
            }
            bytes += encoded
            width += encoded.count
        }
        bytes += [13, 10]
    }

    mutating func add(_ name: String, text: String) {
        add(name, Self.escaped(text))
    }

    /// Line breaks of every kind become `\n`, other control characters go.
    static func escaped(_ text: String) -> String {
        var escaped = String.UnicodeScalarView()
        var isAfterReturn = false
        for scalar in text.unicodeScalars {
            defer { isAfterReturn = scalar == "\r" }
            switch scalar {
            case "\\", ";", ",":
                escaped.append("\\")
                escaped.append(scalar)
            case "\n" where isAfterReturn: continue
            // Some readers take the last three for line breaks of the file.
            case "\n", "\r", "\u{85}", "\u{2028}", "\u{2029}":
                escaped.append(contentsOf: "\\n".unicodeScalars)
            case "\t": escaped.append(scalar)
            case "\u{0}"..."\u{1F}", "\u{7F}"..."\u{9F}": continue
            default: escaped.append(scalar)
            }
        }
        return String(escaped)
    }

    /// What may not stand in an address is written in percent.
    static func address(_ text: String) -> String {
        let digits = Array("0123456789ABCDEF".utf8)
        let bytes = text.utf8.flatMap { byte -> [UInt8] in
            guard byte <= 32 || byte >= 127 || byte == 34 else { return [byte] }
            return [37, digits[Int(byte >> 4)], digits[Int(byte & 15)]]
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
