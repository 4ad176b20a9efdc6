import GRDB
import GRDBSQLite
import Ledger

/// A transaction on one SQLite connection.
///
/// Statements are prepared once a connection by GRDB and stepped here directly, because decoding a row through
/// GRDB's own types doubles the cost of a list (docs/performance.md).
final class SQLiteTransaction: SharedTransaction {
    private let database: Database

    /// Versions to tell about once this is committed; a rolled back savepoint takes its own back.
    private(set) var notedVersions: [HouseholdID: Int64] = [:]
    var acts: [@Sendable () -> Void] = []

    init(_ database: Database) {
        self.database = database
    }

    var dialect: SQLDialect { .sqlite }

    func execute(_ sql: SQLText) throws {
        try forEach(sql) { _ in }
    }

    func executeCounting(_ sql: SQLText) throws -> Int {
        try forEach(sql) { _ in }
        return Int(sqlite3_changes(database.sqliteConnection))
    }

    func forEach(_ sql: SQLText, _ read: (inout SQLRow) throws -> Void) throws {
        let statement = try prepare(sql.text)
        defer {
            sqlite3_reset(statement)
            sqlite3_clear_bindings(statement)
        }
        try bind(sql.values, to: statement)
        while true {
            switch sqlite3_step(statement) {
            case SQLITE_ROW:
                var row = SQLRow(.sqlite(statement))
                try read(&row)
            case SQLITE_DONE:
                return
            case let code:
                throw failure(code)
            }
        }
    }

    /// The text is made and looked up once for many pieces: an import writes the same one a thousand times.
    func insert(into: SQLText, rows: [[SQLValue]], suffix: SQLText) throws {
        var rest = rows[...]
        while let width = rest.first?.count {
            let size = InsertSize.rows(of: rest.count, width: width)
            let text: SQLText = "INSERT INTO \(into) VALUES \(rows: rest.prefix(size)) \(suffix)"
            let statement = try prepare(text.text)
            defer { sqlite3_clear_bindings(statement) }
            while rest.count >= size {
                try insert(rest.prefix(size), with: statement, into.values, suffix.values)
                rest = rest.dropFirst(size)
            }
        }
    }

    private func insert(
        _ rows: ArraySlice<[SQLValue]>,
        with statement: OpaquePointer,
        _ before: [SQLValue],
        _ after: [SQLValue]
    ) throws {
        defer { sqlite3_reset(statement) }
        var index: Int32 = 1
        for values in [before] + rows + [after] {
            for value in values {
                try check(Self.bind(value, to: statement, at: index))
                index += 1
            }
        }
        let code = sqlite3_step(statement)
        guard code == SQLITE_DONE else { throw failure(code) }
    }

    private func bind(_ values: [SQLValue], to statement: OpaquePointer) throws {
        for (index, value) in values.enumerated() {
            try check(Self.bind(value, to: statement, at: Int32(index + 1)))
        }
    }

    func noteVersion(_ version: Int64, of household: HouseholdID) {
        notedVersions[household] = version
    }

    /// Runs in a savepoint, so that a failure undoes this alone.
    func inSavepoint<Value>(_ body: () throws -> Value) throws -> Value {
        try execute("SAVEPOINT job")
        let before = notedVersions
        do {
            let value = try body()
            try execute("RELEASE SAVEPOINT job")
            return value
        } catch {
            notedVersions = before
            // Where SQLite has already rolled the whole transaction back, the group notices by itself.
            if isOpen {
                try execute("ROLLBACK TO SAVEPOINT job")
                try execute("RELEASE SAVEPOINT job")
            }
            throw error
        }
    }

    /// False once SQLite has ended the transaction by itself, as it does when the disk is full.
    var isOpen: Bool { sqlite3_get_autocommit(database.sqliteConnection) == 0 }

    private func prepare(_ text: String) throws -> OpaquePointer {
        do {
            return try database.cachedStatement(sql: text).sqliteStatement
        } catch let error as DatabaseError {
            throw StorageError(sqlite: error.extendedResultCode.rawValue, error.message ?? "")
        }
    }

    private func check(_ code: Int32) throws {
        guard code == SQLITE_OK else { throw failure(code) }
    }

    private func failure(_ code: Int32) -> StorageError {
        StorageError(sqlite: code, String(cString: sqlite3_errmsg(database.sqliteConnection)))
    }

    private static func bind(
        _ value: SQLValue,
        to statement: OpaquePointer,
        at index: Int32
    ) -> Int32 {
        switch value {
        case .null:
            return sqlite3_bind_null(statement, index)
        case .integer(let number), .amount(let number):
            return sqlite3_bind_int64(statement, index, number)
        case .boolean(let flag):
            return sqlite3_bind_int64(statement, index, flag ? 1 : 0)
        case .date(let date):
            return sqlite3_bind_int64(statement, index, Int64(date.daysSince1970))
        case .text(var text):
            return text.withUTF8 { bytes in
                bytes.withMemoryRebound(to: CChar.self) {
                    sqlite3_bind_text(
                        statement,
                        index,
                        $0.baseAddress ?? emptyText,
                        Int32($0.count),
                        copied
                    )
                }
            }
        case .uuid(let id):
            var words = (id.high.bigEndian, id.low.bigEndian)
            return sqlite3_bind_blob(statement, index, &words, 16, copied)
        case .bytes(let bytes):
            return bytes.withUnsafeBytes { raw in
                raw.isEmpty
                    ? sqlite3_bind_zeroblob(statement, index, 0)
                    : sqlite3_bind_blob(statement, index, raw.baseAddress, Int32(raw.count), copied)
            }
        }
    }

    /// SQLite's own mark for "copy it now".
    private nonisolated(unsafe) static let copied = unsafeBitCast(
        OpaquePointer(bitPattern: -1),
        to: sqlite3_destructor_type.self
    )

    private nonisolated(unsafe) static let emptyText: UnsafePointer<CChar> = {
        let byte = UnsafeMutablePointer<CChar>.allocate(capacity: 1)
        byte.initialize(to: 0)
        return UnsafePointer(byte)
    }()
}
