import Interchange
import Testing

struct CSVOverrideTests {
    @Test
    func `a person may say what a column holds`() throws {
        let text = "When,What,How much,Left\n2024-01-05,Tea,-1.50,7.00\n2024-01-06,Jam,-2.50,5.00\n"
        var options = ReadingOptions()
        options.csv.columns = [
            .init(index: 3, role: .amount), .init(index: 2, role: .balance),
            .init(index: 1, role: .payee),
        ]

        let file = try read(text, options)

        #expect(file.amounts == ["7.00", "5.00"])
        #expect(file.rows.map(\.balance) == [-15_000, -25_000])
        #expect(file.rows.map(\.payee) == ["Tea", "Jam"])
    }

    @Test
    func `a remembered column is found by its name when it has moved`() throws {
        let march = try read(
            "Date,Note,Amount,Points\n2024-03-05,Tea,-1.50,7.00\n2024-03-20,Jam,-2.00,8.00\n"
        )
        var remembered = try #require(march.mapping).overrides
        remembered.columns[3].role = .balance

        let april = try read(
            "Date,Points,Amount,Note\n2024-04-05,9.00,-1.50,Tea\n2024-04-20,4.00,-2.00,Jam\n",
            ReadingOptions(csv: remembered)
        )

        #expect(april.rows.map(\.balance) == [90_000, 40_000])
        #expect(april.amounts == ["-1.50", "-2.00"])
    }

    @Test
    func `the signature tells layouts apart and ignores the rows`() throws {
        let first = try #require(try read("Date,Text,Amount\n2024-01-05,Tea,-1.50\n").mapping)
        let second = try #require(try read("Date,Text,Amount\n2025-01-05,Jam,-9.50\n").mapping)
        let other = try #require(try read("Date,Text,Amount,Note\n2025-01-05,Jam,-9.50,\n").mapping)

        #expect(first.signature == second.signature)
        #expect(first.signature != other.signature)
        #expect(first.signature.utf8.count == 16)
    }

    @Test
    func `date order, decimal mark and sign may be said`() throws {
        let text = "Date,Description,Amount\n01/02/2024,a,1.234\n03/04/2024,b,5.678\n"
        var options = ReadingOptions()
        options.csv.dateOrder = .monthDayYear
        options.csv.decimal = .comma
        options.csv.negate = true

        let file = try read(text, options)

        #expect(file.dates == ["2024-01-02", "2024-03-04"])
        #expect(file.amounts == ["-1234.00", "-5678.00"])
        #expect(file.questions.isEmpty)
    }

    @Test
    func `the header row and the first row may be said`() throws {
        let text = "x,Wrong,y\nDay,Thing,Sum\n2024-01-05,a,-1.00\n2024-01-06,b,-2.00\n"
        var options = ReadingOptions()
        options.csv.headerRow = 2
        options.csv.firstRow = 4

        let file = try read(text, options)

        #expect(file.mapping?.headerRow == 2)
        #expect(file.mapping?.columns.map(\.header) == ["Day", "Thing", "Sum"])
        #expect(file.amounts == ["-2.00"])
    }

    @Test
    func `no header row may be said`() throws {
        var options = ReadingOptions()
        options.csv.headerRow = 0

        let file = try read("2024-01-05,a,-1.00\n2024-01-06,b,-2.00\n", options)

        #expect(file.mapping?.headerRow == nil)
        #expect(file.rows.count == 2)
    }

    @Test
    func `delimiter and encoding may be said`() throws {
        var options = ReadingOptions()
        options.csv.delimiter = .semicolon
        options.csv.encoding = .windows1250
        let bytes = Array("Date;Text;Amount\n2024-01-05;".utf8) + [0xB3] + Array(";-1,00\n".utf8)

        let file = try StatementReader.read(bytes: bytes, options: options)

        #expect(file.rows.first?.bankText == "ł")
        #expect(file.encoding == .windows1250)
    }

    @Test(arguments: [-1, 3, 400])
    func `a column that is not there is refused`(index: Int) {
        var options = ReadingOptions()
        options.csv.columns = [.init(index: index, role: .amount)]

        #expect(throws: InterchangeError.unknownColumn(index)) {
            try read("Date,Text,Amount\n2024-01-05,a,-1.00\n", options)
        }
    }

    @Test
    func `a table that is not understood can be mapped by hand`() throws {
        let text = "foo;bar;baz\nx;2024-01-05;y 3\n"
        var options = ReadingOptions()
        options.csv.columns = [.init(index: 1, role: .date), .init(index: 0, role: .amount)]

        let file = try read(text, options)

        #expect(file.questions.isEmpty || file.problems.count == 1)
        #expect(file.mapping?.columns[1].role == .date)
    }
}
