import CLibPQ
import Ledger

/// The values of one statement in PostgreSQL's binary formats, in buffers that are used again.
struct PostgresParameters {
    private var bytes: [UInt8] = []
    /// Where each value begins in `bytes`; -1 for NULL.
    private var offsets: [Int] = []
    private var lengths: [Int32] = []
    private var formats: [Int32] = []
    private var types: [Oid] = []
    private var pointers: [UnsafePointer<CChar>?] = []

    var count: Int32 { Int32(offsets.count) }

    /// How much the buffers may keep between statements; one large import does not hold its
    /// memory for ever.
    private static let keptBytes = 1 << 20

    mutating func encode(_ values: [SQLValue]) {
        if bytes.capacity > Self.keptBytes { bytes = [] }
        bytes.removeAll(keepingCapacity: true)
        offsets.removeAll(keepingCapacity: true)
        lengths.removeAll(keepingCapacity: true)
        types.removeAll(keepingCapacity: true)
        while formats.count < values.count { formats.append(1) }
        for value in values { append(value) }
    }

    private mutating func append(_ value: SQLValue) {
        let start = bytes.count
        types.append(value.postgresType)
        if case .null = value {
            offsets.append(-1)
            lengths.append(0)
            return
        }
        Self.write(value, to: &bytes)
        offsets.append(start)
        lengths.append(Int32(bytes.count - start))
    }

    private static func write(_ value: SQLValue, to bytes: inout [UInt8]) {
        switch value {
        case .null: break
        case .integer(let number): append(number, to: &bytes)
        case .boolean(let flag): bytes.append(flag ? 1 : 0)
        case .amount(let amount): PostgresNumeric.encode(amount, into: &bytes)
        case .text(let text): bytes.append(contentsOf: text.utf8)
        case .uuid(let id):
            append(id.high, to: &bytes)
            append(id.low, to: &bytes)
        case .date(let date):
            append(date.daysSince1970 - Int32(PostgresBinary.epochDays), to: &bytes)
        case .bytes(let raw): bytes.append(contentsOf: raw)
        }
    }

    private static func append(_ number: some FixedWidthInteger, to bytes: inout [UInt8]) {
        withUnsafeBytes(of: number.bigEndian) { bytes.append(contentsOf: $0) }
    }

    /// What libpq's send functions take; valid inside the closure.
    struct Pointers {
        let types: UnsafePointer<Oid>?
        let values: UnsafePointer<UnsafePointer<CChar>?>?
        let lengths: UnsafePointer<Int32>?
        let formats: UnsafePointer<Int32>?
    }

    mutating func withPointers<Value>(_ body: (Pointers) -> Value) -> Value {
        // An empty buffer may have no address, and libpq takes no address for NULL.
        bytes.append(0)
        return bytes.withUnsafeBytes { raw in
            let start = raw.baseAddress?.assumingMemoryBound(to: CChar.self)
            pointers.removeAll(keepingCapacity: true)
            for offset in offsets { pointers.append(offset < 0 ? nil : start.map { $0 + offset }) }
            return types.withUnsafeBufferPointer { types in
                pointers.withUnsafeBufferPointer { values in
                    lengths.withUnsafeBufferPointer { lengths in
                        formats.withUnsafeBufferPointer { formats in
                            body(
                                Pointers(
                                    types: types.baseAddress,
                                    values: values.baseAddress,
                                    lengths: lengths.baseAddress,
                                    formats: formats.baseAddress
                                )
                            )
                        }
                    }
                }
            }
        }
    }
}

extension SQLValue {
    var postgresType: Oid {
        switch self {
        case .null(let type): type.postgresType
        case .integer: SQLType.integer.postgresType
        case .boolean: SQLType.boolean.postgresType
        case .amount: SQLType.amount.postgresType
        case .text: SQLType.text.postgresType
        case .uuid: SQLType.uuid.postgresType
        case .date: SQLType.date.postgresType
        case .bytes: SQLType.bytes.postgresType
        }
    }
}

extension SQLType {
    var postgresType: Oid {
        switch self {
        case .integer: PostgresBinary.TypeNumber.bigInteger
        case .boolean: PostgresBinary.TypeNumber.boolean
        case .amount: PostgresBinary.TypeNumber.numeric
        case .text: PostgresBinary.TypeNumber.text
        case .uuid: PostgresBinary.TypeNumber.uuid
        case .date: PostgresBinary.TypeNumber.date
        case .bytes: PostgresBinary.TypeNumber.bytes
        }
    }
}
