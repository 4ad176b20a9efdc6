import Interchange
import Testing

/// Files as banks write them, each beside the text of what they must give.
struct GoldenTests {
    @Test(arguments: Fixtures.names(in: "csv", endings: ["csv"]))
    func `a CSV gives what is kept beside it`(name: String) throws {
        let file = try StatementReader.read(bytes: Fixtures.bytes("csv/\(name)"))

        let text = Golden.text(file)

        #expect(text == (try Golden.kept(beside: "csv/\(name)", recording: text)))
    }

    @Test(arguments: Fixtures.names(in: "ofx", endings: ["ofx", "qfx"]))
    func `an OFX file gives what is kept beside it`(name: String) throws {
        let file = try StatementReader.read(bytes: Fixtures.bytes("ofx/\(name)"))

        let text = Golden.text(file)

        #expect(text == (try Golden.kept(beside: "ofx/\(name)", recording: text)))
    }

    @Test
    func `there are fixtures`() {
        #expect(Fixtures.names(in: "csv", endings: ["csv"]).count >= 40)
        #expect(Fixtures.names(in: "ofx", endings: ["ofx", "qfx"]).count >= 6)
    }

    @Test(arguments: Fixtures.names(in: "csv", endings: ["csv"]))
    func `a remembered mapping gives the same again`(name: String) throws {
        let bytes = try Fixtures.bytes("csv/\(name)")
        let first = try StatementReader.read(bytes: bytes)
        let mapping = try #require(first.mapping)

        let again = try StatementReader.read(
            bytes: bytes,
            options: ReadingOptions(csv: mapping.overrides)
        )

        #expect(again.drafts == first.drafts)
        #expect(again.mapping == mapping)
    }
}
