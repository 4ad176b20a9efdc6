import Credentials
import Foundation
import Testing

/// What the fuzzer found to reach most of the reader.
struct FuzzCorpusTests {
    @Test
    func `what was fuzzed is read or refused, and never traps`() throws {
        let folder = try #require(Bundle.module.url(forResource: "Fixtures", withExtension: nil))
            .appending(path: "fuzz/cbor")
        let files = try FileManager.default.contentsOfDirectory(
            at: folder,
            includingPropertiesForKeys: nil
        )

        #expect(!files.isEmpty)
        for file in files {
            let bytes = Array(try Data(contentsOf: file))
            do throws(PasskeyError) {
                _ = try CBORReader.read(bytes)
            } catch {
                #expect(error == .malformedCBOR, "\(file.lastPathComponent)")
            }
        }
    }
}
