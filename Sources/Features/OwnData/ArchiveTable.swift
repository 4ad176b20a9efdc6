/// One kind of thing in an archive, read a page at a time.
struct ArchiveTable<Row: Sendable>: Sendable {
    /// The name of its files, without an ending.
    let name: String
    let shape: Shape<Row>
    /// The page behind a cursor; the first is behind none.
    let page: @Sendable (_ cursor: String?) async throws -> ArchivePage<Row>

    init(
        _ name: String,
        _ shape: Shape<Row>,
        page: @escaping @Sendable (_ cursor: String?) async throws -> ArchivePage<Row>
    ) {
        self.name = name
        self.shape = shape
        self.page = page
    }

    /// A table that is one page.
    init(
        _ name: String,
        _ shape: Shape<Row>,
        all: @escaping @Sendable () async throws -> [Row]
    ) {
        self.init(name, shape) { _ in ArchivePage(rows: try await all(), next: nil) }
    }
}

/// Some rows, and where the next begin.
struct ArchivePage<Row: Sendable>: Sendable {
    let rows: [Row]
    let next: String?

    init(rows: [Row], next: String?) {
        self.rows = rows
        self.next = next
    }

    /// - Parameter limit: a page that is full may be followed by another.
    init(_ rows: [Row], limit: Int, cursor: (Row) -> String) {
        self.rows = rows
        next = rows.count < limit ? nil : rows.last.map(cursor)
    }
}

/// A table as lines of CSV: a column for each member of its shape.
struct ArchiveCSV<Row: Sendable> {
    private let columns: [SchemaField]
    private let shape: Shape<Row>

    init(_ shape: Shape<Row>) {
        self.shape = shape
        if case .object(let fields, _) = shape.schema { columns = fields } else { columns = [] }
    }

    var header: String { columns.map(\.name).joined(separator: ",") + "\r\n" }

    func line(_ row: Row) throws -> String {
        let value = try JSONReader.read(shape.bytes(row), keyLimit: .max)
        let cells = columns.map { Self.cell(value[$0.name] ?? .null, $0.schema) }
        return cells.joined(separator: ",") + "\r\n"
    }

    /// Amounts stay numbers, text never becomes a formula, and what has parts is JSON in its cell.
    static func cell(_ value: JSONValue, _ schema: Schema) -> String {
        switch value {
        case .null: return ""
        case .boolean(let flag): return flag ? "true" : "false"
        case .number(let text): return text
        case .string(let text): return isAmount(schema) ? text : TransactionExport.text(text)
        case .array, .object:
            var writer = JSONWriter()
            writer.value(value)
            return TransactionExport.text(String(decoding: writer.bytes, as: UTF8.self))
        }
    }

    private static func isAmount(_ schema: Schema) -> Bool {
        switch schema {
        case .amount: true
        case .nullable(let inner): isAmount(inner)
        default: false
        }
    }
}
