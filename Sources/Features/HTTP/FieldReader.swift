/// A request's fields. Reading them and describing them is the same code: `init` names each field once.
package protocol RequestFields: Sendable {
    init(_ fields: inout FieldReader)
}

/// A request without fields.
package struct NoFields: RequestFields {
    package init(_ fields: inout FieldReader) {}
}

/// Absent, cleared or set: what a PATCH says of a field that may be empty.
package enum Patch<Value: Sendable>: Sendable {
    case absent
    case clear
    case value(Value)

    /// The value after the patch.
    package func applied(to old: Value?) -> Value? {
        switch self {
        case .absent: old
        case .clear: nil
        case .value(let value): value
        }
    }

    package var isAbsent: Bool { if case .absent = self { true } else { false } }
}

/// Reads the fields of a JSON object or of a query, and collects everything that is wrong with them.
package struct FieldReader {
    private let members: [String: JSONValue]
    private let isText: Bool
    private let isDescribing: Bool
    private var described: [SchemaField] = []
    private var faults: [FieldError] = []
    private var hasBrokenCursor = false

    init(members: [JSONMember], isText: Bool = false) {
        self.members = Dictionary(
            members.map { ($0.name, $0.value) },
            uniquingKeysWith: { first, _ in first }
        )
        self.isText = isText
        isDescribing = false
    }

    private init() {
        members = [:]
        isText = false
        isDescribing = true
    }

    static func describe<Body: RequestFields>(_: Body.Type) -> [SchemaField] {
        var reader = FieldReader()
        _ = Body(&reader)
        return reader.described
    }

    static func placeholder<Body: RequestFields>() -> Body {
        var reader = FieldReader()
        return Body(&reader)
    }

    /// - Throws: 422 with every wrong and every unknown field, 400 for a broken cursor.
    package static func read<Body: RequestFields>(
        _: Body.Type = Body.self,
        from members: [JSONMember],
        isText: Bool = false
    ) throws(APIError) -> Body {
        var reader = FieldReader(members: members, isText: isText)
        let body = Body(&reader)
        guard !reader.hasBrokenCursor else { throw .brokenCursor }
        let faults = reader.finished()
        guard faults.isEmpty else { throw .invalid(faults) }
        return body
    }

    /// What is wrong, the unknown fields included.
    func finished() -> [FieldError] {
        let known = Set(described.map(\.name))
        let unknown = members.keys.filter { !known.contains($0) }.sorted()
        return faults
            + unknown.map { FieldError(String($0.prefix(64)), "unknown", "there is no such field") }
    }

    // MARK: Ways to ask for a field

    /// Must be there.
    package mutating func required<Value>(_ name: String, _ kind: FieldKind<Value>) -> Value {
        note(name, kind.schema, isRequired: true)
        guard let value = members[name] else {
            fault(name, "required", "is required")
            return kind.placeholder()
        }
        return parse(name, value, kind) ?? kind.placeholder()
    }

    /// May be absent or null.
    package mutating func optional<Value>(_ name: String, _ kind: FieldKind<Value>) -> Value? {
        note(name, isText ? kind.schema : .nullable(kind.schema), isRequired: false)
        guard let value = members[name], value != .null else { return nil }
        return parse(name, value, kind)
    }

    /// Where a list goes on. It is no field that people fill in: one that the list did not give breaks the request.
    package mutating func cursor<Place>(
        _ lengths: ClosedRange<Int>,
        _ place: (String) -> Place?
    ) -> Place? {
        let kind = FieldKind<String>.text(lengths)
        note("cursor", kind.schema, isRequired: false)
        guard let value = members["cursor"], value != .null else { return nil }
        guard case .value(let text) = kind.parse(value, isText), let place = place(text) else {
            hasBrokenCursor = true
            return nil
        }
        return place
    }

    /// May be absent, but not null.
    package mutating func ifPresent<Value>(_ name: String, _ kind: FieldKind<Value>) -> Value? {
        note(name, kind.schema, isRequired: false)
        return members[name].flatMap { parse(name, $0, kind) }
    }

    /// Absent leaves alone, null clears.
    package mutating func patch<Value>(_ name: String, _ kind: FieldKind<Value>) -> Patch<Value> {
        note(name, .nullable(kind.schema), isRequired: false)
        switch members[name] {
        case nil: return .absent
        case .null: return .clear
        case let value?: return parse(name, value, kind).map(Patch.value) ?? .absent
        }
    }

    /// Adds a fault that concerns several fields. It says nothing while the fields are only
    /// described, nor of a field that could not be read and so seems to be missing.
    package mutating func fault(_ name: String, _ code: String, _ message: String) {
        guard !isDescribing, !faults.contains(where: { Self.concerns($0, name) }) else { return }
        faults.append(FieldError(name, code, message))
    }

    private static func concerns(_ fault: FieldError, _ name: String) -> Bool {
        guard fault.field.hasPrefix(name) else { return false }
        let next = fault.field.dropFirst(name.count).first
        return next == nil || next == "." || next == "["
    }

    /// Whether the request says anything of a field, right or wrong.
    package func isPresent(_ name: String) -> Bool {
        members[name].map { $0 != .null } ?? false
    }

    private mutating func note(_ name: String, _ schema: Schema, isRequired: Bool) {
        described.append(SchemaField(name: name, schema: schema, isRequired: isRequired))
    }

    private mutating func parse<Value>(
        _ name: String,
        _ value: JSONValue,
        _ kind: FieldKind<Value>
    ) -> Value? {
        switch kind.parse(value, isText) {
        case .value(let value): return value
        case .faults(let inner):
            faults += inner.map { FieldError(name + $0.field, $0.code, $0.message) }
            return nil
        }
    }
}
