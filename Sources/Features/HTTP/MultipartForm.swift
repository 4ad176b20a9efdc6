import HTTPTypes
import Hummingbird
import NIOCore

/// One file of a `multipart/form-data` body.
package struct UploadedFile: Sendable {
    package let name: String
    package let bytes: [UInt8]
}

/// Reads `multipart/form-data` (RFC 7578) within limits.
package enum MultipartForm {
    /// What may stand around the file.
    ///
    /// - Units: bytes
    static let overhead = 16_384
    static let headerLimit = 8_192
    static let partLimit = 16

    /// Reads the whole body, and stops at the first byte past the limit.
    ///
    /// - Throws: 413
    static func collect(_ body: RequestBody, limit: Int) async throws -> [UInt8] {
        var bytes: [UInt8] = []
        for try await part in body {
            guard bytes.count + part.readableBytes <= limit + overhead else {
                throw tooLarge(limit)
            }
            bytes.append(contentsOf: part.readableBytesView)
        }
        return bytes
    }

    static func tooLarge(_ limit: Int) -> APIError {
        APIError(
            .contentTooLarge,
            "import.too_large",
            "The file is larger than \(limit) bytes, which is what this server takes."
        )
    }

    /// The part with a name, which must be a file.
    ///
    /// - Throws: 400, 415
    static func file(
        _ name: String,
        in bytes: [UInt8],
        contentType: String?
    ) throws(APIError) -> UploadedFile {
        let delimiter = Array("--\(try boundary(contentType))".utf8)
        let malformed = APIError.malformed(
            "request.multipart",
            "The body is not multipart/form-data."
        )
        guard bytes.starts(with: delimiter) else { throw malformed }
        let inner = [13, 10] + delimiter
        var start = delimiter.count
        for _ in 0..<partLimit {
            if bytes[start...].starts(with: "--".utf8) { break }
            guard bytes[start...].starts(with: [13, 10]) else { throw malformed }
            let headerStart = start + 2
            guard
                let headerEnd = find(
                    [13, 10, 13, 10],
                    in: bytes,
                    from: headerStart - 2,
                    limit: headerLimit
                ),
                let partEnd = find(inner, in: bytes, from: headerEnd + 2, limit: nil)
            else { throw malformed }
            let headers = String(
                decoding: bytes[headerStart..<max(headerStart, headerEnd)],
                as: UTF8.self
            )
            let disposition = parameters(ofDisposition: headers)
            if disposition["name"] == name {
                let body = partEnd > headerEnd + 4 ? Array(bytes[(headerEnd + 4)..<partEnd]) : []
                return UploadedFile(name: cleanName(disposition["filename"] ?? ""), bytes: body)
            }
            start = partEnd + inner.count
        }
        throw .invalid(name, "required", "send the file as a part named \(name)")
    }

    private static func boundary(_ contentType: String?) throws(APIError) -> String {
        let parts = (contentType ?? "").split(separator: ";").map { String($0).trimmed }
        guard parts.first?.lowercased() == "multipart/form-data" else {
            throw APIError(
                .unsupportedMediaType,
                "request.media_type",
                "Send the file as multipart/form-data."
            )
        }
        let named = parts.dropFirst().first { $0.lowercased().hasPrefix("boundary=") }
        let boundary = named?.dropFirst(9).trimmingQuotes ?? ""
        guard (1...70).contains(boundary.utf8.count) else {
            throw .malformed("request.multipart", "The boundary has 1 to 70 characters.")
        }
        return boundary
    }

    private static func parameters(ofDisposition headers: String) -> [String: String] {
        let lines = headers.split(whereSeparator: \.isNewline)
        guard let line = lines.first(where: { $0.lowercased().hasPrefix("content-disposition:") })
        else {
            return [:]
        }
        var parameters: [String: String] = [:]
        for part in line.split(separator: ";").dropFirst() {
            let pair = part.split(separator: "=", maxSplits: 1)
            guard pair.count == 2 else { continue }
            parameters[String(pair[0]).trimmed.lowercased()] = pair[1].trimmingQuotes
        }
        return parameters
    }

    /// The last part of a path, one line, at most 255 characters.
    static func cleanName(_ name: String) -> String {
        let last =
            name.split(whereSeparator: { $0 == "/" || $0 == "\\" }).last.map(String.init) ?? ""
        let visible = last.unicodeScalars.filter { $0.value >= 32 && $0.value != 127 }
        let text = String(String.UnicodeScalarView(visible)).trimmed
        return text.isEmpty ? "statement" : String(text.prefix(255))
    }

    private static func find(
        _ needle: [UInt8],
        in bytes: [UInt8],
        from start: Int,
        limit: Int?
    ) -> Int? {
        let end = min(bytes.count, limit.map { start + $0 } ?? bytes.count) - needle.count
        guard start <= end else { return nil }
        return bytes.withUnsafeBufferPointer { buffer in
            var index = start
            while index <= end {
                if buffer[index] == needle[0] {
                    var matched = 1
                    while matched < needle.count, buffer[index + matched] == needle[matched] {
                        matched += 1
                    }
                    if matched == needle.count { return index }
                }
                index += 1
            }
            return nil
        }
    }
}

extension Substring {
    fileprivate var trimmingQuotes: String {
        let text = String(self).trimmed
        guard text.count >= 2, text.hasPrefix("\""), text.hasSuffix("\"") else { return text }
        return String(text.dropFirst().dropLast())
    }
}
