import Foundation
import Logging
import Testing

@testable import App

/// What a line of the log is made of, whatever somebody put into it.
@Suite struct ConsoleLogTests {
    private static let hostile = "a \"word\"\nand\r\u{0}\u{1B}[2J another — ünï"

    private func line(_ format: MartletConfiguration.LogFormat) -> [UInt8] {
        var log = ConsoleLog(.info, format)
        log[metadataKey: "hb.request.id"] = "the same again"
        log[metadataKey: "request"] = "7"
        return log.line(
            of: LogEvent(
                level: .warning,
                message: "\(Self.hostile)",
                metadata: ["person": "ann", "status": "404"],
                source: nil,
                file: "",
                function: "",
                line: 0
            )
        )
    }

    @Test func `a line for machines is one JSON object, and nothing is lost in it`() throws {
        let bytes = line(.json)

        #expect(bytes.last == 10 && bytes.count { $0 < 32 } == 1)
        let fields = try JSONDecoder().decode([String: String].self, from: Data(bytes))
        #expect(Set(fields.keys) == ["time", "level", "message", "request", "person", "status"])
        #expect(fields["message"] == Self.hostile && fields["level"] == "warning")
        #expect(fields["request"] == "7" && fields["person"] == "ann" && fields["status"] == "404")
        #expect(fields["time"]?.hasSuffix("Z") == true)
    }

    @Test func `a line for people is one line`() {
        let bytes = line(.text)

        #expect(bytes.last == 10 && bytes.count { $0 < 32 } == 1)
        #expect(
            String(decoding: bytes, as: UTF8.self).hasSuffix(" person=ann request=7 status=404\n")
        )
    }
}
