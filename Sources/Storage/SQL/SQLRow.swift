import CLibPQ
import GRDBSQLite
package import Ledger

/// A row of an answer, read from its first column to its last.
///
/// Each getter takes the next column, so a row is read in the order in which it was selected. It is valid
/// only inside the closure that it was given to.
package struct SQLRow {
    let backing: Backing
    private var column: Int32 = 0

    enum Backing {
        case sqlite(OpaquePointer)
        case postgres(OpaquePointer, row: Int32)
    }

    init(_ backing: Backing) {
        self.backing = backing
    }

    private mutating func next() -> Int32 {
        defer { column += 1 }
        return column
    }

    private func isNull(at index: Int32) -> Bool {
        switch backing {
        case .sqlite(let statement): sqlite3_column_type(statement, index) == SQLITE_NULL
        case .postgres(let result, let row): PQgetisnull(result, row, index) == 1
        }
    }

    private mutating func optional<Value>(
        _ read: (inout SQLRow) throws -> Value
    ) rethrows -> Value? {
        guard isNull(at: column) else { return try read(&self) }
        column += 1
        return nil
    }

    private func required(_ index: Int32) throws(StorageError) {
        if isNull(at: index) { throw .unexpectedNull(column: Int(index)) }
    }
}

// MARK: What a column can be

extension SQLRow {
    package mutating func integer() throws -> Int64 {
        let index = next()
        try required(index)
        switch backing {
        case .sqlite(let statement):
            return sqlite3_column_int64(statement, index)
        case .postgres(let result, let row):
            return try PostgresBinary.integer(result, row, index)
        }
    }

    package mutating func integerOrNil() throws -> Int64? {
        try optional { try $0.integer() }
    }

    package mutating func int() throws -> Int { Int(try integer()) }

    package mutating func boolean() throws -> Bool {
        let index = next()
        try required(index)
        switch backing {
        case .sqlite(let statement):
            return sqlite3_column_int64(statement, index) != 0
        case .postgres(let result, let row):
            return try PostgresBinary.boolean(result, row, index)
        }
    }

    package mutating func booleanOrNil() throws -> Bool? {
        try optional { try $0.boolean() }
    }

    /// Ten-thousandths of a currency's unit.
    package mutating func amount() throws -> Int64 {
        let index = next()
        try required(index)
        switch backing {
        case .sqlite(let statement):
            return sqlite3_column_int64(statement, index)
        case .postgres(let result, let row):
            return try PostgresBinary.numeric(result, row, index)
        }
    }

    package mutating func amountOrNil() throws -> Int64? {
        try optional { try $0.amount() }
    }

    package mutating func text() throws -> String {
        let index = next()
        try required(index)
        switch backing {
        case .sqlite(let statement):
            let count = Int(sqlite3_column_bytes(statement, index))
            guard let start = sqlite3_column_text(statement, index) else { return "" }
            return String(decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self)
        case .postgres(let result, let row):
            return String(decoding: PostgresBinary.bytes(result, row, index), as: UTF8.self)
        }
    }

    package mutating func textOrNil() throws -> String? {
        try optional { try $0.text() }
    }

    package mutating func bytes() throws -> [UInt8] {
        let index = next()
        try required(index)
        switch backing {
        case .sqlite(let statement):
            let count = Int(sqlite3_column_bytes(statement, index))
            guard let start = sqlite3_column_blob(statement, index) else { return [] }
            return Array(UnsafeRawBufferPointer(start: start, count: count))
        case .postgres(let result, let row):
            return Array(PostgresBinary.bytes(result, row, index))
        }
    }

    package mutating func bytesOrNil() throws -> [UInt8]? {
        try optional { try $0.bytes() }
    }

    package mutating func uuid() throws -> UniqueID {
        let index = next()
        try required(index)
        let raw: UnsafeRawBufferPointer
        switch backing {
        case .sqlite(let statement):
            let count = Int(sqlite3_column_bytes(statement, index))
            raw = UnsafeRawBufferPointer(start: sqlite3_column_blob(statement, index), count: count)
        case .postgres(let result, let row):
            raw = PostgresBinary.bytes(result, row, index)
        }
        guard raw.count == 16 else { throw StorageError.unexpectedValue(column: Int(index)) }
        return UniqueID(
            high: UInt64(bigEndian: raw.loadUnaligned(as: UInt64.self)),
            low: UInt64(bigEndian: raw.loadUnaligned(fromByteOffset: 8, as: UInt64.self))
        )
    }

    package mutating func identifier<Entity>() throws -> Identifier<Entity> {
        Identifier(try uuid())
    }

    package mutating func identifierOrNil<Entity>() throws -> Identifier<Entity>? {
        try optional { Identifier(try $0.uuid()) }
    }

    package mutating func date() throws -> LocalDate {
        let index = next()
        try required(index)
        let days: Int64
        switch backing {
        case .sqlite(let statement):
            days = sqlite3_column_int64(statement, index)
        case .postgres(let result, let row):
            days = try PostgresBinary.daysSince1970(result, row, index)
        }
        guard let date = LocalDate(daysSince1970: Int(days)) else {
            throw StorageError.unexpectedValue(column: Int(index))
        }
        return date
    }

    package mutating func dateOrNil() throws -> LocalDate? {
        try optional { try $0.date() }
    }

    package mutating func instant() throws -> Instant {
        Instant(microseconds: try integer())
    }

    package mutating func instantOrNil() throws -> Instant? {
        try optional { try $0.instant() }
    }

    package mutating func currency() throws -> Currency {
        let index = next()
        try required(index)
        let raw: UnsafeRawBufferPointer
        switch backing {
        case .sqlite(let statement):
            let count = Int(sqlite3_column_bytes(statement, index))
            raw = UnsafeRawBufferPointer(start: sqlite3_column_text(statement, index), count: count)
        case .postgres(let result, let row):
            raw = PostgresBinary.bytes(result, row, index)
        }
        guard let currency = Currency(utf8: raw) else {
            throw StorageError.unexpectedValue(column: Int(index))
        }
        return currency
    }

    package mutating func currencyOrNil() throws -> Currency? {
        try optional { try $0.currency() }
    }
}
