import Hummingbird
import NIOCore
import Storage

/// Writes an archive into an answer as it is read: no more of it is held than a page and a block of zlib's.
struct ArchiveWriter {
    private let zip: ZipWriter

    /// - Units: bytes that wait before they are sent.
    private static let block = 1 << 16

    init(at moment: Instant) {
        zip = ZipWriter(at: moment)
    }

    /// A table twice: as JSON, and as CSV.
    func write<Row>(
        _ table: ArchiveTable<Row>,
        in folder: String = "",
        to body: inout any ResponseBodyWriter
    ) async throws {
        try zip.begin("\(folder)\(table.name).json")
        try zip.write("[")
        var isFirst = true
        try await eachPage(table, to: &body) { rows in
            for row in rows {
                try zip.write(isFirst ? "\n" : ",\n")
                try zip.write(table.shape.bytes(row))
                isFirst = false
            }
        }
        try zip.write("\n]\n")
        let csv = ArchiveCSV(table.shape)
        try zip.begin("\(folder)\(table.name).csv")
        try zip.write(csv.header)
        try await eachPage(table, to: &body) { rows in
            for row in rows { try zip.write(try csv.line(row)) }
        }
    }

    private func eachPage<Row>(
        _ table: ArchiveTable<Row>,
        to body: inout any ResponseBodyWriter,
        _ write: ([Row]) throws -> Void
    ) async throws {
        var cursor: String?
        repeat {
            let page = try await table.page(cursor)
            try write(page.rows)
            cursor = page.next
            try await send(to: &body)
        } while cursor != nil
    }

    /// One file.
    func write(
        _ bytes: [UInt8],
        as name: String,
        to body: inout any ResponseBodyWriter
    ) async throws {
        try zip.begin(name)
        for start in stride(from: 0, to: bytes.count, by: Self.block) {
            try zip.write(Array(bytes[start..<min(start + Self.block, bytes.count)]))
            try await send(to: &body)
        }
    }

    func finish(to body: inout any ResponseBodyWriter) async throws {
        try zip.finish()
        try await body.write(ByteBuffer(bytes: zip.take()))
    }

    private func send(to body: inout any ResponseBodyWriter) async throws {
        guard zip.pendingCount >= Self.block else { return }
        try await body.write(ByteBuffer(bytes: zip.take()))
    }
}
