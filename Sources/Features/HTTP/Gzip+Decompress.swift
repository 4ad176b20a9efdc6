import CZlib

extension Gzip {
    /// What was compressed, all of its members one after the other.
    ///
    /// - Parameter limit: the most bytes that may come out.
    /// - Returns: nil for what is no whole gzip file, or is larger.
    static func decompress(_ bytes: [UInt8], limit: Int) -> [UInt8]? {
        var stream = z_stream()
        let size = Int32(MemoryLayout<z_stream>.size)
        guard inflateInit2_(&stream, 15 + 16, ZLIB_VERSION, size) == Z_OK else { return nil }
        defer { inflateEnd(&stream) }
        var input = bytes
        var output: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 1 << 16)
        let isWhole = input.withUnsafeMutableBufferPointer { source in
            stream.next_in = source.baseAddress
            stream.avail_in = UInt32(source.count)
            while true {
                let (result, left) = piece.withUnsafeMutableBufferPointer { target in
                    stream.next_out = target.baseAddress
                    stream.avail_out = UInt32(target.count)
                    return (inflate(&stream, Z_NO_FLUSH), Int(stream.avail_out))
                }
                output += piece[..<(piece.count - left)]
                guard output.count <= limit else { return false }
                if result == Z_STREAM_END {
                    guard stream.avail_in > 0 else { return true }
                    guard inflateReset(&stream) == Z_OK else { return false }
                } else if result != Z_OK {
                    return false
                }
            }
        }
        return isWhole ? output : nil
    }
}
