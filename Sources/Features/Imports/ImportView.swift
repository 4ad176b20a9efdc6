import Interchange
import Ledger
import Storage

/// An import as it is answered.
package struct ImportView: Sendable {
    let batch: ImportBatch
    let state: ImportBatch.State
    let done: Int
    let total: Int

    private var report: ImportReport { batch.report }

    package static let shape = Shape<ImportView>("Import") { shape in
        shape.id("id", \.batch.id)
        shape.idOrNil("account_id") { $0.batch.decisions.account(of: 0) }
        shape.text("file_name", \.batch.fileName)
        shape.textOrNil("format", \.report.format)
        shape.textOrNil("encoding", \.report.encoding)
        shape.choice("state", \.state)
        shape.object("progress", progressShape) { $0 }
        shape.integer("rows") { Int64($0.report.rows) }
        shape.integer("new") { Int64($0.report.new) }
        shape.integer("duplicates") { Int64($0.report.duplicates) }
        shape.integer("problems") { Int64($0.report.problems) }
        shape.integer("skipped") { Int64($0.report.skipped) }
        shape.objectOrNil("period", periodShape, \.report.period)
        shape.objectOrNil("totals", totalsShape, \.report.totals)
        shape.objectOrNil("mapping", mappingShape, \.report.mapping)
        shape.list("questions", questionShape, \.report.questions)
        shape.list("statements", statementShape, \.report.statements)
        shape.integer("transfers_linked") { Int64($0.report.transfersLinked) }
        shape.textOrNil("error", \.batch.error)
        shape.instantOrNil("committed_at", \.batch.committedAt)
        shape.instantOrNil("undone_at", \.batch.undoneAt)
        shape.instant("created_at", \.batch.createdAt)
        shape.integer("version", \.batch.version)
    }

    private static let progressShape = Shape<ImportView>("ImportProgress") { shape in
        shape.integer("done") { Int64($0.done) }
        shape.integer("total") { Int64($0.total) }
    }

    private static let periodShape = Shape<DateSpan>("ImportPeriod") { shape in
        shape.date("from", \.first)
        shape.date("to", \.last)
    }

    private static let totalsShape = Shape<ImportReport.Totals>("ImportTotals") { shape in
        shape.member("income", .amount(acceptsNumber: false)) {
            $1.amount($0.income, in: $0.currency)
        }
        shape.member("expenses", .amount(acceptsNumber: false)) {
            $1.amount($0.expenses, in: $0.currency)
        }
        shape.member("net", .amount(acceptsNumber: false)) {
            $1.amount($0.income - $0.expenses, in: $0.currency)
        }
        shape.text("currency", \.currency)
    }

    private static let questionShape = Shape<ImportReport.Question>("ImportQuestion") { shape in
        shape.text("code", \.code)
        shape.text("message", \.message)
        shape.texts("choices", \.choices)
    }

    private static let statementShape = Shape<ImportReport.StatementReport>("ImportStatement") {
        shape in
        shape.integer("index") { Int64($0.index) }
        shape.textOrNil("bank_account", \.bankAccount)
        shape.textOrNil("kind", \.kind)
        shape.textOrNil("currency", \.currency)
        shape.integer("rows") { Int64($0.rows) }
        shape.idOrNil("account_id") { $0.account.flatMap { AccountID($0) } }
        shape.member("ledger_balance", .nullable(.amount(acceptsNumber: false))) {
            statement,
            writer in
            writer.amountOrNull(statement.ledgerBalance, in: statement.currency)
        }
        shape.dateOrNil("ledger_balance_date") {
            $0.ledgerBalanceDay.flatMap { LocalDate(daysSince1970: $0) }
        }
        shape.member("our_balance_after", .nullable(.amount(acceptsNumber: false))) {
            statement,
            writer in
            writer.amountOrNull(statement.ourBalanceAfter, in: statement.currency)
        }
    }

    private static let mappingShape = Shape<CSVMapping>("ImportMapping") { shape in
        shape.text("delimiter") { $0.delimiter.rawValue }
        shape.text("encoding", \.encoding.rawValue)
        shape.integerOrNil("header_row") { $0.headerRow.map(Int64.init) }
        shape.integer("first_row") { Int64($0.firstRow) }
        shape.list("columns", columnShape, \.columns)
        shape.choice("date_order", \.dateOrder)
        shape.choice("decimal", \.decimal)
        shape.boolean("negate", \.negate)
    }

    private static let columnShape = Shape<CSVColumn>("ImportColumn") { shape in
        shape.integer("index") { Int64($0.index) }
        shape.textOrNil("header", \.header)
        shape.choice("role", \.role)
        shape.texts("samples", \.samples)
    }
}

extension JSONWriter {
    fileprivate mutating func amount(_ tenThousandths: Int64, in code: String?) {
        let digits = code.flatMap { Currency(code: $0) }?.minorDigits ?? 2
        string(Decimal4.text(tenThousandths, minorDigits: digits))
    }

    fileprivate mutating func amountOrNull(_ tenThousandths: Int64?, in code: String?) {
        if let tenThousandths { amount(tenThousandths, in: code) } else { null() }
    }
}

/// A row of a file as it is answered.
struct ImportRowView: Sendable {
    let row: ImportPreview.Row
    let raw: String
    let categoryName: String?

    static let shape = Shape<ImportRowView>("ImportRow") { shape in
        shape.integer("number") { Int64($0.row.draft.number) }
        shape.integer("line") { Int64($0.row.draft.line) }
        shape.integer("statement") { Int64($0.row.draft.statement) }
        shape.choice("state", \.row.state)
        shape.textOrNil("reason", \.row.reason?.message)
        shape.textOrNil("reason_code", \.row.reason?.code)
        shape.text("raw", \.raw)
        shape.dateOrNil("date", \.row.draft.row?.date)
        shape.member("amount", .nullable(.amount(acceptsNumber: false))) { view, writer in
            writer.amountOrNull(view.row.draft.row?.amount, in: view.row.currency?.code)
        }
        shape.currencyOrNil("currency", \.row.currency)
        shape.textOrNil("payee") { $0.row.payee.isEmpty ? nil : $0.row.payee }
        shape.textOrNil("bank_text", \.row.draft.row?.bankText)
        shape.textOrNil("bank_id", \.row.draft.row?.bankID)
        shape.idOrNil("category_id", \.row.category)
        shape.textOrNil("category_name", \.categoryName)
        shape.boolean("included") { $0.row.state == .new }
        shape.idOrNil("duplicate_of", \.row.twin)
    }
}
