import HTTPTypes
import Hummingbird
import Ledger
import NIOCore
import Storage

/// The register as a CSV file (RFC 4180), written as it is read.
struct TransactionExport: Sendable {
    let environment: ServerEnvironment
    let member: Member
    let filter: TransactionFilter

    /// How many rows are read and held at a time.
    static let batch = 500

    static let header =
        "date,type,state,account,to_account,category,payee,note,tags,amount,currency,to_amount,to_currency,bank_text,id"

    func response() -> Response {
        var headers: HTTPFields = [:]
        headers[.contentType] = "text/csv; charset=utf-8"
        headers[.contentDisposition] = "attachment; filename=\"martlet-transactions.csv\""
        headers[.cacheControl] = "no-store"
        return Response(
            status: .ok,
            headers: headers,
            body: ResponseBody { writer in
                try await writer.write(ByteBuffer(string: Self.header + "\r\n"))
                var cursor: String?
                repeat {
                    let query = TransactionListQuery(
                        filter: filter,
                        limit: Self.batch,
                        cursor: cursor
                    )
                    let slice = try await environment.readNext(as: member) { transaction in
                        try TransactionListStore(
                            transaction: transaction,
                            household: member.household
                        )
                        .slice(query)
                    }
                    let lines = slice.rows.map(Self.line).joined()
                    try await writer.write(ByteBuffer(string: lines))
                    cursor = slice.nextCursor
                } while cursor != nil
                try await writer.finish(nil)
            }
        )
    }

    static func line(_ view: TransactionView) -> String {
        let splits = view.splits.map { "\($0.categoryName) \($0.amount.decimal)" }.joined(
            separator: "; "
        )
        let cells: [String] = [
            view.date.description, view.type.rawValue, view.state.name, text(view.accountName),
            text(view.toAccountName), text(view.isSplit ? splits : view.categoryName),
            text(view.payee), text(view.note), text(view.tags.joined(separator: "; ")),
            view.signedAmount.decimal, view.signedAmount.currency.code,
            view.toAmount?.decimal ?? "", view.toAmount?.currency.code ?? "", text(view.bankText),
            view.id.description,
        ]
        return cells.joined(separator: ",") + "\r\n"
    }

    /// A text cell, quoted where needed, and never one that a spreadsheet would run: those that begin with
    /// `= + - @`, a tab or a return get an apostrophe before them (OWASP, CSV injection). Amounts stay numbers.
    static func text(_ value: String?) -> String {
        guard let value, let first = value.unicodeScalars.first else { return "" }
        let isFormula = "=+-@\t\r".unicodeScalars.contains(first)
        let safe = isFormula ? "'" + value : value
        guard safe.contains(where: { $0 == "," || $0 == "\"" || $0.isNewline }) || isFormula else {
            return safe
        }
        return "\"" + safe.replacing("\"", with: "\"\"") + "\""
    }
}

extension TransactionListQuery {
    init(filter: TransactionFilter, limit: Int, cursor: String?) {
        self.filter = filter
        self.limit = limit
        self.cursor = cursor
        sort = .newest
        page = nil
    }
}
