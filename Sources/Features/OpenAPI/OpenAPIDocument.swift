import HTTPTypes

/// The description of the API, written from the list of endpoints that is served.
///
/// The same list always gives the same bytes, so that a change of the API shows in review.
///
/// - Source: OpenAPI 3.1.
package struct OpenAPIDocument: Sendable {
    private let endpoints: [Endpoint]
    private let version: String

    package init(_ endpoints: [Endpoint], version: String) {
        self.endpoints = endpoints
        self.version = version
    }

    package var bytes: [UInt8] {
        var writer = JSONWriter(capacity: 1 << 18)
        writer.object { writer in
            writer.name("openapi"); writer.string("3.1.0")
            writeInfo(to: &writer)
            writer.name("servers")
            writer.array {
                $0.object {
                    $0.name("url"); $0.string("/")
                }
            }
            writer.name("security")
            writer.array {
                $0.object {
                    $0.name("bearer"); $0.array { _ in }
                }
            }
            writePaths(to: &writer)
            writeComponents(to: &writer)
        }
        return JSONIndent.lines(of: writer.bytes)
    }

    private func writeInfo(to writer: inout JSONWriter) {
        writer.name("info")
        writer.object { writer in
            writer.name("title"); writer.string("Martlet")
            writer.name("version"); writer.string(version)
            writer.name("description")
            writer.string(
                """
                A household's money. Amounts are decimal strings with their currency beside them; \
                dates are days; a field that is not known is refused.
                """
            )
            writer.name("license")
            writer.object { writer in
                writer.name("name"); writer.string("Apache-2.0")
                writer.name("identifier"); writer.string("Apache-2.0")
            }
        }
    }

    private func writePaths(to writer: inout JSONWriter) {
        var paths: [String] = []
        for endpoint in endpoints where !paths.contains(endpoint.path) {
            paths.append(endpoint.path)
        }
        writer.name("paths")
        writer.object { writer in
            for path in paths {
                writer.name(APIRouter.prefix + path)
                writer.object { writer in
                    for endpoint in endpoints where endpoint.path == path {
                        writer.name(endpoint.method.rawValue.lowercased())
                        OpenAPIOperation(endpoint).write(to: &writer)
                    }
                }
            }
        }
    }

    private func writeComponents(to writer: inout JSONWriter) {
        writer.name("components")
        writer.object { writer in
            writer.name("securitySchemes")
            writer.object { writer in
                writer.name("bearer")
                writer.object { writer in
                    writer.name("type"); writer.string("http")
                    writer.name("scheme"); writer.string("bearer")
                    writer.name("bearerFormat"); writer.string("JWT")
                }
            }
            writer.name("schemas")
            writer.object { writer in
                for (name, fields) in namedShapes.sorted(by: { $0.key < $1.key }) {
                    writer.name(name)
                    Schema.object(fields).write(to: &writer)
                }
            }
            writer.name("responses")
            writer.object { writer in
                for failure in OpenAPIFailure.allCases { failure.writeResponse(to: &writer) }
            }
        }
    }

    private var namedShapes: [String: [SchemaField]] {
        var named: [String: [SchemaField]] = [:]
        OpenAPIFailure.schema.collectNamed(into: &named)
        Pagination.schema.collectNamed(into: &named)
        for endpoint in endpoints {
            for answer in endpoint.answers { answer.schema?.collectNamed(into: &named) }
            if case .json(let fields) = endpoint.body {
                Schema.object(fields, name: OpenAPIOperation(endpoint).bodyName)
                    .collectNamed(into: &named)
            }
        }
        return named
    }
}
