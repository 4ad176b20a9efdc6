package import Ledger

/// A value that travels to a SQL engine. Each carries its type, because PostgreSQL cannot guess that of
/// an untyped NULL.
package enum SQLValue: Sendable, Equatable {
    case null(SQLType)
    case integer(Int64)
    case boolean(Bool)
    /// Ten-thousandths of a currency's unit: `INTEGER` in SQLite, `NUMERIC(19,4)` in PostgreSQL.
    case amount(Int64)
    case text(String)
    /// `BLOB(16)` in SQLite, `uuid` in PostgreSQL.
    case uuid(UniqueID)
    /// Days since 1970 in SQLite, `date` in PostgreSQL.
    case date(LocalDate)
    case bytes([UInt8])
}

/// The types that both engines store.
package enum SQLType: Sendable, Equatable {
    case integer, boolean, amount, text, uuid, date, bytes
}

/// A type that can stand in a statement as a value.
package protocol SQLBindable {
    static var sqlType: SQLType { get }
    var sqlValue: SQLValue { get }
}

extension Int64: SQLBindable {
    package static var sqlType: SQLType { .integer }
    package var sqlValue: SQLValue { .integer(self) }
}

extension Int: SQLBindable {
    package static var sqlType: SQLType { .integer }
    package var sqlValue: SQLValue { .integer(Int64(self)) }
}

extension Bool: SQLBindable {
    package static var sqlType: SQLType { .boolean }
    package var sqlValue: SQLValue { .boolean(self) }
}

extension String: SQLBindable {
    package static var sqlType: SQLType { .text }
    package var sqlValue: SQLValue { .text(self) }
}

extension [UInt8]: SQLBindable {
    package static var sqlType: SQLType { .bytes }
    package var sqlValue: SQLValue { .bytes(self) }
}

extension LocalDate: SQLBindable {
    package static var sqlType: SQLType { .date }
    package var sqlValue: SQLValue { .date(self) }
}

extension UniqueID: SQLBindable {
    package static var sqlType: SQLType { .uuid }
    package var sqlValue: SQLValue { .uuid(self) }
}

extension Identifier: SQLBindable {
    package static var sqlType: SQLType { .uuid }
    package var sqlValue: SQLValue { .uuid(value) }
}

/// An amount alone; its currency is a column of its own.
extension Money: SQLBindable {
    package static var sqlType: SQLType { .amount }
    package var sqlValue: SQLValue { .amount(tenThousandths) }
}

extension Currency: SQLBindable {
    package static var sqlType: SQLType { .text }
    package var sqlValue: SQLValue { .text(code) }
}

/// An instant: microseconds since 1970 in UTC, the same on both engines.
package struct Instant: Hashable, Comparable, Sendable, SQLBindable {
    package let microseconds: Int64

    package init(microseconds: Int64) {
        self.microseconds = microseconds
    }

    package static func < (left: Instant, right: Instant) -> Bool {
        left.microseconds < right.microseconds
    }

    package func adding(seconds: Int64) -> Instant {
        Instant(microseconds: microseconds + seconds * 1_000_000)
    }

    package static var sqlType: SQLType { .integer }
    package var sqlValue: SQLValue { .integer(microseconds) }
}
