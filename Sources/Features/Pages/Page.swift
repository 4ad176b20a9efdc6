import Storage

/// The pages that say on what terms one is here. Whoever runs the server can write them anew.
enum PageKind: String, CaseIterable, Sendable {
    case privacy, terms
}

struct Page: Sendable {
    let kind: PageKind
    let title: String
    /// Markdown.
    let text: String
    /// Raised by each change; what people agree to names it.
    let version: Int64
    /// Nil for a page as it came with the program.
    let updatedAt: Instant?

    static let shape = Shape<Page>("Page") { shape in
        shape.choice("kind", \.kind)
        shape.text("title", \.title)
        shape.text("text", \.text)
        shape.integer("version", \.version)
        shape.instantOrNil("updated_at", \.updatedAt)
    }
}

/// The pages that an operator wrote.
struct PageStore {
    let transaction: any SQLTransaction

    /// As it was written, or as it came.
    func load(_ kind: PageKind) throws -> Page {
        let written = try transaction.first(
            "SELECT title, text, version, updated_at FROM page WHERE kind = \(kind.rawValue)"
        ) { row in
            Page(
                kind: kind,
                title: try row.text(),
                text: try row.text(),
                version: try row.integer(),
                updatedAt: try row.instant()
            )
        }
        return written ?? .usual(kind)
    }

    /// Writes the next version.
    func save(_ title: String, _ text: String, as kind: PageKind, at now: Instant) throws {
        let first = Page.usual(kind).version + 1
        try transaction.execute(
            """
            INSERT INTO page (kind, title, text, version, updated_at)
            VALUES (\(kind.rawValue), \(title), \(text), \(first), \(now))
            ON CONFLICT (kind) DO UPDATE SET title = excluded.title, text = excluded.text,
                version = page.version + 1, updated_at = excluded.updated_at
            """
        )
    }
}
