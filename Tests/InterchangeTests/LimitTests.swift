import Interchange
import Testing

struct LimitTests {
    private let table = "Date,Text,Amount\n2024-01-01,A,-1.00\n2024-01-02,B,-2.00\n"

    @Test
    func `a file may have as many bytes as the limit and no more`() throws {
        var options = ReadingOptions()
        options.limits.bytes = table.utf8.count
        #expect(try read(table, options).rows.count == 2)

        options.limits.bytes -= 1
        #expect(throws: InterchangeError.tooLarge(limitBytes: table.utf8.count - 1)) {
            try read(table, options)
        }
    }

    @Test
    func `a CSV may have as many rows as the limit and no more`() throws {
        var options = ReadingOptions()
        options.limits.rows = 2
        #expect(try read(table, options).rows.count == 2)

        options.limits.rows = 1
        #expect(throws: InterchangeError.tooManyRows(limit: 1)) { try read(table, options) }
    }

    @Test
    func `rows that are put off count too`() {
        var options = ReadingOptions()
        options.limits.rows = 5
        let words = String(repeating: "words,words,\n", count: 6)

        #expect(throws: InterchangeError.tooManyRows(limit: 5)) { try read(table + words, options) }
    }

    @Test
    func `an OFX file may have as many rows as the limit and no more`() throws {
        let row = "<STMTTRN><DTPOSTED>20240101<TRNAMT>1<NAME>A</STMTTRN>"
        let text = "<OFX><STMTRS><BANKTRANLIST>\(row)\(row)</BANKTRANLIST></STMTRS></OFX>"
        var options = ReadingOptions()
        options.limits.rows = 2
        #expect(try read(text, options).rows.count == 2)

        options.limits.rows = 1
        #expect(throws: InterchangeError.tooManyRows(limit: 1)) { try read(text, options) }
    }

    @Test(arguments: [(ReadingLimits.csvColumns, true), (ReadingLimits.csvColumns + 1, false)])
    func `columns past the limit are not read`(position: Int, isRead: Bool) throws {
        let filler = String(repeating: "x,", count: position - 3)
        let text = "Date,Text,\(filler)Amount\n2024-01-01,A,\(filler)-1.00\n"

        let file = try read(text)

        #expect(file.mapping?.columns.count == min(position, ReadingLimits.csvColumns))
        #expect(file.rows.isEmpty != isRead)
    }

    @Test(arguments: [(ReadingLimits.quotedLineBreaks, 1), (ReadingLimits.quotedLineBreaks + 1, 0)])
    func `a quoted field spans as many line breaks as the limit`(breaks: Int, rows: Int) throws {
        let text = "a" + String(repeating: "\n", count: breaks) + "b"

        let file = try read("Date,Amount,Text\n2024-01-01,-1.00,\"\(text)\"\n2024-01-02,-2.00,C\n")

        #expect(file.rows.filter { $0.bankText == "a b" }.count == rows)
        #expect(file.rows.last?.bankText == "C")
    }

    @Test(arguments: [
        (ReadingLimits.quotedFieldBytes, true), (ReadingLimits.quotedFieldBytes + 1, false),
    ])
    func `a quoted field is as long as the limit`(length: Int, isWhole: Bool) throws {
        // The distance between the quotes is one more than the text.
        let text = String(repeating: "a", count: length - 1)

        let file = try read("Date,Amount,Text\n2024-01-01,-1.00,\"\(text)\"\n2024-01-02,-2.00,C\n")

        // A quote that is taken for a plain character stays in the text.
        #expect(file.rows.first?.bankText.hasPrefix("a") == isWhole)
        #expect(file.rows.last?.bankText == "C")
    }

    @Test(arguments: [ReadingLimits.textBytes, ReadingLimits.textBytes + 1])
    func `a text is cut at the limit`(length: Int) throws {
        let file = try read(
            "Date,Amount,Text\n2024-01-01,-1.00,\(String(repeating: "a", count: length))\n"
        )

        #expect(file.rows[0].bankText.utf8.count == min(length, ReadingLimits.textBytes))
        #expect(file.rows[0].payee.count <= 255)
    }

    @Test
    func `a text is cut at the edge of a character`() throws {
        let text = String(repeating: "a", count: ReadingLimits.textBytes - 1) + "éé"

        let file = try read("Date,Amount,Text\n2024-01-01,-1.00,\(text)\n")

        #expect(file.rows[0].bankText == String(repeating: "a", count: ReadingLimits.textBytes - 1))
    }

    @Test(arguments: [ReadingLimits.rawLineBytes, ReadingLimits.rawLineBytes + 1])
    func `the raw line is cut at the limit`(length: Int) throws {
        let start = "2024-01-01,-1.00,"
        let text = String(repeating: "a", count: length - start.utf8.count)

        let file = try read("Date,Amount,Text\n\(start)\(text)\n")

        #expect(
            file.rawLine(of: file.drafts[0]).utf8.count == min(length, ReadingLimits.rawLineBytes)
        )
    }

    @Test
    func `a problem quotes no more than the limit`() throws {
        let text = String(repeating: "7x", count: 100)

        let file = try read("Date,Amount,Text\n2024-01-01,\(text),A\n2024-01-02,1.00,B\n")

        #expect(file.problems.first?.text.utf8.count == ReadingLimits.offendingBytes)
    }

    @Test(arguments: [ReadingLimits.csvStatements, ReadingLimits.csvStatements + 1])
    func `a CSV of more accounts than the limit is one statement`(accounts: Int) throws {
        var text = "Account,Date,Text,Amount\n"
        for number in 0..<accounts {
            text += "A\(number),2024-01-01,x,-1.00\nA\(number),2024-01-02,y,-1.00\n"
        }

        let file = try read(text)

        #expect(file.statements.count == (accounts <= ReadingLimits.csvStatements ? accounts : 1))
        #expect(file.rows.count == accounts * 2)
    }
}
