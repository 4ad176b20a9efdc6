import HTTPTypes
import Ledger
import Storage

/// Pages over HTTP.
package struct PageRoutes: Sendable {
    package init() {}

    package var endpoints: [Endpoint] {
        [
            .open(
                .get,
                "pages/{kind}",
                "The privacy page or the terms",
                answers: .ok(Page.shape),
                handle: get
            ),
            .person(
                .put,
                "admin/pages/{kind}",
                "Write the privacy page or the terms anew",
                needs: .system(.settingsWrite),
                answers: .ok(Page.shape),
                handle: put
            ),
        ]
    }

    @Sendable private func get(_ call: OpenCall, _: NoFields, _: NoFields) async throws -> Reply {
        let kind = try kind(call.word("kind"))
        let page = try await call.environment.database.read(.shared) {
            try PageStore(transaction: $0).load(kind)
        }
        return .ok(Page.shape, page)
    }

    @Sendable private func put(
        _ call: PersonCall,
        _: NoFields,
        _ input: PageInput
    ) async throws -> Reply {
        let kind = try kind(call.word("kind"))
        let environment = call.environment
        let page = try await environment.database.write(.shared) { transaction in
            let store = PageStore(transaction: transaction)
            try store.save(input.title, input.text, as: kind, at: call.now)
            let page = try store.load(kind)
            try SecurityTrail(transaction, environment).add(
                SecurityEvent(
                    "page_change",
                    about: .server,
                    by: .person(call.person),
                    entity: "page",
                    on: call.client,
                    requestID: call.requestID,
                    details: JSONWriter.object([
                        "kind": kind.rawValue, "version": String(page.version),
                    ])
                )
            )
            return page
        }
        return .ok(Page.shape, page)
    }

    /// - Throws: 404
    private func kind(_ word: String?) throws -> PageKind {
        guard let kind = word.flatMap(PageKind.init) else { throw APIError.notFound("page") }
        return kind
    }
}

/// A page as an operator writes it.
struct PageInput: RequestFields {
    let title: String
    let text: String

    /// - Units: Unicode scalars
    static let textLimit = 100_000

    init(_ fields: inout FieldReader) {
        title = fields.required("title", .text(1...120))
        text = fields.required("text", .lines(1...Self.textLimit))
    }
}
