import HTTPTypes

/// One endpoint as OpenAPI describes it.
struct OpenAPIOperation {
    private let endpoint: Endpoint

    init(_ endpoint: Endpoint) {
        self.endpoint = endpoint
    }

    /// For example `postAccountsIdRestore`.
    private var id: String {
        let words = endpoint.path.split { !$0.isLetter && !$0.isNumber }
        return endpoint.method.rawValue.lowercased()
            + words.map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
    }

    /// The name of the shape of the request's body.
    var bodyName: String { id.prefix(1).uppercased() + id.dropFirst() + "Request" }

    private var tag: String { endpoint.path.split(separator: "/").first.map(String.init) ?? "" }

    private var pathParameters: [String] {
        PathParameter.names(in: endpoint.path)
    }

    func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.name("operationId"); writer.string(id)
            writer.name("summary"); writer.string(endpoint.summary)
            writer.name("tags"); writer.array { $0.string(tag) }
            if endpoint.needs == .nothing { writer.name("security"); writer.array { _ in } }
            writeParameters(to: &writer)
            writeBody(to: &writer)
            writeResponses(to: &writer)
        }
    }

    // MARK: What it takes

    private func writeParameters(to writer: inout JSONWriter) {
        let headers = headerParameters
        guard !pathParameters.isEmpty || !endpoint.query.isEmpty || !headers.isEmpty else { return }
        writer.name("parameters")
        writer.array { writer in
            for name in pathParameters {
                let field = SchemaField(
                    name: name,
                    schema: PathParameter.schema(name),
                    isRequired: true
                )
                Self.write(field, in: "path", to: &writer)
            }
            for field in endpoint.query { Self.write(field, in: "query", to: &writer) }
            for field in headers { Self.write(field, in: "header", to: &writer) }
        }
    }

    private var headerParameters: [SchemaField] {
        var fields: [SchemaField] = []
        if endpoint.needs.isOfHousehold {
            fields.append(
                SchemaField(
                    name: "Martlet-Household",
                    schema: .text(format: "uuid"),
                    isRequired: false
                )
            )
        }
        if endpoint.keepsFirstAnswer {
            fields.append(
                SchemaField(
                    name: "Idempotency-Key",
                    schema: .text(range: 1...255, pattern: "^[!-~]{1,255}$"),
                    isRequired: false
                )
            )
        }
        if endpoint.mayBeStale {
            fields.append(
                SchemaField(
                    name: "If-Match",
                    schema: .text(),
                    isRequired: false
                )
            )
        }
        if endpoint.isSignIn {
            fields.append(
                SchemaField(
                    name: "Martlet-Client",
                    schema: .text(),
                    isRequired: false
                )
            )
        }
        return fields
    }

    private static func write(
        _ field: SchemaField,
        in place: String,
        to writer: inout JSONWriter
    ) {
        writer.object { writer in
            writer.name("name"); writer.string(field.name)
            writer.name("in"); writer.string(place)
            if field.isRequired { writer.name("required"); writer.boolean(true) }
            writer.name("schema"); field.schema.write(to: &writer)
        }
    }

    private func writeBody(to writer: inout JSONWriter) {
        switch endpoint.body {
        case .none: break
        case .json(let fields):
            let isRequired = fields.contains(where: \.isRequired)
            writer.name("requestBody")
            writer.object { writer in
                if isRequired { writer.name("required"); writer.boolean(true) }
                Self.writeContent("application/json", to: &writer) { writer in
                    Schema.object(fields, name: bodyName).write(to: &writer)
                }
            }
        case .upload:
            writer.name("requestBody")
            writer.object { writer in
                writer.name("required"); writer.boolean(true)
                Self.writeContent("multipart/form-data", to: &writer) { writer in
                    let file = Schema.text(format: "binary")
                    Schema.object([SchemaField(name: "file", schema: file, isRequired: true)])
                        .write(to: &writer)
                }
            }
        }
    }

    // MARK: What it answers

    private func writeResponses(to writer: inout JSONWriter) {
        writer.name("responses")
        writer.object { writer in
            for answer in endpoint.answers {
                writer.name(String(answer.status.code))
                Self.write(answer, to: &writer)
            }
            for failure in OpenAPIFailure.allCases where failure.canAnswer(endpoint) {
                writer.name(String(failure.status))
                writer.object { writer in
                    writer.name("$ref"); writer.string("#/components/responses/\(failure.rawValue)")
                }
            }
        }
    }

    private static func write(_ answer: Endpoint.Answer, to writer: inout JSONWriter) {
        writer.object { writer in
            writer.name("description"); writer.string(answer.status.reasonPhrase)
            guard let schema = answer.schema else { return }
            writeContent(answer.contentType, to: &writer) { writer in
                if answer.contentType == "application/json" {
                    envelope(of: schema, isList: answer.isList).write(to: &writer)
                } else {
                    schema.write(to: &writer)
                }
            }
        }
    }

    private static func envelope(of schema: Schema, isList: Bool) -> Schema {
        var fields = [SchemaField(name: "data", schema: schema, isRequired: true)]
        if isList {
            fields.append(
                SchemaField(name: "pagination", schema: Pagination.schema, isRequired: true)
            )
        }
        return .object(fields + envelopeFields)
    }

    /// What stands beside the data or the error of every answer.
    static let envelopeFields = [
        SchemaField(name: "timestamp", schema: .text(format: "date-time"), isRequired: true),
        SchemaField(name: "request_id", schema: .text(), isRequired: true),
    ]

    static func writeContent(
        _ type: String,
        to writer: inout JSONWriter,
        _ schema: (inout JSONWriter) -> Void
    ) {
        writer.name("content")
        writer.object { writer in
            writer.name(type)
            writer.object { writer in
                writer.name("schema")
                schema(&writer)
            }
        }
    }
}

extension Endpoint {
    var isUnsafe: Bool { method != .get && method != .head }

    /// Whether it takes an `Idempotency-Key`.
    var keepsFirstAnswer: Bool {
        method == .post && (needs == .editor || limit == .register)
    }

    /// Whether it takes an `If-Match`.
    var mayBeStale: Bool {
        needs == .editor && [.patch, .delete].contains(method) || needs == .person && method == .put
    }

    /// Whether it deals in sessions.
    var isSignIn: Bool { needs == .nothing && isUnsafe }
}
