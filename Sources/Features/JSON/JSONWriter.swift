package import Ledger
package import Storage

/// Writes JSON straight into bytes.
///
/// Encoding a list through `JSONEncoder` halves what the server can answer (docs/performance.md).
package struct JSONWriter {
    package private(set) var bytes: [UInt8] = []
    private var needsComma = false

    package init(capacity: Int = 512) {
        bytes.reserveCapacity(capacity)
    }

    package mutating func object(_ members: (inout JSONWriter) throws -> Void) rethrows {
        open(UInt8(ascii: "{"))
        try members(&self)
        close(UInt8(ascii: "}"))
    }

    package mutating func array(_ elements: (inout JSONWriter) throws -> Void) rethrows {
        open(UInt8(ascii: "["))
        try elements(&self)
        close(UInt8(ascii: "]"))
    }

    package mutating func open(_ bracket: UInt8) {
        separate()
        bytes.append(bracket)
        needsComma = false
    }

    package mutating func close(_ bracket: UInt8) {
        bytes.append(bracket)
        needsComma = true
    }

    package mutating func name(_ name: StaticString) {
        separate()
        bytes.append(UInt8(ascii: "\""))
        bytes.append(
            contentsOf: UnsafeBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount)
        )
        bytes.append(UInt8(ascii: "\""))
        bytes.append(UInt8(ascii: ":"))
        needsComma = false
    }

    package mutating func name(_ name: String) {
        string(name)
        bytes.append(UInt8(ascii: ":"))
        needsComma = false
    }

    package mutating func null() { literal("null") }
    package mutating func boolean(_ value: Bool) { literal(value ? "true" : "false") }

    package mutating func integer(_ value: Int64) {
        separate()
        if value < 0 { bytes.append(UInt8(ascii: "-")) }
        bytes.append(digitsOf: value.magnitude)
        needsComma = true
    }

    /// Text that is JSON already.
    package mutating func literal(_ text: String) {
        separate()
        bytes.append(contentsOf: text.utf8)
        needsComma = true
    }

    /// Bytes that are one JSON value already.
    package mutating func raw(_ value: some Collection<UInt8>) {
        separate()
        bytes.append(contentsOf: value)
        needsComma = true
    }

    package mutating func amount(_ tenThousandths: Int64, _ currency: Currency) {
        quoted { Decimal4.append(tenThousandths, minorDigits: currency.minorDigits, to: &$0) }
    }

    package mutating func date(_ date: LocalDate) {
        quoted { date.append(to: &$0) }
    }

    package mutating func uuid(_ id: UniqueID) {
        quoted { id.append(to: &$0) }
    }

    package mutating func instant(_ instant: Instant) {
        quoted { instant.append(to: &$0) }
    }

    package mutating func string(_ text: String) {
        separate()
        bytes.append(UInt8(ascii: "\""))
        var text = text
        text.withUTF8 { utf8 in
            var isPlain = true
            for byte in utf8
            where byte < 32 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") {
                isPlain = false
            }
            if isPlain {
                bytes.append(contentsOf: utf8)
            } else {
                for byte in utf8 { escape(byte) }
            }
        }
        bytes.append(UInt8(ascii: "\""))
        needsComma = true
    }

    private mutating func escape(_ byte: UInt8) {
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"):
            bytes.append(UInt8(ascii: "\\"))
            bytes.append(byte)
        case 10:
            bytes.append(contentsOf: [UInt8(ascii: "\\"), UInt8(ascii: "n")])
        case 0..<32:
            bytes.append(contentsOf: "\\u00".utf8)
            bytes.append(byte < 16 ? 48 : 49)
            bytes.append((byte & 15) < 10 ? 48 + (byte & 15) : 87 + (byte & 15))
        default:
            bytes.append(byte)
        }
    }

    private mutating func quoted(_ write: (inout [UInt8]) -> Void) {
        separate()
        bytes.append(UInt8(ascii: "\""))
        write(&bytes)
        bytes.append(UInt8(ascii: "\""))
        needsComma = true
    }

    /// A name that is quoted and followed by its colon already.
    mutating func key(_ quoted: [UInt8]) {
        separate()
        bytes.append(contentsOf: quoted)
        needsComma = false
    }

    private mutating func separate() {
        if needsComma { bytes.append(UInt8(ascii: ",")) }
        needsComma = true
    }
}

extension JSONWriter {
    package mutating func value(_ value: JSONValue) {
        switch value {
        case .null: null()
        case .boolean(let flag): boolean(flag)
        case .number(let text): literal(text)
        case .string(let text): string(text)
        case .array(let elements): array { for element in elements { $0.value(element) } }
        case .object(let members):
            object { writer in
                for member in members {
                    writer.name(member.name)
                    writer.value(member.value)
                }
            }
        }
    }
}

extension Instant {
    /// RFC 3339 in UTC, to the millisecond.
    package func append(to bytes: inout [UInt8]) {
        let milliseconds = microseconds / 1_000
        let seconds = milliseconds / 1_000
        let day = seconds / 86_400
        (LocalDate(daysSince1970: Int(day)) ?? .latest).append(to: &bytes)
        bytes.append(UInt8(ascii: "T"))
        let rest = seconds % 86_400
        for (index, part) in [rest / 3_600, rest / 60 % 60, rest % 60].enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: ":")) }
            bytes.append(48 + UInt8(part / 10))
            bytes.append(48 + UInt8(part % 10))
        }
        let fraction = milliseconds % 1_000
        bytes.append(UInt8(ascii: "."))
        for part in [fraction / 100, fraction / 10 % 10, fraction % 10] {
            bytes.append(48 + UInt8(part))
        }
        bytes.append(UInt8(ascii: "Z"))
    }

    package var rfc3339: String {
        var bytes: [UInt8] = []
        append(to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }
}
