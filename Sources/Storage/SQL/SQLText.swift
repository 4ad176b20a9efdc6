/// A statement and its values. Values get in by interpolation only, so they can never be read as SQL.
///
/// Placeholders are `$1`, `$2` … in order of appearance, which both engines number alike.
package struct SQLText: Sendable, ExpressibleByStringInterpolation {
    package private(set) var text: String
    package private(set) var values: [SQLValue]

    package init(stringLiteral value: String) {
        text = value
        values = []
    }

    package init(stringInterpolation: StringInterpolation) {
        text = stringInterpolation.text
        values = stringInterpolation.values
    }

    package static var empty: SQLText { "" }
    package var isEmpty: Bool { text.isEmpty }

    /// Joins with the placeholders renumbered.
    package static func + (left: SQLText, right: SQLText) -> SQLText {
        var sum = left
        sum.append(right)
        return sum
    }

    package mutating func append(_ other: SQLText) {
        text += other.text(numberedAfter: values.count)
        values += other.values
    }

    fileprivate func text(numberedAfter offset: Int) -> String {
        guard offset > 0, !values.isEmpty else { return text }
        var renumbered = ""
        var rest = Substring(text)
        while let dollar = rest.firstIndex(of: "$") {
            renumbered += rest[...dollar]
            let digits = rest[rest.index(after: dollar)...].prefix { $0.isASCII && $0.isNumber }
            if let number = Int(digits) { renumbered += String(number + offset) }
            rest = rest[digits.endIndex...]
        }
        return renumbered + rest
    }

    package struct StringInterpolation: StringInterpolationProtocol {
        fileprivate var text = ""
        fileprivate var values: [SQLValue] = []

        package init(literalCapacity: Int, interpolationCount: Int) {
            text.reserveCapacity(literalCapacity + interpolationCount * 3)
            values.reserveCapacity(interpolationCount)
        }

        package mutating func appendLiteral(_ literal: String) {
            text += literal
        }

        package mutating func appendInterpolation(_ value: SQLValue) {
            values.append(value)
            text += "$"
            text += String(values.count)
        }

        package mutating func appendInterpolation(_ value: some SQLBindable) {
            appendInterpolation(value.sqlValue)
        }

        package mutating func appendInterpolation<Value: SQLBindable>(_ value: Value?) {
            appendInterpolation(value?.sqlValue ?? .null(Value.sqlType))
        }

        /// A part of a statement, with its own values.
        package mutating func appendInterpolation(_ part: SQLText) {
            text += part.text(numberedAfter: values.count)
            values += part.values
        }

        /// A list for `IN`. It is padded to a power of two by repeating its last value, so that few
        /// different statements have to be prepared.
        package mutating func appendInterpolation(list: some Collection<some SQLBindable>) {
            text += "("
            var padded = list.map(\.sqlValue)
            var size = 1
            while size < padded.count { size *= 2 }
            if let last = padded.last {
                padded += Array(repeating: last, count: size - padded.count)
            }
            for (index, value) in padded.enumerated() {
                if index > 0 { text += ", " }
                appendInterpolation(value)
            }
            text += ")"
        }

        /// Rows for `VALUES`.
        package mutating func appendInterpolation(rows: some Collection<[SQLValue]>) {
            for (index, row) in rows.enumerated() {
                text += index == 0 ? "(" : ", ("
                for (column, value) in row.enumerated() {
                    if column > 0 { text += ", " }
                    appendInterpolation(value)
                }
                text += ")"
            }
        }
    }
}

extension Sequence where Element == SQLText {
    /// Joins conditions, for example with `" AND "`.
    package func joined(by separator: SQLText) -> SQLText {
        var joined: SQLText?
        for part in self { joined = joined.map { $0 + separator + part } ?? part }
        return joined ?? .empty
    }
}
