import Ledger
import Testing

@testable import Interchange

struct DateTests {
    private func read(_ text: String, _ order: DateOrder = .dayMonthYear) -> String? {
        let bytes = Array(text.utf8)
        return DateCell.read(bytes, 0..<bytes.count)?.date(order)?.description
    }

    @Test(arguments: [
        "2024-02-01", "2024/02/01", "2024.02.01", "2024.02.01.", "20240201", "2024-2-1",
        "01.02.2024", "1.2.2024",
        "01/02/2024", "01-02-2024", "01 02 2024", "01.02.24", "1/2/24", "01022024", "1 Feb 2024",
        "01-Feb-2024",
        "01-FEB-24", "1 February 2024", "Feb 1, 2024", "February 1 2024", "1st Feb 2024",
        "Thu, 1 Feb 2024",
        "Thursday 1 February 2024", "1. Februar 2024", "1. Feb. 2024", "1 février 2024",
        "1 févr. 2024",
        "1 februari 2024", "1 feb. 2024", "1 de febrero de 2024", "1 febbraio 2024",
        "1 de fevereiro de 2024",
        "1 lutego 2024", "1. února 2024", "1er février 2024", "2024-Feb-01", "2024年02月01日",
        "2024年2月1日",
        "2024-02-01T10:11:12", "2024-02-01 10:11", "2024-02-01T10:11:12.123456789Z",
        "2024-02-01T10:11:12+02:00",
        "2024-02-01 10:11:12 +0000", "2024-02-01 10:11:12 UTC", "2024-02-01-11.57.44.235044",
        "01/02/2024 10:11 PM",
        "01.02.2024, 10:11", "2024-02-01 / 10:11", "20240201101112", "202402011011", "2024-02-01Z",
        "2024-02-01 ", " 2024-02-01",
    ])
    func `many spellings mean the first of February`(text: String) {
        #expect(read(text) == "2024-02-01")
    }

    @Test(arguments: [
        "", "2024", "2024-02", "18.09.", "16.09. 11:32", "32.01.2024", "2024-13-01", "2024-02-30",
        "29.02.2023",
        "1234567", "123456789", "12.50", "1.234.567", "12,50,18", "1.2.3", "abc", "1 Foo 2024",
        "tomorrow",
        "2024-02-01 SHOP", "2024-02-01 CARD 1234 SHOP STREET AND MORE", "01/02/2024/03",
        "1899-12-31",
        "2200-01-01", "00000000", "99999999", "DE02120300000000202051", "10:11:12", "01.02.20245",
        "2024-02-0110", "Mon", "Feb 2024", "--", "01//02//2024//", "2024-02-01x",
    ])
    func `what is no date is none`(text: String) {
        #expect(read(text) == nil)
    }

    @Test(
        arguments: [
            ("03/04/2024", DateOrder.dayMonthYear, "2024-04-03"),
            ("03/04/2024", .monthDayYear, "2024-03-04"),
            ("03/04/24", .monthDayYear, "2024-03-04"), ("24-03-04", .yearMonthDay, "2024-03-04"),
            ("03/04/2024", .yearMonthDay, nil), ("2024-03-04", .monthDayYear, "2024-03-04"),
            ("13/04/2024", .monthDayYear, nil), ("31/12/69", .dayMonthYear, "2069-12-31"),
            ("31/12/70", .dayMonthYear, "1970-12-31"),
        ] as [(String, DateOrder, String?)]
    )
    func `the order decides what numbers mean`(text: String, order: DateOrder, expected: String?) {
        #expect(read(text, order) == expected)
    }

    @Test
    func `every month is known by its name in every language`() {
        let names = [
            [
                "January", "February", "March", "April", "May", "June", "July", "August",
                "September", "October",
                "November", "December",
            ],
            [
                "Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September",
                "Oktober",
                "November", "Dezember",
            ],
            [
                "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août",
                "septembre", "octobre",
                "novembre", "décembre",
            ],
            [
                "januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus",
                "september", "oktober",
                "november", "december",
            ],
            [
                "enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto",
                "septiembre", "octubre",
                "noviembre", "diciembre",
            ],
            [
                "gennaio", "febbraio", "marzo", "aprile", "maggio", "giugno", "luglio", "agosto",
                "settembre",
                "ottobre", "novembre", "dicembre",
            ],
        ]
        for language in names {
            for (index, name) in language.enumerated() {
                let month = index < 9 ? "0\(index + 1)" : "\(index + 1)"
                #expect(read("7 \(name) 2024") == "2024-\(month)-07", "\(name)")
            }
        }
    }
}
