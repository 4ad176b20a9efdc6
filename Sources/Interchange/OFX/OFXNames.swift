internal import Ledger

/// The elements of OFX that statements are made of.
enum OFXNames {
    /// What an element is for.
    enum Kind {
        /// Holds text; it never holds elements, even where banks leave it empty and unclosed.
        case field
        /// Holds one account's statement.
        case statement(AccountKind)
        /// Holds one transaction of cash.
        case entry
        /// Begins or ends where the last transaction is over.
        case listEnd
        /// Holds fields of a transaction or statement that mean something else outside it.
        case part
        case other
    }

    static func kind(_ name: String) -> Kind { kinds[name] ?? .other }

    private static let kinds: [String: Kind] = {
        var kinds: [String: Kind] = [
            "STMTRS": .statement(.checking), "CCSTMTRS": .statement(.creditCard),
            "INVSTMTRS": .statement(.investment), "STMTTRN": .entry,
        ]
        for name in trades.keys { kinds[name] = .entry }
        for name in fields { kinds[name] = .field }
        for name in listEnds { kinds[name] = .listEnd }
        for name in parts { kinds[name] = .part }
        return kinds
    }()

    static let accountTypes: [String: AccountKind] = [
        "CHECKING": .checking, "SAVINGS": .savings, "MONEYMRKT": .savings, "CD": .savings,
        "CREDITLINE": .creditCard,
    ]

    /// Which way the cash of an investment transaction goes.
    enum Cash {
        case out, asWritten
    }

    static let trades: [String: Cash] = [
        "BUYDEBT": .out, "BUYMF": .out, "BUYOPT": .out, "BUYOTHER": .out, "BUYSTOCK": .out,
        "INVEXPENSE": .out, "SELLDEBT": .asWritten, "SELLMF": .asWritten, "SELLOPT": .asWritten,
        "SELLOTHER": .asWritten, "SELLSTOCK": .asWritten, "INCOME": .asWritten,
        "MARGININTEREST": .asWritten, "RETOFCAP": .asWritten,
    ]

    /// What a trade without a memo is called.
    static let tradeWords = [
        "BUYDEBT": "Buy", "BUYMF": "Buy", "BUYOPT": "Buy", "BUYOTHER": "Buy", "BUYSTOCK": "Buy",
        "SELLDEBT": "Sell", "SELLMF": "Sell", "SELLOPT": "Sell", "SELLOTHER": "Sell",
        "SELLSTOCK": "Sell",
        "INCOME": "Income", "INVEXPENSE": "Expense", "MARGININTEREST": "Margin interest",
        "RETOFCAP": "Return of capital",
    ]

    private static let listEnds = [
        "BANKTRANLIST", "INVTRANLIST", "LEDGERBAL", "AVAILBAL", "INVBANKTRAN", "INVPOSLIST",
        "INVBAL", "OFX",
        "REINVEST", "TRANSFER", "JRNLFUND", "JRNLSEC", "SPLIT", "CLOSUREOPT",
    ]

    private static let parts = [
        "CURRENCY", "ORIGCURRENCY", "BANKACCTTO", "CCACCTTO", "PAYEE", "SECID", "INVTRAN",
        "IMAGEDATA",
        "BANKACCTFROM", "CCACCTFROM", "INVACCTFROM", "BAL", "MKTGINFO", "BALLIST", "SONRS",
    ]

    private static let fields = [
        "ACCTID", "ACCTKEY", "ACCTTYPE", "BALAMT", "BANKID", "BRANCHID", "CHECKNUM", "CITY", "CODE",
        "COUNTRY", "CURDEF", "CURRATE", "CURSYM", "DTACCTUP", "DTASOF", "DTAVAIL", "DTEND",
        "DTPOSTED",
        "DTPROFUP", "DTSERVER", "DTSETTLE", "DTSTART", "DTTRADE", "DTUSER", "EXTDNAME", "FID",
        "FITID",
        "INTU.BID", "INTU.USERID", "LANGUAGE", "MEMO", "MESSAGE", "NAME", "ORG", "PAYEEID", "PHONE",
        "POSTALCODE", "REFNUM", "SEVERITY", "SIC", "SRVRTID", "STATE", "TOTAL", "TRNAMT", "TRNTYPE",
        "TRNUID", "UNIQUEID", "UNIQUEIDTYPE", "UNITPRICE", "UNITS", "CORRECTFITID", "CORRECTACTION",
        "ADDR1", "ADDR2", "ADDR3", "SUBACCTFUND", "SUBACCTSEC", "INCOMETYPE", "BUYTYPE", "SELLTYPE",
        "COMMISSION", "FEES", "TAXES", "CLTCOOKIE", "AVAILCASH", "MARGINBALANCE", "SHORTBALANCE",
    ]
}
