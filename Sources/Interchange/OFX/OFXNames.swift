internal import Ledger

/// The elements of OFX that statements are made of.
enum OFXNames {
    /// Elements that hold one account's statement.
    static let statements: [String: AccountKind] = [
        "STMTRS": .checking, "CCSTMTRS": .creditCard, "INVSTMTRS": .investment,
    ]

    static let accountTypes: [String: AccountKind] = [
        "CHECKING": .checking, "SAVINGS": .savings, "MONEYMRKT": .savings, "CD": .savings,
        "CREDITLINE": .creditCard,
    ]

    /// Elements that hold one transaction of cash.
    static func isEntry(_ name: String) -> Bool { name == "STMTTRN" || trades[name] != nil }

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

    /// Elements whose end, or whose start after them, means that the last transaction is over.
    static let listEnds: Set<String> = [
        "BANKTRANLIST", "INVTRANLIST", "LEDGERBAL", "AVAILBAL", "STMTRS", "CCSTMTRS", "INVSTMTRS",
        "INVBANKTRAN", "INVPOSLIST", "INVBAL", "OFX", "REINVEST", "TRANSFER", "JRNLFUND", "JRNLSEC", "SPLIT",
        "CLOSUREOPT",
    ]

    /// Elements inside a transaction that give their fields another meaning.
    static let parts: Set<String> = [
        "CURRENCY", "ORIGCURRENCY", "BANKACCTTO", "CCACCTTO", "PAYEE", "SECID", "INVTRAN", "IMAGEDATA",
    ]

    /// Elements inside a statement that give their fields a meaning.
    static let statementParts: Set<String> = [
        "BANKACCTFROM", "CCACCTFROM", "INVACCTFROM", "LEDGERBAL", "AVAILBAL", "INVBAL", "BAL",
        "MKTGINFO", "BALLIST",
    ]

    /// Fields that some banks leave empty and unclosed; they never hold elements.
    static let fields: Set<String> = [
        "ACCTID", "ACCTKEY", "ACCTTYPE", "BALAMT", "BANKID", "BRANCHID", "CHECKNUM", "CITY", "CODE",
        "COUNTRY", "CURDEF", "CURRATE", "CURSYM", "DTACCTUP", "DTASOF", "DTAVAIL", "DTEND", "DTPOSTED",
        "DTPROFUP", "DTSERVER", "DTSETTLE", "DTSTART", "DTTRADE", "DTUSER", "EXTDNAME", "FID", "FITID",
        "INTU.BID", "INTU.USERID", "LANGUAGE", "MEMO", "MESSAGE", "NAME", "ORG", "PAYEEID", "PHONE",
        "POSTALCODE", "REFNUM", "SEVERITY", "SIC", "SRVRTID", "STATE", "TOTAL", "TRNAMT", "TRNTYPE",
        "TRNUID", "UNIQUEID", "UNIQUEIDTYPE", "UNITPRICE", "UNITS", "CORRECTFITID", "CORRECTACTION",
        "ADDR1", "ADDR2", "ADDR3", "SUBACCTFUND", "SUBACCTSEC", "INCOMETYPE", "BUYTYPE", "SELLTYPE",
        "COMMISSION", "FEES", "TAXES", "CLTCOOKIE", "AVAILCASH", "MARGINBALANCE", "SHORTBALANCE",
    ]
}
