import HTTPTypes
import Hummingbird
import NIOCore
import Synchronization

/// `/openapi.json`, and `/docs` that shows it to people. Nothing of it comes from elsewhere.
struct DocsRoutes: Sendable {
    static let paths = ["/openapi.json", "/docs", "/docs/docs.js", "/docs/docs.css"]

    private let document: LazyDocument

    init(_ document: OpenAPIDocument) {
        self.document = LazyDocument(document)
    }

    func add(to router: Router<MartletContext>) {
        router.get("openapi.json") { request, _ in
            Self.file(document.bytes, "application/json; charset=utf-8", to: request)
        }
        router.get("docs") { request, _ in
            Self.file(Array(DocsPage.html.utf8), "text/html; charset=utf-8", to: request)
        }
        router.get("docs/docs.js") { request, _ in
            Self.file(Array(DocsPage.script.utf8), "text/javascript; charset=utf-8", to: request)
        }
        router.get("docs/docs.css") { request, _ in
            Self.file(Array(DocsPage.style.utf8), "text/css; charset=utf-8", to: request)
        }
    }

    private static func file(_ bytes: [UInt8], _ type: String, to request: Request) -> Response {
        var headers: HTTPFields = [
            .contentType: type, .cacheControl: "no-cache", .vary: "Accept-Encoding",
        ]
        if bytes.count > Gzip.threshold, request.headers.accepts("gzip"),
            let smaller = Gzip.compress(bytes)
        {
            headers[.contentEncoding] = "gzip"
            return Response(
                status: .ok,
                headers: headers,
                body: .init(byteBuffer: ByteBuffer(bytes: smaller))
            )
        }
        return Response(
            status: .ok,
            headers: headers,
            body: .init(byteBuffer: ByteBuffer(bytes: bytes))
        )
    }
}

/// The description, written when it is first asked for: the server starts without waiting for it.
private final class LazyDocument: Sendable {
    private let document: OpenAPIDocument
    private let written = Mutex<[UInt8]?>(nil)

    init(_ document: OpenAPIDocument) {
        self.document = document
    }

    var bytes: [UInt8] {
        written.withLock { written in
            if let written { return written }
            let bytes = document.bytes
            written = bytes
            return bytes
        }
    }
}
