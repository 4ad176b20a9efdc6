import Interchange
import Ledger
import Testing

struct CSVColumnTests {
    /// Column names of one bank with the roles of each column.
    @Test(arguments: [
        ("Date|Description|Amount|Balance", "date|text|amount|balance"),
        ("Buchungstag|Verwendungszweck|Betrag|Saldo", "date|text|amount|balance"),
        ("Datum|Omschrijving|Bedrag|Saldo", "date|text|amount|balance"),
        ("Date opération|Libellé|Montant|Solde", "date|text|amount|balance"),
        ("Fecha operación|Concepto|Importe|Saldo", "date|text|amount|balance"),
        ("Data contabile|Descrizione|Importo|Saldo", "date|text|amount|balance"),
        ("Data lançamento|Descrição|Valor|Saldo", "date|text|amount|balance"),
        ("Data operacji|Opis transakcji|Kwota|Saldo po operacji", "date|text|amount|balance"),
        ("Bokföringsdag|Beskrivning|Belopp|Saldo", "date|text|amount|balance"),
        ("Dato|Tekst|Beløb|Saldo", "date|text|amount|balance"),
        ("Bokført dato|Forklaring|Beløp|Saldo", "date|text|amount|balance"),
        ("Datum zaúčtování|Poznámka|Částka|Zůstatek", "date|text|amount|balance"),
        ("Könyvelés dátuma|Közlemény|Összeg|Egyenleg", "date|text|amount|balance"),
        ("Kirjauspäivä|Selite|Määrä|Saldo", "date|text|amount|balance"),
        ("交易日期|备注|金额|余额", "date|text|amount|balance"),
    ])
    func `the words of a language are known`(names: String, roles: String) throws {
        let row = "2024-01-05|Tea|-1.50|98.50\n2024-01-06|Milk|-2.50|96.00\n"

        let file = try read(names + "\n" + row)

        #expect(file.mapping?.columns.map(\.role.rawValue).joined(separator: "|") == roles)
        #expect(file.amounts == ["-1.50", "-2.50"])
    }

    @Test(arguments: [
        ("Debit|Credit", "-1.50"), ("Soll|Haben", "-1.50"), ("Af|Bij", "-1.50"),
        ("Débit|Crédit", "-1.50"),
        ("Cargo|Abono", "-1.50"), ("Debe|Haber", "-1.50"), ("Dare|Avere", "-1.50"),
        ("Uscite|Entrate", "-1.50"), ("Belastung|Gutschrift", "-1.50"),
        ("Paid out|Paid in", "-1.50"),
        ("Money Out|Money In", "-1.50"), ("Withdrawal|Deposit", "-1.50"),
        ("Outflow|Inflow", "-1.50"),
        ("Obciążenia|Uznania", "-1.50"), ("Uttag|Insättning", "-1.50"), ("Ut|Inn", "-1.50"),
        ("Výdaje|Příjmy", "-1.50"), ("Saída|Entrada", "-1.50"), ("Credit|Debit", "1.50"),
    ])
    func `a pair of columns says which way money went`(names: String, first: String) throws {
        let file = try read("Date|Text|\(names)\n2024-01-05|Tea|1.50|\n2024-01-06|Pay||20.00\n")

        #expect(file.amounts.first == first)
        #expect(file.amounts.count == 2)
        #expect(file.sum == (first == "-1.50" ? 185_000 : -185_000))
    }

    @Test(arguments: [
        ("D", "C"), ("DR", "CR"), ("Debit", "Credit"), ("S", "H"), ("Soll", "Haben"), ("Af", "Bij"),
        ("-", "+"), ("O", "I"), ("D", "K"), ("D", "H"), ("DBIT", "CRDT"),
        ("Lastschrift", "Gutschrift"),
        ("Uscita", "Entrata"), ("Debet", "Kredit"), ("OUT", "IN"), ("支出", "收入"), ("E", "I"),
        ("D", "A"),
    ])
    func `a column of words says which way money went`(out: String, into: String) throws {
        let rows =
            "2024-01-05|Tea|1.50|\(out)\n2024-01-06|Pay|20.00|\(into)\n2024-01-07|Jam|2.00|\(out)\n"

        let named = try read("Date|Text|Amount|Debit/Credit\n" + rows)
        let headerless = try read(rows)

        #expect(named.amounts == ["-1.50", "20.00", "-2.00"])
        #expect(headerless.amounts == named.amounts)
    }

    @Test
    func `words beside signed amounts change nothing, unless all contradict`() throws {
        let agreeing = try read(
            "Date,Type,Text,Amount\n2024-01-05,Debit,a,-1.00\n2024-01-06,Credit,b,2.00\n"
        )
        #expect(agreeing.amounts == ["-1.00", "2.00"])

        let card = try read(
            "Date,Text,Type,Amount\n2024-01-05,a,Purchase,1.00\n2024-01-06,b,Payment,-9.00\n"
                + "2024-01-07,c,Purchase,3.00\n"
        )
        #expect(card.amounts == ["-1.00", "9.00", "-3.00"])
        #expect(card.mapping?.negate == true)
    }

    @Test
    func `amounts of one sign without a direction are asked about`() throws {
        let file = try read("Date,Description,Amount\n2024-01-15,a,1.00\n2024-01-16,b,2.00\n")

        #expect(file.questions == [.sign])
    }

    @Test
    func `words that say nothing are asked about and leave the amount as it stands`() throws {
        let rows = (10...19).map { "2024-01-\($0),x,1.00,D\n" }.joined()

        let file = try read(
            "Date,Text,Amount,Dr/Cr\n\(rows)2024-01-20,y,5.00,C\n2024-01-21,z,7.00,?!x\n"
        )

        #expect(file.questions.contains(.direction(words: ["x"])))
        #expect(file.amounts.last == "7.00")
        #expect(file.amounts.first == "-1.00")
    }

    @Test
    func `the amount in the account's currency is read, not the one abroad`() throws {
        let file = try read(
            """
            Date,Merchant,Original Amount,Original Currency,Exchange Rate,Amount (EUR)
            2024-01-15,Shop,-10.00,USD,0.9,-9.00
            2024-01-16,Shop,-20.00,USD,0.9,-18.00
            """
        )

        #expect(file.amounts == ["-9.00", "-18.00"])
        #expect(file.rows.allSatisfy { $0.currency?.code == "EUR" })
    }

    @Test
    func `an id that comes twice is no id`() throws {
        let unique = try read(
            "Date,Transaction ID,Amount\n2024-01-15,A,-1.00\n2024-01-16,B,-1.00\n"
        )
        #expect(unique.rows.map(\.bankID) == ["A", "B"])

        let repeated = try read(
            "Date,Transaction ID,Amount\n2024-01-15,A,-1.00\n2024-01-16,A,-1.00\n"
        )
        #expect(repeated.rows.map(\.bankID) == [nil, nil])
    }

    @Test
    func `what was declined is a problem, not a transaction`() throws {
        let file = try read(
            "Date,Description,Amount,State\n2024-01-15,a,-1.00,COMPLETED\n2024-01-16,b,-2.00,DECLINED\n"
        )

        #expect(file.amounts == ["-1.00"])
        #expect(file.problems.map(\.code) == [.notBooked])
    }

    @Test
    func `a row without its date takes the other date`() throws {
        let file = try read(
            "Started Date,Completed Date,Description,Amount\n2024-01-15,2024-01-16,a,-1.00\n2024-01-17,,b,-2.00\n"
        )

        #expect(file.dates == ["2024-01-16", "2024-01-17"])
    }

    @Test(arguments: [("asc", "2024-01-16", "97.00"), ("desc", "2024-01-16", "97.00")])
    func `the closing balance is that of the last day, whichever way the rows are sorted`(
        order: String,
        day: String,
        balance: String
    ) throws {
        var rows = ["2024-01-15,a,-1.00,99.00", "2024-01-16,b,-2.00,97.00"]
        if order == "desc" { rows.reverse() }

        let file = try read("Date,Description,Amount,Balance\n" + rows.joined(separator: "\n"))

        #expect(file.statements[0].ledgerBalance == 970_000)
        #expect(file.statements[0].ledgerBalanceDate?.description == day)
    }

    @Test
    func `on one day the chain of balances tells the order`() throws {
        let down = "2024-01-15,b,-2.00,97.00\n2024-01-15,a,-1.00,99.00\n"

        #expect(
            try read("Date,Text,Amount,Balance\n" + down).statements[0].ledgerBalance == 970_000
        )
    }
}
