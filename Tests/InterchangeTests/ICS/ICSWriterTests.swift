import Foundation
import Ledger
import Testing

@testable import Interchange

struct ICSWriterTests {
    private func day(_ text: String) throws -> LocalDate { try #require(LocalDate(text)) }

    /// The lines as a reader sees them, put together again: in bytes, since a letter may swallow a colon.
    private func lines(_ calendar: ICSCalendar) -> [[UInt8]] {
        var lines: [[UInt8]] = [[]]
        let bytes = ICSWriter.bytes(calendar)
        var index = 0
        while index < bytes.count {
            let isBreak = bytes[index...].starts(with: [13, 10])
            if isBreak, index + 2 < bytes.count, bytes[index + 2] == 32 {
                index += 3
            } else if isBreak {
                lines.append([])
                index += 2
            } else {
                lines[lines.count - 1].append(bytes[index])
                index += 1
            }
        }
        return lines
    }

    private func summary(_ text: String) -> ICSCalendar {
        ICSCalendar(name: "", tasks: [ICSTask(ICSEntry(uid: "1", stamp: 0, summary: text))])
    }

    /// One of everything; scripts/testing/test_calendar.py reads the same file with another program.
    private func everything() throws -> ICSCalendar {
        let rent = ICSEntry(
            uid: "bill-1@martlet",
            stamp: 1_780_000_000,
            summary: "Rent; 950.00 EUR, Müller \\ Söhne",
            details: "First line\r\nsecond line\u{2028}third\u{0}",
            categories: ["Home", "a,b;c"],
            address: "https://example.org/bills/1?a=b c\"",
            alarmMinutesBefore: 900
        )
        let schedule = Schedule(
            start: try day("2026-01-31"),
            rule: try RecurrenceRule("FREQ=MONTHLY;COUNT=6"),
            added: [try day("2026-02-14")],
            removed: [try day("2026-03-31")]
        )
        let once = ICSEntry(
            uid: "bill-2@martlet/2026-05-05",
            stamp: -1,
            summary: String(repeating: "🧾é", count: 40)
        )
        let todo = ICSEntry(
            uid: "task-1@martlet",
            stamp: 1_780_000_000,
            summary: "Call\nthe bank",
            alarmMinutesBefore: -540
        )
        return ICSCalendar(
            name: "Bills, and tasks",
            events: [
                try #require(ICSEvent(rent, by: schedule)),
                ICSEvent(once, on: try day("2026-05-05"), isCancelled: true),
            ],
            tasks: [
                ICSTask(todo, due: try day("2026-06-01"), status: .inProgress, priority: .urgent),
                ICSTask(
                    ICSEntry(uid: "task-2@martlet", stamp: 0, summary: "Done"),
                    status: .done,
                    priority: .low,
                    doneAt: 1_780_000_000
                ),
            ]
        )
    }

    /// With MARTLET_RECORD_GOLDEN set the file is written anew first.
    @Test
    func `a calendar is written as the file beside the tests`() throws {
        let written = ICSWriter.bytes(try everything())
        let url = Fixtures.folder.appending(path: "ics/everything.ics")
        if ProcessInfo.processInfo.environment["MARTLET_RECORD_GOLDEN"] != nil {
            try Data(written).write(to: url)
        }

        #expect(try Fixtures.bytes("ics/everything.ics") == written)
    }

    @Test
    func `a schedule that others cannot follow is no single event`() throws {
        let entry = ICSEntry(uid: "1", stamp: 0, summary: "Salary")
        let moved = Schedule(
            start: try day("2026-01-31"),
            rule: try RecurrenceRule("FREQ=MONTHLY"),
            workingDays: .previous
        )
        let never = Schedule(
            start: try day("2026-01-31"),
            rule: try RecurrenceRule("FREQ=DAILY;UNTIL=20200101")
        )

        #expect(ICSEvent(entry, by: moved) == nil)
        #expect(ICSEvent(entry, by: never) == nil)
        #expect(try ICSEvent(entry, by: Schedule(start: day("2026-01-31")))?.rule == nil)
    }

    @Test
    func `the first day of an event is the first of its rule`() throws {
        let entry = ICSEntry(uid: "1", stamp: 0, summary: "Market")
        let fridays = Schedule(
            start: try day("2026-01-01"),
            rule: try RecurrenceRule("FREQ=WEEKLY;BYDAY=FR"),
            removed: [try day("2026-01-02")]
        )

        #expect(try ICSEvent(entry, by: fridays)?.day == day("2026-01-02"))
    }

    @Test(
        arguments: [
            (0, "19700101T000000Z"), (-1, "19691231T235959Z"), (1_780_000_000, "20260528T202640Z"),
            (.max, "21991231T000000Z"), (.min, "19000101T000000Z"),
        ] as [(Int64, String)]
    )
    func `a moment is told in UTC`(seconds: Int64, text: String) {
        #expect(ICSWriter.moment(seconds) == text)
    }

    @Test(arguments: [
        ("a\r\nb\nc\rd", "a\\nb\\nc\\nd"), ("\r\r\n\n", "\\n\\n\\n"), ("\u{0}\u{7F}\u{1B}x", "x"),
        ("a;b,c\\n", "a\\;b\\,c\\\\n"), ("\u{2028}\u{85}", "\\n\\n"), ("tab\there", "tab\there"),
    ])
    func `text cannot end its line or its value`(text: String, escaped: String) {
        #expect(ICSLines.escaped(text) == escaped)
    }

    @Test
    func `a line has at most 75 octets and breaks no character`() {
        for length in Array(60...90) + Array(200...230) {
            for last in ["é", "🙂", "👨‍👩‍👧", "x"] {
                let text = String(repeating: "x", count: length) + last + "end"
                let calendar = summary(text)

                let bytes = ICSWriter.bytes(calendar)
                let physical = bytes.split(separator: 10, omittingEmptySubsequences: false)

                #expect(physical.allSatisfy { $0.count <= 76 })  // With the return before the feed.
                #expect(physical.allSatisfy { String(validating: $0, as: UTF8.self) != nil })
                #expect(lines(calendar).contains(Array("SUMMARY:\(text)".utf8)))
            }
        }
    }

    @Test
    func `hostile texts come out as they went in, and nothing else does`() throws {
        var generator = SeededGenerator(seed: 9)
        let pieces = [
            "\r", "\n", "\r\n", ",", ";", "\\", ":", "END:VCALENDAR", "BEGIN:VEVENT", "🙂", "é",
            "\u{301}",
            "\u{200D}", " ", "\t", "\"", "=", String(repeating: "y", count: 70), "\\n", "\u{FEFF}",
        ]
        for _ in 0..<2_000 {
            let count = Int.random(in: 0...12, using: &generator)
            let text = (0..<count).compactMap { _ in pieces.randomElement(using: &generator) }
                .joined()
            let entry = ICSEntry(
                uid: text,
                stamp: 0,
                summary: text,
                details: text,
                categories: [text],
                address: text
            )
            let calendar = ICSCalendar(name: text, events: [ICSEvent(entry, on: .earliest)])

            let lines = lines(calendar)
            let summaries = lines.filter { $0.starts(with: "SUMMARY:".utf8) }

            #expect(lines.count { $0.starts(with: "BEGIN:".utf8) } == 2)
            #expect(lines.count { $0.starts(with: "END:".utf8) } == 2)
            #expect(summaries.count == 1)
            let summary = try #require(summaries.first).dropFirst(8)
            #expect(unescaped(String(decoding: summary, as: UTF8.self)) == normal(text))
        }
    }

    /// Every line break as one feed; in scalars, since a return and a feed are one letter.
    private func normal(_ text: String) -> String {
        var result = String.UnicodeScalarView()
        for (before, scalar) in zip([" "] + Array(text.unicodeScalars), text.unicodeScalars) {
            if scalar == "\n", before == "\r" { continue }
            result.append(scalar == "\r" ? "\n" : scalar)
        }
        return String(result)
    }

    private func unescaped(_ text: some StringProtocol) -> String {
        var result = String.UnicodeScalarView()
        var isEscape = false
        for scalar in text.unicodeScalars {
            if isEscape {
                result.append(scalar == "n" ? "\n" : scalar)
                isEscape = false
            } else if scalar == "\\" {
                isEscape = true
            } else {
                result.append(scalar)
            }
        }
        return String(result)
    }
}
