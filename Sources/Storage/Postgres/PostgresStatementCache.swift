/// Which statements a connection has prepared, by their text. Bounded: the oldest go first.
struct PostgresStatementCache {
    /// Room for every statement of ours and then some; each costs the server a few kilobytes.
    static let limit = 500

    private struct Entry {
        let name: String
        var lastUse: UInt64
    }

    private let prefix: String
    private var entries: [String: Entry] = [:]
    private var uses: UInt64 = 0
    private var made: UInt64 = 0
    /// Names that the server still holds though we do not.
    private(set) var abandoned: [String] = []

    /// - Parameter token: tells connections apart, so that a pooler that mixes them up answers
    ///   "unknown statement" instead of running another connection's statement of the same name.
    init(token: UInt32) {
        prefix = "m\(String(token, radix: 36))_"
    }

    var count: Int { entries.count }

    /// The text with the types of its values: the server prepares it for them, and the same text
    /// with others is another statement.
    static func key(of sql: SQLText) -> String {
        guard !sql.values.isEmpty else { return sql.text }
        var key = sql.text
        key.append("\u{1F}")
        for value in sql.values { key.append(letter(of: value)) }
        return key
    }

    private static func letter(of value: SQLValue) -> Character {
        switch value {
        case .integer, .null(.integer): "i"
        case .boolean, .null(.boolean): "b"
        case .amount, .null(.amount): "a"
        case .text, .null(.text): "t"
        case .uuid, .null(.uuid): "u"
        case .date, .null(.date): "d"
        case .bytes, .null(.bytes): "y"
        }
    }

    /// The name that stands for the text, and whether it has yet to be prepared.
    mutating func name(for text: String) -> (name: String, isNew: Bool) {
        uses += 1
        if let index = entries.index(forKey: text) {
            entries.values[index].lastUse = uses
            return (entries.values[index].name, false)
        }
        if entries.count >= Self.limit { evict() }
        made += 1
        let entry = Entry(name: prefix + String(made, radix: 36), lastUse: uses)
        entries[text] = entry
        return (entry.name, true)
    }

    /// A quarter at once, so that looking for the oldest is rare.
    private mutating func evict() {
        let oldest = entries.sorted { $0.value.lastUse < $1.value.lastUse }.prefix(Self.limit / 4)
        for (text, entry) in oldest {
            entries[text] = nil
            abandoned.append(entry.name)
        }
    }

    /// Its preparation failed.
    mutating func forget(_ text: String) {
        entries[text] = nil
    }

    mutating func forgetAll() {
        entries.removeAll(keepingCapacity: true)
        abandoned.removeAll()
    }

    mutating func takeAbandoned() -> [String] {
        defer { abandoned.removeAll(keepingCapacity: true) }
        return abandoned
    }
}
