import Interchange
import Testing

struct CSVDateOrderTests {
    private func file(
        _ dates: [String],
        header: String = "Date,Description,Amount"
    ) throws -> StatementFile {
        let rows = dates.enumerated().map { "\($1),row \($0),-1.00" }.joined(separator: "\n")
        return try read(header + "\n" + rows)
    }

    @Test(arguments: [
        (["01/02/2024", "13/02/2024"], "2024-02-01", false),
        (["01/02/2024", "02/13/2024"], "2024-01-02", false),
        (["05/06/2024", "05/06/2024"], "2024-06-05", true),
        (["2024/02/01", "2024/02/03"], "2024-02-01", false),
        (["01.02.2024", "03.02.2024"], "2024-02-01", false),
        (["24-03-21", "24-03-29"], "2024-03-21", false),
        // Sorted one way only.
        (["10/01/2024", "10/02/2024", "11/01/2024"], "2024-10-01", false),
        // Close together one way only.
        (
            ["03/05/2024", "01/05/2024", "02/05/2024", "05/05/2024", "04/05/2024"], "2024-05-03",
            false
        ),
    ])
    func `the whole column decides the order, or it is asked`(
        dates: [String],
        first: String,
        isAsked: Bool
    ) throws {
        let file = try file(dates)

        #expect(file.dates.first == first)
        #expect(file.questions.contains { $0.code == "date_order" } == isAsked)
    }

    @Test
    func `the caller's assumption fills what is open`() throws {
        var options = ReadingOptions()
        options.assumedDateOrder = .monthDayYear

        let file = try read("Date,Description,Amount\n05/06/2024,a,-1.00\n", options)

        #expect(file.dates == ["2024-05-06"])
        #expect(file.questions == [.dateOrder(assumed: .monthDayYear, samples: ["05/06/2024"])])
    }

    @Test(arguments: [
        "Datum;Omschrijving;Bedrag", "Date;Libellé;Montant", "Fecha;Concepto;Importe",
    ])
    func `languages other than English put the day first without asking`(header: String) throws {
        let file = try read(header + "\n05/06/2024;a;-1,00\n")

        #expect(file.dates == ["2024-06-05"])
        #expect(file.questions.isEmpty)
    }

    @Test(arguments: [
        (["1,50", "2,25"], ",", false), (["1.50", "2.25"], ".", false),
        (["1.234", "2.25"], ".", false),
        (["1.234,00", "2.345"], ",", false), (["1.234", "2.345"], ".", true),
        (["10", "20"], ".", false),
    ])
    func `the whole column decides the decimal mark, or it is asked`(
        amounts: [String],
        mark: String,
        isAsked: Bool
    ) throws {
        let rows = amounts.map { "2024-01-15|x|-\($0)" }.joined(separator: "\n")

        let file = try read("Date|Description|Amount\n" + rows)

        #expect(file.mapping?.decimal.rawValue == mark)
        #expect(file.questions.contains { $0.code == "decimal" } == isAsked)
    }
}
