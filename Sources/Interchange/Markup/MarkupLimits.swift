/// The bounds within which markup is read.
package struct MarkupLimits: Hashable, Sendable {
    /// Elements inside elements.
    package var depth = 32
    package var attributes = 32
    /// Bytes of an element's or attribute's name.
    package var nameBytes = 128
    /// Bytes of one stretch of text or one attribute's value.
    package var textBytes = 65_536
    package var elements = 2_000_000

    package init() {}
}

/// Why markup is refused.
package enum MarkupError: Error, Hashable, Sendable {
    /// Declarations of types and entities can only do harm here.
    case doctype(line: Int)
    case tooDeep(limit: Int, line: Int)
    case tooManyAttributes(limit: Int, line: Int)
    case nameTooLong(limit: Int, line: Int)
    case textTooLong(limit: Int, line: Int)
    case tooManyElements(limit: Int)
    case unknownEntity(line: Int)
    case badCharacterReference(line: Int)
    case duplicateAttribute(line: Int)
    /// A tag, comment or section without an end, or with something in it that cannot be.
    case malformed(line: Int)
    /// An end tag for another element than the open one; strict XML only.
    case mismatched(line: Int)
    /// The text ends inside an element; strict XML only.
    case unclosed(line: Int)

    /// For the person who gave the file.
    package var message: String {
        switch self {
        case .doctype(let line): "Line \(line): declarations (DOCTYPE, ENTITY) are refused."
        case .tooDeep(let limit, let line): "Line \(line): more than \(limit) levels of elements."
        case .tooManyAttributes(let limit, let line): "Line \(line): more than \(limit) attributes."
        case .nameTooLong(let limit, let line): "Line \(line): a name of more than \(limit) bytes."
        case .textTooLong(let limit, let line): "Line \(line): a text of more than \(limit) bytes."
        case .tooManyElements(let limit): "More than \(limit) elements."
        case .unknownEntity(let line): "Line \(line): an entity that is not known."
        case .badCharacterReference(let line): "Line \(line): a reference to no character."
        case .duplicateAttribute(let line): "Line \(line): an attribute stands twice."
        case .malformed(let line): "Line \(line): a tag that does not end or does not make sense."
        case .mismatched(let line): "Line \(line): an end tag that fits no open element."
        case .unclosed(let line): "Line \(line): the text ends inside an element."
        }
    }
}
