import HTTPTypes
import Hummingbird
import NIOCore
import Storage

/// What every answer is wrapped in.
enum Envelope {
    static func response(
        _ reply: Reply,
        requestID: String,
        now: Instant,
        to request: Request
    ) -> Response {
        guard let data = reply.data else {
            return Response(status: reply.status, headers: reply.headers)
        }
        var writer = JSONWriter(capacity: data.count + 320)
        writer.object { writer in
            writer.name("data")
            writer.raw(data)
            if let pagination = reply.pagination {
                writer.name("pagination")
                pagination.write(to: &writer)
            }
            writer.name("timestamp")
            writer.instant(now)
            writer.name("request_id")
            writer.string(requestID)
        }
        return response(reply.status, writer.bytes, reply.headers, to: request)
    }

    static func response(
        _ error: APIError,
        requestID: String,
        now: Instant,
        to request: Request
    ) -> Response {
        var writer = JSONWriter()
        writer.object { writer in
            error.writeBody(to: &writer)
            writer.name("timestamp")
            writer.instant(now)
            writer.name("request_id")
            writer.string(requestID)
        }
        var headers = error.headers
        if let seconds = error.retryAfterSeconds { headers[.retryAfter] = String(seconds) }
        if error.status == .unauthorized { headers[.wwwAuthenticate] = "Bearer" }
        return response(error.status, writer.bytes, headers, to: request)
    }

    private static func response(
        _ status: HTTPResponse.Status,
        _ body: [UInt8],
        _ more: HTTPFields,
        to request: Request
    ) -> Response {
        var headers = more
        headers[.contentType] = "application/json; charset=utf-8"
        headers[.cacheControl] = "no-store"
        var bytes = body
        if body.count > Gzip.threshold, request.headers.accepts("gzip"),
            let smaller = Gzip.compress(body)
        {
            bytes = smaller
            headers[.contentEncoding] = "gzip"
        }
        headers[.vary] = "Accept-Encoding"
        return Response(
            status: status,
            headers: headers,
            body: .init(byteBuffer: ByteBuffer(bytes: bytes))
        )
    }
}
