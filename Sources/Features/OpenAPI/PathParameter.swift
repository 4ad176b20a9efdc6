/// What stands in an address where a route names a part of it.
enum PathParameter {
    /// Each by its name. What no route reads as an id is none.
    static let schemas: [String: Schema] = [
        "id": uuid, "contribution_id": uuid, "person_id": uuid, "category": uuid,
        // The day that an occurrence of a bill was meant for.
        "date": .text(format: "date"),
        // Budgets take the name of a period (2026-11, 2026-W47, 2026-Q4, 2026) or any day of it.
        "month": .text(pattern: "^[0-9]{4}(-([0-9]{2}(-[0-9]{2})?|W[0-9]{2}|Q[1-4]))?$"),
        // A series of payments: its digest and its size.
        "key": .text(pattern: "^[0-9a-f]{32}-[0-9]{1,20}$"),
        // A calendar: a secret, and the ending that calendars ask for.
        "file": .text(pattern: "^.+\\.ics$"),
        "kind": .choice(PageKind.allCases.map(\.rawValue)),
        // The short name that the operator gave a provider.
        "provider": .text(),
    ]

    private static let uuid = Schema.text(format: "uuid")

    static func schema(_ name: String) -> Schema { schemas[name] ?? .text() }

    /// In the order of a path.
    static func names(in path: String) -> [String] {
        path.split(separator: "/").filter { $0.hasPrefix("{") }
            .map { String($0.dropFirst().dropLast()) }
    }
}
