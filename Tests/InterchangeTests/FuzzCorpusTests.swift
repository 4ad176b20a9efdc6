import Interchange
import Testing

/// The inputs that the fuzzer found to reach the most code, and those that once broke a reader.
struct FuzzCorpusTests {
    private func files(_ folder: String) throws -> [(name: String, bytes: [UInt8])] {
        try Fixtures.names(in: "fuzz/\(folder)").map {
            ($0, try Fixtures.bytes("fuzz/\(folder)/\($0)"))
        }
    }

    @Test
    func `CSV is refused or read`() throws {
        let files = try files("csv")

        #expect(!files.isEmpty)
        for (name, bytes) in files {
            guard let file = try? StatementReader.read(bytes: bytes) else { continue }
            for draft in file.drafts { #expect(draft.line >= 1, "\(name)") }
            guard let mapping = file.mapping else { continue }
            let again = try StatementReader.read(
                bytes: bytes,
                options: ReadingOptions(csv: mapping.overrides)
            )
            #expect(again.drafts.count == file.drafts.count, "\(name)")
        }
    }

    @Test
    func `OFX is refused or read`() throws {
        let files = try files("ofx")

        #expect(!files.isEmpty)
        for (name, bytes) in files {
            guard let file = try? StatementReader.read(bytes: Array("<OFX>".utf8) + bytes) else {
                continue
            }
            for draft in file.drafts {
                #expect(!file.statements.isEmpty && draft.line >= 1, "\(name)")
            }
        }
    }

    @Test(arguments: [MarkupReader.Dialect.xml, .sgml])
    func `markup is read to its end or refused`(dialect: MarkupReader.Dialect) throws {
        let files = try files("markup")

        #expect(!files.isEmpty)
        for (name, bytes) in files {
            let text = String(decoding: bytes, as: UTF8.self)
            var reader = MarkupReader(Array(text.utf8), dialect: dialect)
            do {
                while try reader.next() != nil { #expect(reader.line() >= 1, "\(name)") }
            } catch {
                #expect(!error.message.isEmpty, "\(name)")
            }
        }
    }
}
