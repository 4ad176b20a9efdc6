import Ledger
import Storage

extension MailMessage {
    /// Between the two forms of the letter. It has `=_`, which quoted-printable never writes, so no text can end its
    /// part early (RFC 2045, section 6.7).
    private static let boundary = "=_martlet_letter"

    /// The letter as a mail server takes it, each line ended by CR and LF.
    ///
    /// - Source: RFC 5322, RFC 2046 section 5.1.4, RFC 3834 for `Auto-Submitted`.
    package var mime: [UInt8] {
        var text = ""
        for (name, value) in headers {
            text += MailHeader.line(name, value)
        }
        text += "\r\n"
        for (type, content) in [("text/plain", self.text), ("text/html", html)] {
            text += "--\(Self.boundary)\r\n"
            text += "Content-Type: \(type); charset=utf-8\r\n"
            text += "Content-Transfer-Encoding: quoted-printable\r\n\r\n"
            text += QuotedPrintable.encode(content)
            text += "\r\n"
        }
        text += "--\(Self.boundary)--\r\n"
        return Array(text.utf8)
    }

    private var headers: [(String, String)] {
        [
            ("Date", MailHeader.date(date)),
            ("From", MailHeader.mailbox(sender.name, sender.address)),
            ("To", MailHeader.mailbox(nil, recipient)),
            ("Subject", MailHeader.words(subject, after: "Subject: ".utf8.count)),
            ("Message-ID", "<\(id)>"),
            ("Auto-Submitted", "auto-generated"),
            ("X-Auto-Response-Suppress", "All"),
            ("MIME-Version", "1.0"),
            ("Content-Type", "multipart/alternative; boundary=\"\(Self.boundary)\""),
        ]
    }
}

/// How headers are written: each on lines of its own, whatever a text of somebody's has in it.
enum MailHeader {
    /// - Units: bytes of a line, without its end (RFC 5322, section 2.1.1, and RFC 2047, section 2).
    static let lineLimit = 76

    /// - Parameter value: without line breaks but those that `words` folds by.
    static func line(_ name: String, _ value: String) -> String { "\(name): \(value)\r\n" }

    /// Text for a header: as it is when it is plain, else as encoded words, folded.
    ///
    /// - Source: RFC 2047; the words hold whole characters, as its section 5 demands.
    static func words(_ text: String, after column: Int) -> String {
        let line = oneLine(text)
        let isPlain = line.unicodeScalars.allSatisfy { (32..<127).contains($0.value) }
        // What looks like an encoded word would be read as one.
        if isPlain, !line.contains("=?"), column + line.utf8.count <= lineLimit { return line }
        var words: [String] = []
        var bytes: [UInt8] = []
        let frame = "=?utf-8?B??=".utf8.count
        var room = (lineLimit - column - frame) / 4 * 3
        for character in line.unicodeScalars {
            let more = Array(String(character).utf8)
            if bytes.count + more.count > room {
                words.append("=?utf-8?B?\(Base64.encode(bytes))?=")
                bytes = []
                room = (lineLimit - 1 - frame) / 4 * 3
            }
            bytes += more
        }
        if !bytes.isEmpty { words.append("=?utf-8?B?\(Base64.encode(bytes))?=") }
        return words.joined(separator: "\r\n ")
    }

    /// - Parameter address: cannot hold a bracket, a quote or white space.
    static func mailbox(_ name: String?, _ address: EmailAddress) -> String {
        guard let name else { return "<\(address.text)>" }
        // "Subject: " is longer than "From: ", so that the first word fits after either.
        let words = words(name, after: 9)
        let isAtoms = words.unicodeScalars.allSatisfy {
            $0 == " " || $0.properties.isAlphabetic || $0.properties.numericType != nil
        }
        let isEncoded = words.hasPrefix("=?")
        return isAtoms || isEncoded
            ? "\(words)\r\n <\(address.text)>"
            : "\"\(words.replacing("\\", with: "\\\\").replacing("\"", with: "\\\""))\"\r\n <\(address.text)>"
    }

    /// Without anything that ends a line, colours a terminal or turns the way of reading.
    static func oneLine(_ text: String) -> String {
        var line = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch scalar.properties.generalCategory {
            case .control, .lineSeparator, .paragraphSeparator: line.append(" ")
            case .format, .surrogate, .privateUse, .unassigned: continue
            default: line.append(scalar)
            }
        }
        return String(line).trimmed
    }

    private static let days = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    /// - Source: RFC 5322, section 3.3, in UTC.
    static func date(_ instant: Instant) -> String {
        let seconds = instant.microseconds / 1_000_000
        let day = LocalDate(daysSince1970: Int(seconds / 86_400)) ?? .latest
        let clock = [seconds % 86_400 / 3_600, seconds / 60 % 60, seconds % 60].map {
            $0 < 10 ? "0\($0)" : "\($0)"
        }
        return
            "\(days[day.weekday.rawValue]), \(day.day) \(months[day.monthOfYear - 1]) \(day.year) "
            + clock.joined(separator: ":") + " +0000"
    }
}
