import Storage
import Testing

@testable import Features

@Suite struct ZipWriterTests {
    /// 2026-03-15, 12:34:56.
    private static let moment = Instant(microseconds: 1_773_578_096_000_000)

    private func archive(_ files: [(String, [[UInt8]])]) throws -> [UInt8] {
        let zip = ZipWriter(at: Self.moment)
        var bytes: [UInt8] = []
        for (name, pieces) in files {
            try zip.begin(name)
            for piece in pieces {
                try zip.write(piece)
                bytes += zip.take()
            }
        }
        try zip.finish()
        return bytes + zip.take()
    }

    /// What Python's own reader finds: each file's name, time and contents in hexadecimal, its checksums looked at.
    private func read(_ archive: [UInt8]) throws -> [String] {
        let script = """
            import io, json, sys, zipfile
            with zipfile.ZipFile(io.BytesIO(sys.stdin.buffer.read())) as archive:
                assert archive.testzip() is None
                print(json.dumps([f"{entry.filename} {entry.date_time} {archive.read(entry).hex()}"
                                  for entry in archive.infolist()]))
            """
        return try PythonReader.run(script, archive).elements.compactMap(\.text)
    }

    private func hex(_ bytes: [UInt8]) -> String {
        bytes.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
    }

    @Test func `what another reader finds is what was written`() throws {
        var random = SystemRandomNumberGenerator()
        let noise = (0..<300_000).map { _ in UInt8.random(in: 0...255, using: &random) }
        let text = Array(String(repeating: "the same again, ", count: 20_000).utf8)

        let lines = try read(
            archive([
                ("empty.txt", []), ("noise.bin", [Array(noise[..<7]), Array(noise[7...])]),
                ("households/Zoë/text.csv", [text, [], text]),
            ])
        )

        let stamp = "(2026, 3, 15, 12, 34, 56)"
        #expect(lines.count == 3)
        #expect(lines.first == "empty.txt \(stamp) ")
        #expect(lines.dropFirst().first == "noise.bin \(stamp) \(hex(noise))")
        #expect(lines.last == "households/Zoë/text.csv \(stamp) \(hex(text + text))")
    }

    @Test(arguments: 0..<20)
    func `pieces of any size make the same file`(seed: Int) throws {
        var random = SystemRandomNumberGenerator()
        var pieces: [[UInt8]] = []
        for _ in 0..<Int.random(in: 0...40) {
            let count = Int.random(in: 0...(1 << Int.random(in: 0...17)))
            let letters = UInt8.random(in: 1...255, using: &random)
            pieces.append((0..<count).map { _ in UInt8.random(in: 0...letters, using: &random) })
        }

        let lines = try read(archive([("file", pieces)]))

        #expect(lines == ["file (2026, 3, 15, 12, 34, 56) \(hex(pieces.flatMap(\.self)))"])
    }

    @Test func `what is compressed takes less room, and nothing is held back for long`() throws {
        let zip = ZipWriter(at: Self.moment)
        let line = Array("2026-03-15,expense,12.30,EUR,Market hall\r\n".utf8)
        var (total, largest) = (0, 0)
        try zip.begin("lines.csv")
        for _ in 0..<200_000 {
            try zip.write(line)
            largest = max(largest, zip.pendingCount)
            total += zip.take().count
        }
        try zip.finish()

        #expect(total < line.count * 200_000 / 20)
        #expect(largest <= 1 << 17)
    }

    @Test func `an archive past its bounds is refused, not written wrong`() throws {
        let zip = ZipWriter(at: Self.moment, sizeLimit: 10_000)
        try zip.begin("file")
        try zip.write([UInt8](repeating: 0, count: 9_999))

        #expect(throws: ZipError.tooLarge) { try zip.write([0]) }
    }

    @Test func `as many files as the format can count, and one more`() throws {
        let zip = ZipWriter(at: Self.moment)
        for number in 0..<65_535 {
            try zip.begin("\(number)")
            _ = zip.take()
        }

        #expect(throws: ZipError.tooLarge) { try zip.begin("more") }
    }
}
