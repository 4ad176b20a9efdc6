/// Cleans each distinct text once; a statement names the same shops again and again.
struct PayeeCache {
    private var cleaned: [String: String] = [:]
    private static let limit = 20_000

    mutating func clean(_ text: String) -> String {
        if let known = cleaned[text] { return known }
        let name = PayeeName.clean(text)
        if cleaned.count >= Self.limit { cleaned.removeAll(keepingCapacity: true) }
        cleaned[text] = name
        return name
    }
}
