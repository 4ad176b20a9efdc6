/// What truly differs between the two engines, all in one place.
package enum SQLDialect: Sendable, CaseIterable {
    case sqlite
    case postgres

    /// Locks the rows that a SELECT found until the transaction ends; SQLite has one writer anyway.
    package var forUpdate: SQLText {
        switch self {
        case .sqlite: .empty
        case .postgres: "FOR UPDATE"
        }
    }

    /// Like `forUpdate`, but passes over rows that another holds instead of waiting for them.
    package var forUpdateSkippingLocked: SQLText {
        switch self {
        case .sqlite: .empty
        case .postgres: "FOR UPDATE SKIP LOCKED"
        }
    }

    /// Sorts text by its bytes.
    package var bytewise: SQLText {
        switch self {
        case .sqlite: "COLLATE BINARY"
        case .postgres: "COLLATE \"C\""
        }
    }
}

// MARK: Types in migrations

extension SQLDialect {
    package var uuid: String { self == .sqlite ? "BLOB" : "uuid" }
    /// PostgreSQL's is a domain that ends where `Int64` does, so that both engines refuse the same sums.
    package var amount: String { self == .sqlite ? "INTEGER" : "ledger_amount" }
    package var integer: String { self == .sqlite ? "INTEGER" : "bigint" }
    package var boolean: String { self == .sqlite ? "INTEGER" : "boolean" }
    package var date: String { self == .sqlite ? "INTEGER" : "date" }
    package var bytes: String { self == .sqlite ? "BLOB" : "bytea" }
    package var falseLiteral: String { self == .sqlite ? "0" : "false" }

    /// Text that sorts by its bytes, so that both engines agree on order and equality.
    package var text: String { self == .sqlite ? "TEXT" : "text COLLATE \"C\"" }

    /// What follows the columns of a table whose rows lie in the order of its primary key.
    package var clustered: String { self == .sqlite ? "STRICT, WITHOUT ROWID" : "" }

    /// What follows the columns of any other table.
    package var strict: String { self == .sqlite ? "STRICT" : "" }

    /// The check that a key has the length of a UUID; PostgreSQL's type knows it.
    package func uuidCheck(_ column: String) -> String {
        self == .sqlite ? "CHECK (length(\(column)) = 16)" : ""
    }
}
