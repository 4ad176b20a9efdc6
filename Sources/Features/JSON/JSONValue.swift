/// A value of JSON as it stood in the text. A number keeps its spelling, so that no amount passes through
/// floating point.
package enum JSONValue: Sendable, Equatable {
    case null
    case boolean(Bool)
    case number(String)
    case string(String)
    case array([JSONValue])
    case object([JSONMember])

    /// What it is called in a message to people.
    package var kind: String {
        switch self {
        case .null: "null"
        case .boolean: "boolean"
        case .number: "number"
        case .string: "string"
        case .array: "array"
        case .object: "object"
        }
    }

    package subscript(name: String) -> JSONValue? {
        guard case .object(let members) = self else { return nil }
        return members.first { $0.name == name }?.value
    }
}

/// One name and value of an object, in the order of the text.
package struct JSONMember: Sendable, Equatable {
    package let name: String
    package let value: JSONValue
}

/// Why a text is not JSON that Martlet reads.
package enum JSONError: Error, Equatable {
    case malformed(offset: Int)
    case invalidUTF8(offset: Int)
    case nulCharacter(offset: Int)
    case duplicateKey(String)
    case tooDeep(limit: Int)
    case tooManyKeys(limit: Int)
    case tooManyValues(limit: Int)
}
