@testable import Features
import Foundation
import HTTPTypes
import Testing

@Suite struct MultipartFormTests {
    private static let type = "multipart/form-data; boundary=frontier"

    private static func part(_ head: String, _ body: String) -> String {
        "--frontier\r\n\(head)\r\n\r\n\(body)\r\n"
    }

    private static func file(_ fileName: String, _ body: String = "a;b") -> String {
        part("Content-Disposition: form-data; name=\"file\"; filename=\"\(fileName)\"", body)
    }

    private func read(_ text: String, type: String? = Self.type) throws(APIError) -> UploadedFile {
        try MultipartForm.file("file", in: Array(text.utf8), contentType: type)
    }

    private func status(_ text: String, type: String? = Self.type) -> Int {
        do throws(APIError) {
            _ = try read(text, type: type)
            return 200
        } catch {
            return error.status.code
        }
    }

    @Test(arguments: [
        "a;b\n1;2", "", "\r\n", "\r\n--frontie", "\u{0}\u{1}", "a\r\n\r\nb",
    ])
    func `the file is read byte for byte`(body: String) throws {
        let field = Self.part("Content-Disposition: form-data; name=\"other\"", "x")

        let file = try read(field + Self.file("s.csv", body) + "--frontier--\r\n")

        #expect(String(decoding: file.bytes, as: UTF8.self) == body)
        #expect(file.name == "s.csv")
    }

    @Test(
        arguments: [
            ("../../etc/passwd", "passwd"), ("C:\\Users\\ann\\bank.ofx", "bank.ofx"),
            ("", "statement"), ("/", "statement"), (" \u{1}\u{7F} ", "statement"),
            ("a\u{1B}[31mb.csv", "a[31mb.csv"), ("käse.csv", "käse.csv"),
            (String(repeating: "n", count: 5_000), String(repeating: "n", count: 255)),
        ])
    func `a name is the last part of a path, on one line`(name: String, expected: String) throws {
        let file = try read(Self.file(name) + "--frontier--")

        #expect(file.name == expected)
    }

    @Test func `what is not whole is refused`() {
        #expect(status(Self.file("a") + "--frontier--") == 200)
        for text in [
            "", "x", "--frontier", "--frontier\r\n", "--frontier\r\n\r\n", "--other--",
            "--frontier\r\nContent-Disposition: form-data; name=\"file\"\r\n\r\nnever ends",
            "\r\n" + Self.file("a"), Self.file("a").replacingOccurrences(of: "\r\n", with: "\n"),
        ] {
            #expect(status(text) == 400, "\(text)")
        }
        #expect(status("--frontier--\r\n") == 422)
        #expect(status(Self.part("X: y", "z") + "--frontier--\r\n") == 422)
    }

    @Test func `heads and parts end at their limits`() {
        func padded(_ count: Int) -> String {
            Self.part(
                "X: \(String(repeating: "x", count: count))\r\nContent-Disposition: form-data; "
                    + "name=\"file\"",
                "z"
            ) + "--frontier--"
        }
        func late(_ parts: Int) -> String {
            String(repeating: Self.part("X: y", "z"), count: parts) + Self.file("a")
                + "--frontier--"
        }

        #expect(status(padded(MultipartForm.headerLimit - 100)) == 200)
        #expect(status(padded(MultipartForm.headerLimit)) == 400)
        #expect(status(late(MultipartForm.partLimit - 1)) == 200)
        #expect(status(late(MultipartForm.partLimit)) == 422)
    }

    @Test(
        arguments: [
            (nil, 415), ("", 415), ("text/csv", 415), ("multipart/mixed; boundary=frontier", 415),
            ("multipart/form-data", 400), ("multipart/form-data; boundary=", 400),
            ("multipart/form-data; boundary=\(String(repeating: "b", count: 71))", 400),
            ("Multipart/Form-Data; charset=x; Boundary=\"frontier\"", 200),
        ] as [(String?, Int)]
    )
    func `the type says where the parts end`(type: String?, expected: Int) {
        #expect(status(Self.file("a") + "--frontier--", type: type) == expected)
    }

    @Test(arguments: 1...20)
    func `no bytes bring it down`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let whole = Array((Self.file("a") + Self.part("X: y", "z") + "--frontier--\r\n").utf8)
        for _ in 0..<500 {
            var bytes = whole
            for _ in 0..<Int.random(in: 1...4, using: &random) {
                let index = Int.random(in: bytes.indices, using: &random)
                switch Int.random(in: 0..<3, using: &random) {
                case 0: bytes[index] = UInt8.random(in: 0...255, using: &random)
                case 1: bytes.insert(13, at: index)
                default: bytes.removeLast(min(bytes.count - index, bytes.count - 8))
                }
            }
            do throws(APIError) {
                let file = try MultipartForm.file("file", in: bytes, contentType: Self.type)
                #expect(file.bytes.count < whole.count)
            } catch {
                #expect([400, 422].contains(error.status.code))
            }
        }
    }
}
