import CLibPQ

/// Reads PostgreSQL's binary formats.
///
/// - Source: the `…_send` functions of PostgreSQL 15; `numeric_send` in `numeric.c`.
enum PostgresBinary {
    /// The server's numbers for the types that we send.
    enum TypeNumber {
        static let boolean: Oid = 16
        static let bytes: Oid = 17
        static let bigInteger: Oid = 20
        static let text: Oid = 25
        static let date: Oid = 1082
        static let numeric: Oid = 1700
        static let uuid: Oid = 2950
    }

    /// Dates count from 2000-01-01, which is this many days after 1970-01-01.
    static let epochDays: Int64 = 10_957

    /// The column's bytes, valid as long as the result is.
    static func bytes(
        _ result: OpaquePointer,
        _ row: Int32,
        _ column: Int32
    ) -> UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(
            start: PQgetvalue(result, row, column),
            count: Int(PQgetlength(result, row, column))
        )
    }

    /// A whole number of any of the server's types: a sum of `bigint` comes as `numeric`.
    static func integer(
        _ result: OpaquePointer,
        _ row: Int32,
        _ column: Int32
    ) throws(StorageError) -> Int64 {
        let raw = bytes(result, row, column)
        if PQftype(result, column) == TypeNumber.numeric {
            return try PostgresNumeric.decode(raw, decimals: 0, column: column)
        }
        return try fixedWidth(raw, column)
    }

    static func boolean(
        _ result: OpaquePointer,
        _ row: Int32,
        _ column: Int32
    ) throws(StorageError) -> Bool {
        let raw = bytes(result, row, column)
        guard raw.count == 1 else { throw .unexpectedValue(column: Int(column)) }
        return raw[0] != 0
    }

    /// An amount, in ten-thousandths of its unit.
    ///
    /// - Throws: `amountOverflow` outside of `Int64`, `unexpectedValue` for more than four
    ///   decimals or NaN.
    static func numeric(
        _ result: OpaquePointer,
        _ row: Int32,
        _ column: Int32
    ) throws(StorageError) -> Int64 {
        let raw = bytes(result, row, column)
        if PQftype(result, column) == TypeNumber.numeric {
            return try PostgresNumeric.decode(raw, decimals: 4, column: column)
        }
        // A literal 0 is the same amount on both engines; any other integer is not.
        guard try fixedWidth(raw, column) == 0 else {
            throw .unexpectedValue(column: Int(column))
        }
        return 0
    }

    static func daysSince1970(
        _ result: OpaquePointer,
        _ row: Int32,
        _ column: Int32
    ) throws(StorageError) -> Int64 {
        let raw = bytes(result, row, column)
        guard raw.count == 4 else { throw .unexpectedValue(column: Int(column)) }
        return try fixedWidth(raw, column) + epochDays
    }

    private static func fixedWidth(
        _ raw: UnsafeRawBufferPointer,
        _ column: Int32
    ) throws(StorageError) -> Int64 {
        switch raw.count {
        case 8: Int64(bigEndian: raw.loadUnaligned(as: Int64.self))
        case 4: Int64(Int32(bigEndian: raw.loadUnaligned(as: Int32.self)))
        case 2: Int64(Int16(bigEndian: raw.loadUnaligned(as: Int16.self)))
        case 1: Int64(raw[0])
        default: throw .unexpectedValue(column: Int(column))
        }
    }
}
