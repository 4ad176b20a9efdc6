import Foundation
import Testing

/// The architecture, as far as the compiler does not hold it.
@Suite struct TidyTests {
    private struct Source {
        let path: String
        let text: String
    }

    private static let root = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    private static let sources: [Source] = {
        let folder = root.appending(path: "Sources").path
        let names =
            FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String } ?? []
        return names.filter { $0.hasSuffix(".swift") }.sorted().map { name in
            let text = try? String(contentsOfFile: "\(folder)/\(name)", encoding: .utf8)
            // A source that cannot be read would not have been compiled.
            return Source(path: "/" + name, text: text ?? "")
        }
    }()

    @Test(
        arguments: [
            (files: "/Features/", banned: "import GRDB"),
            (files: "/Features/", banned: "import CLibPQ"),
            (files: "/Ledger/", banned: "import Foundation"),
            (files: "/Ledger/", banned: "Date()"),
            (files: "/Insight/", banned: "import Storage"),
            (files: "/Interchange/", banned: "import Storage"),
            (files: "/Interchange/", banned: "XMLParser"),
            (files: "Store.swift", banned: "import Hummingbird"),
            (files: "Routes.swift", banned: "SELECT "),
            (files: "Routes.swift", banned: "INSERT "),
            (files: "/Features/", banned: "Date()"),
            (files: "/Features/", banned: "JSONSerialization"),
            (files: "Routes.swift", banned: "JSONEncoder"),
        ])
    func `each file keeps to its job`(files: String, banned: String) {
        let matches = Self.sources.filter { $0.path.contains(files) }

        #expect(!matches.isEmpty, "A rule that matches nothing protects nothing.")
        for file in matches {
            #expect(!file.text.contains(banned), "\(file.path) mentions \(banned)")
        }
    }

    @Test func `no amount passes through floating point`() {
        for file in Self.sources where file.path.hasPrefix("/Ledger/Money/") {
            for word in ["Double(", "Float(", ": Double", ": Float"] {
                #expect(!file.text.contains(word), "\(file.path) mentions \(word)")
            }
        }
    }
}
