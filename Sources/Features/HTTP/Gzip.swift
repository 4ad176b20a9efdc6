import CZlib
import HTTPTypes

/// Compresses answers that are worth it.
///
/// - Source: RFC 1952, through zlib.
enum Gzip {
    /// Below it the packet is one anyway.
    ///
    /// - Units: bytes
    static let threshold = 1_024

    /// Nil when zlib refuses.
    static func compress(_ bytes: [UInt8]) -> [UInt8]? {
        var stream = z_stream()
        // 16 above the window's 15 bits asks for gzip's header; level 1 costs a fifth of level 6.
        let version = ZLIB_VERSION
        guard
            deflateInit2_(
                &stream,
                1,
                Z_DEFLATED,
                15 + 16,
                8,
                Z_DEFAULT_STRATEGY,
                version,
                Int32(MemoryLayout<z_stream>.size)
            ) == Z_OK
        else { return nil }
        defer { deflateEnd(&stream) }
        var input = bytes
        var output = [UInt8](repeating: 0, count: Int(deflateBound(&stream, UInt(bytes.count))))
        let result = input.withUnsafeMutableBufferPointer { source in
            output.withUnsafeMutableBufferPointer { target in
                stream.next_in = source.baseAddress
                stream.avail_in = UInt32(source.count)
                stream.next_out = target.baseAddress
                stream.avail_out = UInt32(target.count)
                return deflate(&stream, Z_FINISH)
            }
        }
        guard result == Z_STREAM_END else { return nil }
        output.removeLast(output.count - Int(stream.total_out))
        return output
    }
}

extension HTTPFields {
    /// Whether answers may come in a coding such as `gzip`.
    ///
    /// - Source: RFC 9110, section 12.5.3, without `*`.
    func accepts(_ coding: String) -> Bool {
        guard let accepted = self[.acceptEncoding] else { return false }
        return accepted.split(separator: ",").contains { choice in
            let parts = choice.split(separator: ";").map { String($0).trimmed.lowercased() }
            let isRefused = parts.dropFirst().contains { $0.wholeMatch(of: /q=0(\.0*)?/) != nil }
            return parts.first == coding && !isRefused
        }
    }
}
