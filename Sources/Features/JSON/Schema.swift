/// The shape of a JSON value, as OpenAPI 3.1 describes it.
package indirect enum Schema: Sendable {
    case text(format: String? = nil, range: ClosedRange<Int>? = nil, pattern: String? = nil)
    case choice([String])
    case integer(ClosedRange<Int64>? = nil)
    case boolean
    /// A decimal string. Requests may carry it as a number too.
    case amount(acceptsNumber: Bool)
    case list(Schema, limit: Int? = nil)
    case object([SchemaField], name: String? = nil)
    /// Text, a number, anything.
    case anything
    case nullable(Schema)
    /// A shape that contains itself, such as a tree, by its name.
    case reference(String)

    /// A decimal with at most four decimals and no exponent.
    static let amountPattern = "^-?[0-9]{1,15}(\\.[0-9]{1,4}0*)?$"

    func write(to writer: inout JSONWriter) {
        writer.object { writer in writeMembers(to: &writer, nullable: false) }
    }

    private func writeMembers(to writer: inout JSONWriter, nullable: Bool) {
        switch self {
        case .text(let format, let range, let pattern):
            Self.type("string", nullable, &writer)
            if let format { writer.name("format"); writer.string(format) }
            if let range {
                writer.name("minLength"); writer.integer(Int64(range.lowerBound))
                writer.name("maxLength"); writer.integer(Int64(range.upperBound))
            }
            if let pattern { writer.name("pattern"); writer.string(pattern) }
        case .choice(let choices):
            Self.type("string", nullable, &writer)
            writer.name("enum")
            writer.array { writer in
                for choice in choices { writer.string(choice) }
                if nullable { writer.null() }
            }
        case .integer(let range):
            Self.type("integer", nullable, &writer)
            if let range {
                writer.name("minimum"); writer.integer(range.lowerBound)
                writer.name("maximum"); writer.integer(range.upperBound)
            }
        case .boolean: Self.type("boolean", nullable, &writer)
        case .amount(let acceptsNumber): Self.writeAmount(acceptsNumber, nullable, &writer)
        case .list(let element, let limit):
            Self.type("array", nullable, &writer)
            writer.name("items"); element.write(to: &writer)
            if let limit { writer.name("maxItems"); writer.integer(Int64(limit)) }
        case .object(let fields, let name): Self.writeObject(fields, name, nullable, &writer)
        case .anything: break
        case .nullable(let schema): schema.writeMembers(to: &writer, nullable: true)
        case .reference(let name):
            writer.name("$ref"); writer.string("#/components/schemas/\(name)")
        }
    }

    private static func type(_ name: String, _ nullable: Bool, _ writer: inout JSONWriter) {
        writer.name("type")
        if nullable {
            writer.array {
                $0.string(name); $0.string("null")
            }
        } else {
            writer.string(name)
        }
    }

    private static func writeAmount(
        _ acceptsNumber: Bool,
        _ nullable: Bool,
        _ writer: inout JSONWriter
    ) {
        writer.name("type")
        writer.array { writer in
            writer.string("string")
            if acceptsNumber { writer.string("number") }
            if nullable { writer.string("null") }
        }
        writer.name("pattern"); writer.string(amountPattern)
    }

    private static func writeObject(
        _ fields: [SchemaField],
        _ name: String?,
        _ nullable: Bool,
        _ writer: inout JSONWriter
    ) {
        if let name, nullable {
            writer.name("anyOf")
            writer.array { writer in
                Schema.reference(name).write(to: &writer)
                writer.object {
                    $0.name("type"); $0.string("null")
                }
            }
            return
        }
        if let name {
            Schema.reference(name).writeMembers(to: &writer, nullable: false)
            return
        }
        type("object", nullable, &writer)
        writeFields(fields, to: &writer)
    }

    static func writeFields(_ fields: [SchemaField], to writer: inout JSONWriter) {
        writer.name("properties")
        writer.object { writer in
            for field in fields {
                writer.name(field.name)
                field.schema.write(to: &writer)
            }
        }
        let required = fields.filter(\.isRequired)
        if !required.isEmpty {
            writer.name("required")
            writer.array { for field in required { $0.string(field.name) } }
        }
        writer.name("additionalProperties"); writer.boolean(false)
    }

    /// The named shapes in this one, each once, for the list of components.
    func collectNamed(into named: inout [String: [SchemaField]]) {
        switch self {
        case .list(let element, _): element.collectNamed(into: &named)
        case .nullable(let schema): schema.collectNamed(into: &named)
        case .object(let fields, let name):
            if let name {
                guard named[name] == nil else { return }
                named[name] = fields
            }
            for field in fields { field.schema.collectNamed(into: &named) }
        default: break
        }
    }
}

/// One member of an object's shape.
package struct SchemaField: Sendable {
    let name: String
    let schema: Schema
    let isRequired: Bool
}
