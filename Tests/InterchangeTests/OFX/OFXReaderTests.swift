import Interchange
import Ledger
import Testing

struct OFXReaderTests {
    private func transaction(_ fields: String, currency: String = "EUR") throws -> Draft {
        let text = """
            <OFX><BANKMSGSRSV1><STMTTRNRS><STMTRS><CURDEF>\(currency)<BANKTRANLIST>
            <STMTTRN>\(fields)</STMTTRN>
            </BANKTRANLIST></STMTRS></STMTTRNRS></BANKMSGSRSV1></OFX>
            """
        let file = try read(text)
        return try #require(file.drafts.first)
    }

    @Test(
        arguments: [
            ("20240305", "2024-03-05"), ("20240305120000", "2024-03-05"),
            ("20240305120000.000[-5:EST]", "2024-03-05"),
            ("20240305235959[+1:CET]", "2024-03-05"), ("20240305 12:00", "2024-03-05"),
            ("2024-03-05", "2024-03-05"),
            ("20241305", nil), ("20240230", nil), ("0", nil), ("00000000", nil),
            ("03/05/2024", nil), ("soon", nil),
        ] as [(String, String?)]
    )
    func `a date is the day on the bank's calendar`(text: String, day: String?) throws {
        let draft = try transaction("<DTPOSTED>\(text)<TRNAMT>-1.00<NAME>x")

        #expect(draft.row?.date.description == day)
        #expect((draft.problem?.code == .badDate) == (day == nil))
    }

    @Test(
        arguments: [
            ("-12.50", -125_000), ("+12.50", 125_000), ("12,50", 125_000), ("1,234.50", 12_345_000),
            ("1.234,50", 12_345_000), ("-00000000001500.0000", -15_000_000), ("1.234", 12_340),
            ("$5", 50_000),
            ("1,234", nil), ("abc", nil), ("", nil), ("1.23456", nil),
        ] as [(String, Int64?)]
    )
    func `an amount has a dot or a comma`(text: String, amount: Int64?) throws {
        #expect(try transaction("<DTPOSTED>20240305<TRNAMT>\(text)<NAME>x").row?.amount == amount)
    }

    @Test
    func `three decimals after a comma are decimals where the currency has them`() throws {
        let draft = try transaction("<DTPOSTED>20240305<TRNAMT>1,234<NAME>x", currency: "KWD")

        #expect(draft.row?.amount == 12_340)
    }

    @Test(arguments: [
        ("<NAME>Shop<MEMO>Shop", "Shop"), ("<NAME>Shop<MEMO>Card 1", "Shop Card 1"),
        ("<MEMO>Only memo", "Only memo"),
        ("<NAME>SHOP IN THE TOW<MEMO>SHOP IN THE TOWN", "SHOP IN THE TOWN"),
        ("<CHECKNUM>12", "Check 12"),
        ("<TRNTYPE>ATM", "ATM"), ("<PAYEE><NAME>Person</NAME><CITY>Oslo</CITY></PAYEE>", "Person"),
        ("<NAME>A &amp; B", "A & B"), ("<NAME>A & B", "A & B"),
        ("<NAME>Cut<EXTDNAME>Cut off no more", "Cut off no more"),
    ])
    func `the text is put together from what there is`(fields: String, text: String) throws {
        #expect(try transaction("<DTPOSTED>20240305<TRNAMT>1\(fields)").row?.bankText == text)
    }

    @Test
    func `the account beside a transfer does not become its own`() throws {
        let text = """
            <OFX><STMTRS><BANKACCTFROM><ACCTID>MINE</BANKACCTFROM><BANKTRANLIST><STMTTRN><DTPOSTED>20240101
            <TRNAMT>-1<NAME>x<BANKACCTTO><BANKID>9<ACCTID>OTHER</BANKACCTTO></STMTTRN></BANKTRANLIST></STMTRS></OFX>
            """

        let file = try read(text)

        #expect(file.statements.map(\.bankAccount) == ["MINE"])
        #expect(file.rows.count == 1)
    }

    @Test
    func `an entity bomb in OFX is refused`() {
        let text = "OFXHEADER:100\n<!DOCTYPE OFX [<!ENTITY a \"x\">]><OFX>&a;</OFX>"

        #expect(throws: InterchangeError.markup(.doctype(line: 2))) { try read(text) }
    }

    @Test
    func `a draft shows the element that it came from`() throws {
        let draft = "<STMTTRN><DTPOSTED>20240305<TRNAMT>1<NAME>x</STMTTRN>"

        let file = try read("<OFX><STMTRS><BANKTRANLIST>\(draft)</BANKTRANLIST></STMTRS></OFX>")

        #expect(file.rawLine(of: file.drafts[0]) == draft)
    }
}
