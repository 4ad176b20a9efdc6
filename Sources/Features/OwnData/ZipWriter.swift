import CZlib
import Ledger
import Storage

/// Why an archive cannot be written.
enum ZipError: Error, Equatable {
    /// A file, or all of them, would be 4 GiB or more, or there would be more than 65 535 of them.
    case tooLarge
    /// zlib refused.
    case compression(Int32)
}

/// Writes a ZIP archive as its files become known: whatever has been taken can be sent, and nothing of it is held.
///
/// - Source: PKWARE APPNOTE 6.3.10, sections 4.3 and 4.4, without ZIP64; sizes follow each file (4.3.9).
final class ZipWriter {
    /// The first size that four bytes cannot say.
    private static let sizeLimit = UInt64(UInt32.max)
    private static let fileLimit = 65_535

    private let sizeLimit: UInt64
    private let time: (date: UInt16, time: UInt16)
    private var output: [UInt8] = []
    private var written: UInt64 = 0
    private var files: [File] = []
    private var open: (file: File, deflater: Deflater)?

    private struct File {
        let name: [UInt8]
        let offset: UInt64
        var checksum: UInt = 0
        var size: UInt64 = 0
        var compressedSize: UInt64 = 0
    }

    /// - Parameters:
    ///   - moment: when each file was made, in UTC.
    ///   - sizeLimit: less only in tests.
    init(at moment: Instant, sizeLimit: UInt64 = ZipWriter.sizeLimit) {
        self.sizeLimit = sizeLimit
        time = Self.stamp(moment)
    }

    /// How much waits to be taken.
    var pendingCount: Int { output.count }

    /// What has been written since it was last asked.
    func take() -> [UInt8] {
        defer { output.removeAll(keepingCapacity: true) }
        return output
    }

    /// Begins a file; the one before is ended.
    ///
    /// - Parameter name: a path of ours, with `/` between its parts.
    func begin(_ name: String) throws(ZipError) {
        try end()
        guard files.count < Self.fileLimit else { throw .tooLarge }
        let file = File(name: Array(name.utf8), offset: written)
        append(header(0x0403_4B50, of: file, [20]))
        append(file.name)
        open = (file, try Deflater())
    }

    func write(_ bytes: [UInt8]) throws(ZipError) {
        guard let deflater = open?.deflater, var file = open?.file else { return }
        file.checksum = bytes.withUnsafeBufferPointer {
            crc32_z(file.checksum, $0.baseAddress, $0.count)
        }
        file.size += UInt64(bytes.count)
        let compressed = try deflater.add(bytes, isLast: false)
        file.compressedSize += UInt64(compressed.count)
        open = (file, deflater)
        append(compressed)
        guard file.size < sizeLimit, written < sizeLimit else { throw .tooLarge }
    }

    func write(_ text: String) throws(ZipError) { try write(Array(text.utf8)) }

    private func end() throws(ZipError) {
        guard let deflater = open?.deflater, var file = open?.file else { return }
        open = nil
        let compressed = try deflater.add([], isLast: true)
        file.compressedSize += UInt64(compressed.count)
        append(compressed)
        var descriptor = little(0x0807_4B50, 4) + little(UInt64(file.checksum), 4)
        descriptor += little(file.compressedSize, 4) + little(file.size, 4)
        append(descriptor)
        files.append(file)
    }

    /// Ends the archive with its list of files.
    func finish() throws(ZipError) {
        try end()
        let start = written
        for file in files {
            // Made by version 3.0 on Unix, whose mode is a plain file for its owner.
            append(header(0x0201_4B50, of: file, [0x031E, 20]))
            append([0, 0, 0, 0, 0, 0] + little(0o100_600 << 16, 4) + little(file.offset, 4))
            append(file.name)
        }
        let (count, size) = (UInt64(files.count), written - start)
        guard written < sizeLimit else { throw .tooLarge }
        var last = little(0x0605_4B50, 4) + [0, 0, 0, 0]
        last += little(count, 2) + little(count, 2) + little(size, 4) + little(start, 4) + [0, 0]
        append(last)
    }

    /// What a file's two headers share.
    private func header(_ mark: UInt64, of file: File, _ versions: [UInt64]) -> [UInt8] {
        var bytes = little(mark, 4)
        for version in versions { bytes += little(version, 2) }
        // Sizes follow the file, names are UTF-8; deflated.
        bytes += little(0x0808, 2) + little(8, 2)
        bytes += little(UInt64(time.time), 2) + little(UInt64(time.date), 2)
        bytes += little(UInt64(file.checksum), 4)
        bytes += little(file.compressedSize, 4) + little(file.size, 4)
        return bytes + little(UInt64(file.name.count), 2) + [0, 0]
    }

    private func append(_ bytes: [UInt8]) {
        output += bytes
        written += UInt64(bytes.count)
    }

    private func little(_ value: UInt64, _ count: Int) -> [UInt8] {
        (0..<count).map { UInt8(truncatingIfNeeded: value >> (8 * UInt64($0))) }
    }

    /// MS-DOS's date and time, to two seconds.
    private static func stamp(_ moment: Instant) -> (date: UInt16, time: UInt16) {
        let seconds = max(moment.microseconds / 1_000_000, 0)
        let day = LocalDate(daysSince1970: Int(seconds / 86_400)) ?? .latest
        let year = min(max(day.year - 1980, 0), 127)
        let time = (seconds / 3_600 % 24) << 11 | (seconds / 60 % 60) << 5 | seconds % 60 / 2
        return (UInt16(year << 9 | day.monthOfYear << 5 | day.day), UInt16(time))
    }
}

/// zlib's deflate without a frame of its own, fed piece by piece.
///
/// - Source: RFC 1951.
private final class Deflater {
    // It must not move while zlib knows where it is.
    private let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
    private var buffer = [UInt8](repeating: 0, count: 1 << 16)

    init() throws(ZipError) {
        stream.initialize(to: z_stream())
        let size = Int32(MemoryLayout<z_stream>.size)
        // Fewer than 0 bits of window leave out the frame.
        let code = deflateInit2_(
            stream,
            6,
            Z_DEFLATED,
            -15,
            8,
            Z_DEFAULT_STRATEGY,
            ZLIB_VERSION,
            size
        )
        guard code == Z_OK else {
            stream.deallocate()
            throw .compression(code)
        }
    }

    deinit {
        deflateEnd(stream)
        stream.deallocate()
    }

    func add(_ bytes: [UInt8], isLast: Bool) throws(ZipError) -> [UInt8] {
        var result: [UInt8] = []
        var input = bytes
        let code = input.withUnsafeMutableBufferPointer { source in
            stream.pointee.next_in = source.baseAddress
            stream.pointee.avail_in = UInt32(source.count)
            var code = Z_OK
            repeat {
                code = buffer.withUnsafeMutableBufferPointer { target in
                    stream.pointee.next_out = target.baseAddress
                    stream.pointee.avail_out = UInt32(target.count)
                    return deflate(stream, isLast ? Z_FINISH : Z_NO_FLUSH)
                }
                result += buffer.prefix(buffer.count - Int(stream.pointee.avail_out))
            } while stream.pointee.avail_out == 0 && code == Z_OK
            return code
        }
        // Z_BUF_ERROR says that there was nothing to do.
        guard code == (isLast ? Z_STREAM_END : Z_OK) || !isLast && code == Z_BUF_ERROR else {
            throw .compression(code)
        }
        return result
    }
}
