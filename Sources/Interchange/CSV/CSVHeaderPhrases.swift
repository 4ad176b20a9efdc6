/// The phrases of the header words, the surer ones first: each line is one rank lower.
///
/// - Source: exports of banks in English, German, Dutch, French, Spanish, Italian, Portuguese, Polish, Swedish,
///   Danish, Norwegian, Finnish, Czech, Slovak, Hungarian and Chinese.
enum CSVHeaderPhrases {
    static let all: [(role: CSVRole, ranks: [String])] = [
        (
            .date,
            [
                """
                date|dateop|datum|fecha|data|dato|buchungstag|buchungsdatum|buchung|booking date|posting date|\
                posted date|post date|date posted|posted transactions date|date posted transaction|booked|\
                boekdatum|boekingsdatum|date operation|date d operation|date de l operation|\
                date comptabilisation|date de comptabilisation|date comptable|fecha operacion|\
                fecha de operacion|fecha contable|fecha movimiento|f operacion|data operazione|\
                data contabile|data registrazione|data movimento|data mov|data lancamento|\
                data de lancamento|data operacji|data ksiegowania|data transakcji|bokforingsdag|\
                bokforingsdatum|bokfort|bokforingsdato|bogfort|bogforingsdato|bokfort dato|utfort dato|\
                datum zauctovani|datum uctovania|datum provedeni|kirjauspaiva|kirjauspaivamaara|\
                konyveles datuma|konyvelesi datum|交易时间|交易日期|日期|记账日期|buchungszeit
                """,
                """
                transaction date|trans date|transactiondate|txn date|tran date|date of transaction|\
                date transaction|transaktionsdatum|transactiedatum|transaktionsdato|date completed|\
                completed date|date utc|transaction date utc|datum transakce|datum transakcie|tranzakcio datuma|\
                umsatzdatum|umsatztag|umsatzzeit|belegdatum|kaufdatum|einkaufsdatum|fecha de la transaccion|\
                fecha transaccion|data transazione|journaldate|journal date|trade date|transaction posted date|\
                datum a cas|datum odepsani|datum pohybu|date effective|effective date|activity date|\
                created on|created|created at|finished on|transaction time|created utc
                """,
                "jv date|day|time|timestamp|date time|datetime|maksupaiva|rentedatum transactie",
            ]
        ),
        (
            .valueDate,
            [
                """
                value date|started date|date started|dateval|valutadatum|valuta datum|wertstellung|wertstellungstag|valutierung|wert|valutatag|\
                date valeur|date de valeur|fecha valor|fecha de valor|f valor|data valuta|data valor|\
                data waluty|rentedatum|rente datum|valutadag|valutadato|rentedato|rantadag|arvopaiva|\
                datum valuty|erteknap|valeur|valor|data di valuta|interest date|valuta dato|valutadate
                """
            ]
        ),
        (
            .amount,
            [
                """
                amount|betrag|umsatz|bedrag|montant|importe|importo|valor r|montante|quantia|kwota|belopp|belob|\
                belop|castka|suma|ciastka|maara|osszeg|sum|amt|transaction amount|buchungsbetrag|betrag eur|\
                net amount|amount gbp|amount usd|amount eur|kwota operacji|kwota transakcji|importe eur|\
                umsatz in eur|amount in account currency|montant eur|kwota w walucie rachunku|billing amount|\
                billing gross amt|total amount|amount in gbp|金额|交易金额|amount paid|objem|castka transakce|\
                importe operacion|bedrag eur|osszege
                """,
                """
                total|value|net|netto|net value|netamount|sum total|volumen|money|jv value|wartosc|valore|\
                valeur eur|price|zahlung|importe total
                """,
                "gross|brutto|gross amount|gross amt",
            ]
        ),
        (
            .debit,
            [
                """
                debit|debits|debit amount|withdrawal|withdrawals|withdrawal amount|outflow|paid out|money out|\
                payments out|soll|belastung|lastschrift|ausgang|ausgaben|ausgabe|abgang|af|afschrijving|debet|\
                uitgaven|cargo|cargos|debe|gasto|gastos|egreso|egresos|dare|uscite|uscita|addebiti|addebito|\
                debito|debitos|saida|saidas|obciazenia|obciazenie|wydatki|uttag|ut|ut fra konto|ut fran konto|\
                ut av konto|ud|haevet|vydaje|vydaj|debetní|spent|payment|payments|retrait|retraits|depense|\
                depenses|terheles|kiadas|amount debit|debit eur|dr amount|withdraw|charges|expense|expenses|\
                montant debit|importo dare|belastungsbetrag|belastung chf|debit chf|otto
                """
            ]
        ),
        (
            .credit,
            [
                """
                credit|credits|credit amount|deposit|deposits|deposit amount|inflow|paid in|money in|payments in|\
                haben|gutschrift|gutschriften|eingang|einnahmen|einnahme|zugang|bij|bijschrijving|inkomsten|\
                abono|abonos|haber|ingreso|ingresos|avere|entrate|entrata|accrediti|accredito|credito|creditos|\
                entrada|entradas|uznania|uznanie|wplywy|insattning|inn|inn pa konto|in pa konto|inn til konto|\
                ind|indsat|prijmy|prijem|received|versement|depot|recette|recettes|jovairas|bevetel|\
                amount credit|credit eur|cr amount|receipts|income|montant credit|importo avere|\
                gutschriftsbetrag|gutschrift chf|credit chf|pano
                """
            ]
        ),
        (
            .direction,
            [
                """
                af bij|bij af|debit credit|credit debit|dr cr|cr dr|d c|c d|s h|soll haben|haben soll|\
                credit debit indicator|debit credit indicator|cdflag|cd flag|indicator|sens|dc|crdr|drcr|sign|\
                debet credit|debit or credit|credit or debit|dare avere|debe haber|direction|in out|\
                debit credit code|debet kredit|k d|af of bij|transaction type|收 支|收支|交易类型|d k|\
                kredit debet|debetskod|smer|strana|sollhaben kennzeichen|soll haben kennzeichen|\
                inflow outflow|credit or debit indicator
                """,
                "type|vorzeichen|signo|segno|art|typ|flag|debit credit flag",
            ]
        ),
        (.fee, ["fee|fees|gebuhr|gebuhren|gebuehr|commission|frais|commissione|oplata|poplatek"]),
        (
            .currency,
            [
                """
                currency|ccy|wahrung|waehrung|munt|valuta|devise|moneda|divisa|moeda|waluta|mena|curr|\
                currency code|valutakode|valuutta|deviza|devizanem|monnaie|account currency|billing cur code|\
                billing currency|transaction currency|kontowahrung|币种
                """
            ]
        ),
        (
            .balance,
            [
                """
                balance|bal|running bal|accountbalance|saldo|solde|kontostand|running balance|runningbalance|account balance|saldo na trn|\
                saldo po operacji|saldo despues|saldo nach buchung|balance after|saldo na mutatie|zustatek|\
                zostatok|saldo contabile|saldo disponible|saldo disponivel|available balance|\
                bokfort saldo|bokfort balanse|saldo eur|balance eur|balance gbp|egyenleg|余额|saldo konta|\
                closing balance|ledger balance|balance amount|saldo chf|saldo final|bogfort saldo|tilgaengelig saldo
                """
            ]
        ),
        (
            .payee,
            [
                """
                payee|supplierfound|merchant|merchant name|name|naam|naam tegenpartij|counterparty|counterparty name|\
                counter party|empfanger|empfaenger|zahlungsempfanger|zahlungsempfaenger|\
                zahlungsempfanger in|beguenstigter zahlungspflichtiger|begunstigter zahlungspflichtiger|\
                auftraggeber empfanger|auftraggeber empfaenger|auftraggeber begunstigter|begunstigter|\
                auftraggeber beguenstigter|beguenstigter|partnername|partner name|handler|haendler|name description|\
                naam omschrijving|nom|beneficiary|beneficiaire|beneficiario|beneficiary name|destinatario|\
                tiers|nadawca odbiorca|odbiorca|kontrahent|dane kontrahenta|tytul kontrahenta|mottaker|modtager|\
                mottagare|motpart|protistrana|nazev protistrany|nazev protiuctu|prijemce|protiucet nazev|\
                nazov protistrany|saaja maksaja|saaja|recipient|to|paid to|other party|target name|\
                name zahlungsbeteiligter|zahlungsbeteiligter|partner|kedvezmenyezett|商户名称|交易对方|\
                description merchant|store|vendor|creditor|supplier|empfanger name|creditor name|butik|\
                opposing name|title of counterparty|nadawca odbiorca nazwa|razon social|wie|kde|concepto destinatario|\
                name empfanger auftraggeber|empfanger auftraggeber|empfaenger auftraggeber
                """,
                "destination name|title|titre|titel|rubrik|from to",
            ]
        ),
        (
            .payer,
            [
                """
                auftraggeber|zahlungspflichtiger|zahlungspflichtige r|payer|ordering party|payer name|ordenante|\
                ordinante|donneur d ordre|nadawca|odesilatel|platce|avsender|afsender|debtor|debtor name|from|\
                source name|maksaja|payer beneficiary
                """
            ]
        ),
        (
            .text,
            [
                """
                description|verwendungszweck|buchungstext|umsatztext|memo|details|omschrijving|mededelingen|\
                libelle|label|concepto|descripcion|descrizione|descricao|historico|tytul|tytul operacji|\
                opis operacji|opis transakcji|opis|text|tekst|beskrivelse|beskrivning|forklaring|\
                popis|zprava pro prijemce|poznamka|sprava pre prijemcu|viesti|selite|kozlemeny|megjegyzes|\
                narrative|particulars|transaction description|transaction details|reference text|\
                causale|descrizione operazione|nature|libelle operation|detail|remittance information|\
                zahlungsgrund|zweck|purpose|payment reference|message|meddelande|melding|note|notes|\
                umschreibung|omschrijving 1|omschrijving 2|omschrijving 3|communication|mededeling|\
                communications|information|avisierungstext|items|zahlungsreferenz|betreff|\
                original description|statement description|remarks|comment|komentar|observaciones|motivo|\
                beschreibung|transaktion|tapahtumalaji|kuvaus|交易说明|商品说明|备注|商品|transaction remarks|\
                transaktionstext|specifikation|narration|beschreibung1|beschreibung2|beschreibung3|\
                vorgang verwendungszweck|bookingtext|concepto ampliado|movimiento|concept|informace k platbe
                """,
                """
                reference|referenz|referentie|transaktionstyp|transaction type text|umsatzart|vorgang|mutatiesoort|\
                code text|referencia|customer reference|kundenreferenz|variabilni symbol|vs|vwz1|vwz2|vwz3|vwz4|\
                vwz5|vwz6|vwz7|vwz8|vwz9|vwz10|vwz11|vwz12|vwz13|vwz14|checknumber|check number|cheque number|\
                location|address
                """,
            ]
        ),
        // Only ids that a bank gives once: a reference may come back with next month's rent.
        (
            .bankID,
            [
                """
                transaction id|transactionid|txn id|fitid|volgnr|volgnummer|archivierungsreferenz|\
                id transakcji|id operacji|id transakce|id pohybu|id operace|transaktions id|transaktionsid|\
                arkivointitunnus|id transaccion|id transazione|unique id|交易单号|交易订单号
                """
            ]
        ),
        (
            .status,
            [
                """
                status|state|estado|stato|statut|stav|tila|stan|transaction status|buchungsstatus|交易状态|当前状态
                """
            ]
        ),
        (
            .category,
            [
                """
                category|kategorie|categorie|categoria|kategoria|kategori|category name|transaction category|\
                交易分类|分类|子类别|sub category|spending category|account description
                """
            ]
        ),
        (
            .account,
            [
                """
                auftragskonto|iban bban|iban auftraggeberkonto|auftraggeberkonto|account name|account|accountnum|rekening|\
                posted account|account number|accountname|konto|kontonummer|rekeningnummer|compte|numero de compte|\
                cuenta|numero cuenta|conto|rachunek|numer rachunku|cislo uctu|nazev uctu|kontonavn|own account|\
                iban kontoinhaber|rekening nummer|mijn rekening|账户|card number|card no|kartennummer|card|\
                konto nr|iban rekening|bezeichnung auftragskonto|account no|iban
                """
            ]
        ),
    ]
}
