@testable import Features
import HTTPTypes
import Testing

@Suite struct EncodingTests {
    @Test(
        arguments: [
            ("gzip", true), ("br, GZIP", true), ("gzip;q=0.5", true), ("gzip; q=1", true),
            ("gzip;q=0", false), ("gzip; q=0.000", false), ("br", false), ("", false),
            ("gzipped", false), ("identity;q=1, gzip;q=0.0", false),
        ])
    func `a coding is sent to who wants it`(header: String, isAccepted: Bool) {
        let headers: HTTPFields = [.acceptEncoding: header]

        #expect(headers.accepts("gzip") == isAccepted)
    }

    @Test func `who says nothing gets it plain`() {
        #expect(!HTTPFields().accepts("gzip"))
    }
}
