import HTTPTypes

/// Demo data over HTTP.
package struct DemoRoutes: Sendable {
    package init() {}

    package var endpoints: [Endpoint] {
        [
            .change(
                .post,
                "demo",
                "Fill an empty household with demo data",
                answers: .ok(DemoResult.shape),
                handle: fill
            )
        ]
    }

    @Sendable private func fill(
        _ call: MemberCall,
        _: NoFields,
        _ input: DemoInput
    ) async throws -> Reply {
        try await call.write { write in
            try DemoBook(transactions: input.transactions).fill(in: write)
            return .ok(DemoResult.shape, DemoResult(transactions: input.transactions))
        }
    }
}

/// How much demo data.
struct DemoInput: RequestFields {
    let transactions: Int

    /// All of it is one write, and others wait for it.
    static let limit = 20_000
    static let usual = 5_000

    init(_ fields: inout FieldReader) {
        transactions = fields.optional("transactions", .integer(1...Self.limit)) ?? Self.usual
    }
}

/// What was written.
struct DemoResult: Sendable {
    let transactions: Int

    static let shape = Shape<DemoResult>("DemoResult") { shape in
        shape.integer("transactions") { Int64($0.transactions) }
    }
}
