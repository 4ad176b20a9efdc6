import CLibPQ

/// The answer to one statement, kept until the last reference to it goes.
final class PostgresResult {
    let handle: OpaquePointer

    init(_ handle: OpaquePointer) {
        self.handle = handle
    }

    deinit {
        PQclear(handle)
    }

    var status: ExecStatusType { PQresultStatus(handle) }
    var rowCount: Int32 { PQntuples(handle) }

    func forEach(_ read: (inout SQLRow) throws -> Void) rethrows {
        for index in 0..<rowCount {
            var row = SQLRow(.postgres(handle, row: index))
            try read(&row)
        }
    }

    /// How many rows an INSERT, UPDATE, DELETE or SELECT was about.
    var affectedRows: Int { Int(String(cString: PQcmdTuples(handle))) ?? 0 }

    /// The statement's name in the server's words; `ROLLBACK` answers a COMMIT that could not be.
    var command: String { String(cString: PQcmdStatus(handle)) }

    var sqlState: String { self[.sqlState] ?? "" }

    var wholeMessage: String { String(cString: PQresultErrorMessage(handle)).trimmed }

    /// A part of an error, where the server sent it.
    subscript(field: Field) -> String? {
        PQresultErrorField(handle, field.rawValue).map { String(cString: $0) }
    }

    /// The letters of the protocol, which libpq's header spells in a way that Swift cannot import.
    ///
    /// - Source: PostgreSQL 15, 55.8, error and notice message fields.
    enum Field: Int32 {
        case sqlState = 67  // C
        case message = 77  // M
        case constraint = 110  // n
        case table = 116  // t
        case column = 99  // c
    }

    /// The server does not know a prepared statement any more, or a migration changed what it
    /// returns.
    var isStaleStatement: Bool {
        switch sqlState {
        case "26000": true
        case "0A000":
            wholeMessage.contains("cached plan must not change")
        default: false
        }
    }
}
