import Crypto
import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import Synchronization

/// The web app's files: those that lay in WEB_DIR at the start, and nothing else.
///
/// A request is looked up in that list and never becomes a path, so no spelling of it leads out of
/// the folder.
package final class WebFiles: Sendable {
    private struct Variants {
        var plain: String?
        var brotli: String?
        var gzip: String?
    }

    private struct Content {
        let bytes: ByteBuffer
        let tag: String
    }

    private let variants: [String: Variants]
    private let contents = Mutex<[String: Content]>([:])

    /// - Parameter folder: nil serves no web app.
    /// - Throws: when the folder cannot be listed.
    package init(folder: String?) throws {
        variants = try folder.map(Self.list) ?? [:]
    }

    private static func list(_ folder: String) throws -> [String: Variants] {
        var found: [String: Variants] = [:]
        for name in try FileManager.default.subpathsOfDirectory(atPath: folder) {
            let path = "\(folder)/\(name)"
            let isHidden = name.split(separator: "/").contains { $0.hasPrefix(".") }
            guard !isHidden, try isRegular(path) else { continue }
            let address = "/" + name
            if name.hasSuffix(".br") {
                found[String(address.dropLast(3)), default: Variants()].brotli = path
            } else if name.hasSuffix(".gz") {
                found[String(address.dropLast(3)), default: Variants()].gzip = path
            } else {
                found[address, default: Variants()].plain = path
            }
        }
        return found.filter { $0.value.plain != nil }
    }

    /// A link is none: it could lead anywhere.
    private static func isRegular(_ path: String) throws -> Bool {
        let attributes = try FileManager.default.attributesOfItem(atPath: path)
        return attributes[.type] as? FileAttributeType == .typeRegular
    }

    /// The file for an address; the app's page for an address of the app; nil for none.
    func response(to request: Request) throws -> Response? {
        let path = request.uri.path
        let address = variants[path] == nil && Self.isPage(path) ? "/index.html" : path
        guard let variants = variants[address], let plain = variants.plain else { return nil }
        let (file, encoding) = Self.choose(variants, plain, request.headers)
        let content = try content(of: file)
        var headers: HTTPFields = [
            .contentType: Self.contentType(of: address),
            .cacheControl: Self.isHashed(address)
                ? "public, max-age=31536000, immutable" : "no-cache",
            .eTag: content.tag,
            .vary: "Accept-Encoding",
        ]
        if let encoding { headers[.contentEncoding] = encoding }
        if request.headers[.ifNoneMatch] == content.tag {
            var response = Response(status: .notModified, headers: headers)
            response.headers[.contentLength] = nil
            return response
        }
        headers[.contentLength] = String(content.bytes.readableBytes)
        let body = request.method == .head ? ResponseBody() : .init(byteBuffer: content.bytes)
        return Response(status: .ok, headers: headers, body: body)
    }

    /// Addresses of the app have no extension.
    private static func isPage(_ path: String) -> Bool {
        !(path.split(separator: "/").last ?? "").contains(".")
    }

    /// The build puts a hash of the content into the name of everything in `assets`.
    private static func isHashed(_ address: String) -> Bool { address.hasPrefix("/assets/") }

    private static func choose(
        _ variants: Variants,
        _ plain: String,
        _ headers: HTTPFields
    ) -> (file: String, encoding: String?) {
        if let brotli = variants.brotli, headers.accepts("br") { return (brotli, "br") }
        if let gzip = variants.gzip, headers.accepts("gzip") { return (gzip, "gzip") }
        return (plain, nil)
    }

    private func content(of file: String) throws -> Content {
        if let known = contents.withLock({ $0[file] }) { return known }
        let data = try Data(contentsOf: URL(fileURLWithPath: file))
        let tag = "\"\(Base64URL.encode(SHA256.hash(data: data).prefix(12)))\""
        let content = Content(bytes: ByteBuffer(bytes: data), tag: tag)
        contents.withLock { $0[file] = content }
        return content
    }

    private static func contentType(of address: String) -> String {
        let end = address.lastIndex(of: ".").map {
            address[address.index(after: $0)...].lowercased()
        }
        return types[end ?? ""] ?? "application/octet-stream"
    }

    private static let types = [
        "css": "text/css; charset=utf-8", "html": "text/html; charset=utf-8",
        "ico": "image/x-icon", "js": "text/javascript; charset=utf-8", "json": "application/json",
        "map": "application/json", "png": "image/png", "svg": "image/svg+xml",
        "txt": "text/plain; charset=utf-8", "webmanifest": "application/manifest+json",
        "woff2": "font/woff2",
    ]
}
