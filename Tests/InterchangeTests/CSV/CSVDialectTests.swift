import Interchange
import Testing

struct CSVDialectTests {
    @Test(arguments: [",", ";", "\t", "|"], ["\n", "\r\n", "\r", "\r\r\n"])
    func `any delimiter and line break is understood`(delimiter: String, lineBreak: String) throws {
        let rows = [
            ["Date", "Description", "Amount"], ["2024-01-05", "Tea", "-1.50"],
            ["2024-01-06", "Cake", "-2.50"],
        ]

        let file = try read(
            rows.map { $0.joined(separator: delimiter) }.joined(separator: lineBreak)
        )

        #expect(file.amounts == ["-1.50", "-2.50"])
        #expect(file.drafts.map(\.line) == [2, 3])
        #expect(file.mapping?.delimiter.rawValue == delimiter)
    }

    @Test(arguments: [
        (#""plain""#, "plain"), (#""two ""quotes"" inside""#, #"two "quotes" inside"#),
        (#""a, b""#, "a, b"), ("\"line\nbreak\"", "line break"), (#""""#, ""),
        (#"half "quoted" word"#, #"half "quoted" word"#), (#"lost opening""#, "lost opening"),
        (#""inner "loose" quotes""#, #"inner "loose" quotes"#), (#"="0042""#, "0042"),
        (#"  "padded"  "#, "padded"), ("  spaces   inside  ", "spaces inside"),
        (#"5" pipe"#, #"5" pipe"#),
    ])
    func `quotes are read as they were meant`(cell: String, text: String) throws {
        let file = try read(
            "Date,Amount,Memo,Note\n2024-01-05,-1.50,\(cell),\n2024-01-06,-1.00,next,\n"
        )

        #expect(file.rows.first?.bankText == text)
        #expect(file.rows.last?.bankText == "next")
    }

    @Test
    func `a quote that is never closed spoils its own row only`() throws {
        let file = try read(
            """
            Date,Amount,Memo,Note
            2024-01-05,-1.00,"open,
            2024-01-06,-2.00,"closed",
            2024-01-07,-3.00,last,
            """
        )

        #expect(file.dates.contains("2024-01-06"))
        #expect(file.dates.contains("2024-01-07"))
    }

    @Test
    func `the lines of drafts count line breaks inside quotes`() throws {
        let file = try read("Date,Memo,Amount\n2024-01-01,\"a\nb\nc\",-1\n2024-01-02,d,-2.50\n")

        #expect(file.drafts.map(\.line) == [2, 5])
        #expect(file.rawLine(of: file.drafts[0]) == "2024-01-01,\"a\nb\nc\",-1")
    }

    @Test
    func `blank lines and rows of empty cells are nothing`() throws {
        let file = try read(
            "Date,Memo,Amount\n\n2024-01-01,a,-1.00\n,,\n\r\n2024-01-02,b,-2.00\n,,\n"
        )

        #expect(file.rows.count == 2)
        #expect(file.problems.isEmpty)
    }

    @Test
    func `column names that come again are no row`() throws {
        let file = try read(
            "Date,Memo,Amount\n2024-01-01,a,-1.00\nDate,Memo,Amount\n2024-01-02,b,-2.00\n"
        )

        #expect(file.rows.count == 2)
        #expect(file.problems.isEmpty)
    }

    @Test
    func `control characters never reach a text`() throws {
        let file = try read("Date,Memo,Amount\n2024-01-01,a\u{1}b\u{7F}c\u{B}d,-1.00\n")

        #expect(file.rows[0].bankText == "a b c d")
        #expect(!file.rawLine(of: file.drafts[0]).unicodeScalars.contains("\u{1}"))
    }

    @Test
    func `a row with too few or too many cells is still a row`() throws {
        let file = try read(
            "Date,Amount,Memo\n2024-01-01,-1.00\n2024-01-02,-2.00,b,c,d\n2024-01-03,-3.00,e\n"
        )

        #expect(file.amounts == ["-1.00", "-2.00", "-3.00"])
    }
}
