package import HTTPTypes

/// What a handler answers, before it is wrapped in the envelope.
package struct Reply: Sendable {
    package var status: HTTPResponse.Status
    /// One JSON value; nil answers without a body.
    package var data: [UInt8]?
    package var pagination: Pagination?
    package var headers: HTTPFields = [:]

    package init(
        _ status: HTTPResponse.Status,
        data: [UInt8]? = nil,
        pagination: Pagination? = nil
    ) {
        self.status = status
        self.data = data
        self.pagination = pagination
    }

    package static let noContent = Reply(.noContent)

    package static func ok<Value>(_ shape: Shape<Value>, _ value: Value) -> Reply {
        Reply(.ok, data: shape.bytes(value))
    }

    package static func created<Value>(_ shape: Shape<Value>, _ value: Value) -> Reply {
        Reply(.created, data: shape.bytes(value))
    }

    package static func list<Value>(
        _ shape: Shape<Value>,
        _ values: [Value],
        _ pagination: Pagination? = nil
    ) -> Reply {
        Reply(DerivedAnswer(list: shape, values, pagination))
    }

    package init(_ answer: DerivedAnswer) {
        self.init(.ok, data: answer.data, pagination: answer.pagination)
    }

    /// Says which version of the row was answered, for `If-Match`.
    package func tagged(_ version: Int64) -> Reply {
        var reply = self
        reply.headers[.eTag] = "\"\(version)\""
        return reply
    }
}

/// Where in a list an answer stands.
package struct Pagination: Sendable {
    /// Nil when a cursor was followed.
    package let page: Int?
    package let perPage: Int
    /// Nil where counting would take too long.
    package let total: Int?
    package let nextCursor: String?

    package init(page: Int?, perPage: Int, total: Int?, nextCursor: String?) {
        self.page = page
        self.perPage = perPage
        self.total = total
        self.nextCursor = nextCursor
    }

    /// A list that is answered in one piece.
    package init(whole count: Int) {
        self.init(page: 1, perPage: max(count, 1), total: count, nextCursor: nil)
    }

    func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.name("page")
            if let page { writer.integer(Int64(page)) } else { writer.null() }
            writer.name("per_page"); writer.integer(Int64(perPage))
            writer.name("total")
            if let total { writer.integer(Int64(total)) } else { writer.null() }
            writer.name("total_pages")
            if let total {
                writer.integer(Int64((total + perPage - 1) / max(perPage, 1)))
            } else {
                writer.null()
            }
            writer.name("next_cursor")
            if let nextCursor { writer.string(nextCursor) } else { writer.null() }
        }
    }

    static let schema = Schema.object(
        [
            SchemaField(name: "page", schema: .nullable(.integer()), isRequired: true),
            SchemaField(name: "per_page", schema: .integer(), isRequired: true),
            SchemaField(name: "total", schema: .nullable(.integer()), isRequired: true),
            SchemaField(name: "total_pages", schema: .nullable(.integer()), isRequired: true),
            SchemaField(name: "next_cursor", schema: .nullable(.text()), isRequired: true),
        ],
        name: "Pagination"
    )
}
