package import Ledger
package import Storage

/// How a value is answered: its members' names, their schemas, and how each is written, in one declaration, so
/// that the description in `/openapi.json` is the code that answers.
package struct Shape<Value: Sendable>: Sendable {
    package let name: String
    private var members: [Member] = []

    private struct Member: Sendable {
        let name: String
        let key: [UInt8]
        let schema: Schema
        let write: @Sendable (Value, inout JSONWriter) -> Void
    }

    package init(_ name: String, _ declare: (inout Shape) -> Void) {
        self.name = name
        declare(&self)
    }

    package var schema: Schema {
        .object(
            members.map { SchemaField(name: $0.name, schema: $0.schema, isRequired: true) },
            name: name
        )
    }

    package func write(_ value: Value, to writer: inout JSONWriter) {
        writer.open(UInt8(ascii: "{"))
        for member in members {
            writer.key(member.key)
            member.write(value, &writer)
        }
        writer.close(UInt8(ascii: "}"))
    }

    /// The JSON of one value.
    package func bytes(_ value: Value) -> [UInt8] {
        var writer = JSONWriter()
        write(value, to: &writer)
        return writer.bytes
    }

    /// The JSON of a list.
    package func bytes(_ values: [Value]) -> [UInt8] {
        var writer = JSONWriter(capacity: 64 + values.count * 512)
        writer.array { writer in for value in values { write(value, to: &writer) } }
        return writer.bytes
    }

    /// A member of any schema.
    package mutating func member(
        _ name: String,
        _ schema: Schema,
        _ write: @escaping @Sendable (Value, inout JSONWriter) -> Void
    ) {
        members.append(
            Member(name: name, key: Array("\"\(name)\":".utf8), schema: schema, write: write)
        )
    }

    /// A member that may be null. Inlined, so that `Part` is a known type where each kind is written.
    @inline(__always)
    private mutating func optional<Part>(
        _ name: String,
        _ schema: Schema,
        _ get: @escaping @Sendable (Value) -> Part?,
        _ write: @escaping @Sendable (Part, inout JSONWriter) -> Void
    ) {
        member(name, .nullable(schema)) { value, writer in
            if let part = get(value) { write(part, &writer) } else { writer.null() }
        }
    }
}

// MARK: Kinds of members

extension Shape {
    package mutating func text(_ name: String, _ get: @escaping @Sendable (Value) -> String) {
        member(name, .text()) { $1.string(get($0)) }
    }

    package mutating func textOrNil(_ name: String, _ get: @escaping @Sendable (Value) -> String?) {
        optional(name, .text(), get) { $1.string($0) }
    }

    package mutating func choice<Choice: RawRepresentable & CaseIterable & SendableMetatype>(
        _ name: String,
        _ get: @escaping @Sendable (Value) -> Choice
    ) where Choice.RawValue == String {
        member(name, .choice(Choice.allCases.map(\.rawValue))) { $1.string(get($0).rawValue) }
    }

    package mutating func choices<Choice: RawRepresentable & CaseIterable & SendableMetatype>(
        _ name: String,
        _ get: @escaping @Sendable (Value) -> [Choice]
    ) where Choice.RawValue == String {
        member(name, .list(.choice(Choice.allCases.map(\.rawValue)))) { value, writer in
            writer.array { writer in for choice in get(value) { writer.string(choice.rawValue) } }
        }
    }

    package mutating func integer(_ name: String, _ get: @escaping @Sendable (Value) -> Int64) {
        member(name, .integer()) { $1.integer(get($0)) }
    }

    package mutating func integerOrNil(_ name: String, _ get: @escaping @Sendable (Value) -> Int64?)
    {
        optional(name, .integer(), get) { $1.integer($0) }
    }

    package mutating func boolean(_ name: String, _ get: @escaping @Sendable (Value) -> Bool) {
        member(name, .boolean) { $1.boolean(get($0)) }
    }

    package mutating func id<Entity>(
        _ name: String,
        _ get: @escaping @Sendable (Value) -> Identifier<Entity>
    ) {
        member(name, .text(format: "uuid")) { $1.uuid(get($0).value) }
    }

    package mutating func idOrNil<Entity>(
        _ name: String,
        _ get: @escaping @Sendable (Value) -> Identifier<Entity>?
    ) {
        optional(name, .text(format: "uuid"), get) { $1.uuid($0.value) }
    }

    package mutating func date(_ name: String, _ get: @escaping @Sendable (Value) -> LocalDate) {
        member(name, .text(format: "date")) { $1.date(get($0)) }
    }

    package mutating func dateOrNil(
        _ name: String,
        _ get: @escaping @Sendable (Value) -> LocalDate?
    ) {
        optional(name, .text(format: "date"), get) { $1.date($0) }
    }

    package mutating func instant(_ name: String, _ get: @escaping @Sendable (Value) -> Instant) {
        member(name, .text(format: "date-time")) { $1.instant(get($0)) }
    }

    package mutating func instantOrNil(
        _ name: String,
        _ get: @escaping @Sendable (Value) -> Instant?
    ) {
        optional(name, .text(format: "date-time"), get) { $1.instant($0) }
    }

    package mutating func amount(_ name: String, _ get: @escaping @Sendable (Value) -> Money) {
        member(name, .amount(acceptsNumber: false)) { value, writer in
            let money = get(value)
            writer.amount(money.tenThousandths, money.currency)
        }
    }

    package mutating func amountOrNil(
        _ name: String,
        _ get: @escaping @Sendable (Value) -> Money?
    ) {
        optional(name, .amount(acceptsNumber: false), get) {
            $1.amount($0.tenThousandths, $0.currency)
        }
    }

    package mutating func currency(_ name: String, _ get: @escaping @Sendable (Value) -> Currency) {
        member(name, .text(range: 3...3)) { $1.string(get($0).code) }
    }

    package mutating func currencyOrNil(
        _ name: String,
        _ get: @escaping @Sendable (Value) -> Currency?
    ) {
        optional(name, .text(range: 3...3), get) { $1.string($0.code) }
    }

    package mutating func texts(_ name: String, _ get: @escaping @Sendable (Value) -> [String]) {
        member(name, .list(.text())) { value, writer in
            writer.array { writer in for text in get(value) { writer.string(text) } }
        }
    }

    package mutating func object<Part>(
        _ name: String,
        _ shape: Shape<Part>,
        _ get: @escaping @Sendable (Value) -> Part
    ) {
        member(name, shape.schema) { shape.write(get($0), to: &$1) }
    }

    package mutating func objectOrNil<Part>(
        _ name: String,
        _ shape: Shape<Part>,
        _ get: @escaping @Sendable (Value) -> Part?
    ) {
        optional(name, shape.schema, get) { shape.write($0, to: &$1) }
    }

    package mutating func list<Part>(
        _ name: String,
        _ shape: Shape<Part>,
        _ get: @escaping @Sendable (Value) -> [Part]
    ) {
        member(name, .list(shape.schema)) { value, writer in
            writer.array { writer in for part in get(value) { shape.write(part, to: &writer) } }
        }
    }

    /// A list of values of the same shape as the whole: a tree.
    package mutating func children(
        _ name: String,
        _ get: @escaping @Sendable (Value) -> [Value],
        write: @escaping @Sendable (Value, inout JSONWriter) -> Void
    ) {
        member(name, .list(.reference(self.name))) { value, writer in
            writer.array { writer in for child in get(value) { write(child, &writer) } }
        }
    }
}
