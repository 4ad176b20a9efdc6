import Interchange
import Ledger

/// A person's corrections to a preview.
package struct ImportPatch: RequestFields {
    let account: AccountID?
    let statementAccounts: [StatementAccount]?
    let mapping: MappingPatch?
    let rows: [RowPatch]?
    let categorise: [PayeeCategory]?

    /// Four fields each stay below what a body may hold.
    static let rowLimit = 2_000

    package init(_ fields: inout FieldReader) {
        account = fields.ifPresent("account_id", .id())
        statementAccounts = fields.ifPresent("statement_accounts", .list(.object(), 0...100))
        mapping = fields.ifPresent("mapping", .object())
        rows = fields.ifPresent("rows", .list(.object(), 0...Self.rowLimit))
        categorise = fields.ifPresent("categorise", .list(.object(), 0...1_000))
    }

    struct StatementAccount: RequestFields {
        let index: Int
        let account: AccountID

        init(_ fields: inout FieldReader) {
            index = fields.required("index", .integer(0...1_000))
            account = fields.required("account_id", .id())
        }
    }

    struct MappingPatch: RequestFields {
        let delimiter: CSVDelimiter?
        let encoding: TextEncoding?
        let headerRow: Patch<Int>
        let firstRow: Int?
        let columns: [Column]?
        let dateOrder: DateOrder?
        let decimal: DecimalMark?
        let negate: Bool?

        init(_ fields: inout FieldReader) {
            delimiter = fields.ifPresent("delimiter", .choice())
            encoding = fields.ifPresent("encoding", .choice())
            headerRow = fields.patch("header_row", .integer(0...1_000_000))
            firstRow = fields.ifPresent("first_row", .integer(1...1_000_000))
            columns = fields.ifPresent("columns", .list(.object(), 0...500))
            dateOrder = fields.ifPresent("date_order", .choice())
            decimal = fields.ifPresent("decimal", .choice())
            negate = fields.ifPresent("negate", .boolean)
        }
    }

    struct Column: RequestFields {
        let index: Int
        let role: CSVRole

        init(_ fields: inout FieldReader) {
            index = fields.required("index", .integer(0...1_000))
            role = fields.required("role", .choice())
        }
    }

    struct RowPatch: RequestFields {
        let number: Int
        let included: Bool?
        let category: Patch<AccountID>
        let payee: Patch<String>

        init(_ fields: inout FieldReader) {
            number = fields.required("number", .integer(1...10_000_000))
            included = fields.ifPresent("included", .boolean)
            category = fields.patch("category_id", .id())
            payee = fields.patch("payee", .text(1...TransactionLimits.payee))
        }
    }

    struct PayeeCategory: RequestFields {
        let payee: String
        let category: AccountID

        init(_ fields: inout FieldReader) {
            payee = fields.required("payee", .text(1...TransactionLimits.payee))
            category = fields.required("category_id", .id())
        }
    }

    func apply(to decisions: inout ImportDecisions) throws {
        if let account { decisions.accounts[0] = account.description }
        for choice in statementAccounts ?? [] {
            decisions.accounts[choice.index] = choice.account.description
        }
        mapping?.apply(to: &decisions.overrides)
        for patch in rows ?? [] {
            var row = decisions.rows[patch.number] ?? .init()
            if let included = patch.included { row.included = included }
            row.category =
                patch.category.applied(to: row.category.flatMap { AccountID($0) })?.description
            row.payee = patch.payee.applied(to: row.payee)
            decisions.rows[patch.number] = row
        }
        for choice in categorise ?? [] {
            decisions.categories[PayeeName.folded(choice.payee)] = choice.category.description
        }
    }
}

extension ImportPatch.MappingPatch {
    fileprivate func apply(to overrides: inout CSVOverrides) {
        if let delimiter { overrides.delimiter = delimiter }
        if let encoding { overrides.encoding = encoding }
        switch headerRow {
        case .absent: break
        case .clear: overrides.headerRow = 0
        case .value(let row): overrides.headerRow = row
        }
        if let firstRow { overrides.firstRow = firstRow }
        for column in columns ?? [] {
            overrides.columns.removeAll { $0.index == column.index }
            overrides.columns.append(.init(index: column.index, role: column.role))
        }
        if let dateOrder { overrides.dateOrder = dateOrder }
        if let decimal { overrides.decimal = decimal }
        if let negate { overrides.negate = negate }
    }
}

/// Which rows of a preview are asked for.
package struct ImportRowsQuery: RequestFields {
    let state: ImportPreview.State?
    let limit: Int
    let page: Int

    package init(_ fields: inout FieldReader) {
        state = fields.optional("state", .choice())
        limit = fields.optional("limit", .integer(1...500)) ?? 100
        page = fields.optional("page", .integer(1...1_000_000)) ?? 1
    }
}
