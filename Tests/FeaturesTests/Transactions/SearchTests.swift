import Ledger
import Storage
import TestSupport
import Testing

@testable import Features

struct SearchTests {
    private static func add(_ payees: [String], to ann: APIPerson) async throws {
        let account = try await ann.makeAccount("A")
        for payee in payees {
            let quoted = payee.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
            try await ann.spend("1", from: account, #", "payee": "\#(quoted)""#)
        }
    }

    private static func find(_ question: String, _ ann: APIPerson) async throws -> Set<String> {
        let escaped = question.utf8.map { byte in
            let hex = String(byte, radix: 16)
            return "%" + (byte < 16 ? "0" : "") + hex
        }.joined()
        let answer = try await ann.get("transactions?limit=500&q=\(escaped)")
        #expect(answer.status == 200, "\(question.unicodeScalars.map(\.value)): \(answer.body)")
        return Set(answer.texts("data", "payee"))
    }

    @Test(arguments: TestEngine.present)
    func `words are found by their beginnings, without case and accents`(
        engine: TestEngine
    ) async throws {
        try await LedgerAPI.with(engine) { api in
            let ann = try await api.signUp()
            try await Self.add(
                ["Bäckerei Müller", "BACKER & Sons", "Straße 7", "Zürich Versicherung"],
                to: ann
            )

            for (question, found): (String, Set<String>) in [
                ("back", ["Bäckerei Müller", "BACKER & Sons"]),
                ("MÜLLER back", ["Bäckerei Müller"]), ("strasse", ["Straße 7"]),
                ("7", ["Straße 7"]), ("zurich vers", ["Zürich Versicherung"]), ("urich", []),
                ("nobody", []),
            ] {
                let payees = try await Self.find(question, ann)
                #expect(payees == found, "\(question)")
            }
        }
    }

    /// What a search engine would read as its own language is only text (security bars X41, X42).
    @Test(arguments: TestEngine.present)
    func `no question is an error`(engine: TestEngine) async throws {
        try await LedgerAPI.with(engine) { api in
            let ann = try await api.signUp()
            try await Self.add(["Plain"], to: ann)

            for question in [
                "\"", "*", "a*", "NEAR(a b)", "plain OR x", "-plain", "^plain", "words:plain", "'",
                "plain & | !", ":*", "a:b", "1e5", "0x1F", "1.5", "a.b.c", "a@b.example",
                "http://x/y",
                "%_%_%", "$1", ")", "((((", "हिन्दी", "ไทย", "Ⓐ", "Ⅷ", "ᾳͅ", "👩‍👩‍👧", "ﷺ", "\u{345}",
                String(repeating: "a ", count: 100), String(repeating: "x", count: 200),
            ] {
                _ = try await Self.find(question, ann)
            }
            let found = try await Self.find("plain", ann)
            #expect(found == ["Plain"])
        }
    }

    /// Letters of every script are found by themselves.
    @Test(arguments: TestEngine.present)
    func `whatever letters a payee has, it is found by them`(engine: TestEngine) async throws {
        try await LedgerAPI.with(engine) { api in
            let ann = try await api.signUp()
            var random = SeededGenerator(seed: SeededGenerator.testSeed)
            let letters = (0x80...0x2FFFF).compactMap(Unicode.Scalar.init)
                .filter { $0.properties.isAlphabetic }
            let names = (0..<60).map { _ in
                String(
                    String.UnicodeScalarView(
                        (0..<6).map { _ in letters.randomElement(using: &random)! }
                    )
                )
            }
            try await Self.add(names + ["हिन्दी बाज़ार", "ตลาดไทย", "ⒶⒷ Ⅷ", "中华人民共和国"], to: ann)

            for name in names + ["हिन्दी", "बाज़ार", "ตลาด", "ⒶⒷ", "中华"] {
                let found = try await Self.find(name, ann)
                #expect(!found.isEmpty, "\(name.unicodeScalars.map(\.value))")
            }
        }
    }

    @Test(arguments: TestEngine.present)
    func `the index follows edits, deletions and restoring`(engine: TestEngine) async throws {
        try await LedgerAPI.with(engine) { api in
            let ann = try await api.signUp()
            let account = try await ann.makeAccount("A")
            let id = try await ann.spend(
                "1",
                from: account,
                #", "payee": "Alpha", "note": "Gamma""#
            )

            _ = try await ann.patch("transactions/\(id)", #"{"payee": "Beta"}"#)
            let old = try await Self.find("alpha", ann)
            let new = try await Self.find("beta gamma", ann)
            _ = try await ann.delete("transactions/\(id)")
            let gone = try await Self.find("beta", ann)
            _ = try await ann.post("transactions/\(id)/restore", "")
            let back = try await Self.find("beta", ann)

            #expect(old == [])
            #expect(new == ["Beta"])
            #expect(gone == [])
            #expect(back == ["Beta"])
        }
    }

    @Test(arguments: TestEngine.present)
    func `another household's words are not found`(engine: TestEngine) async throws {
        try await LedgerAPI.with(engine) { api in
            let ann = try await api.signUp("Ann")
            let bob = try await api.signUp("Bob")
            try await Self.add(["Secret"], to: bob)

            let seen = try await Self.find("secret", ann)
            let token = "h" + bob.home.household.description.filter { $0 != "-" }
            let byToken = try await Self.find(token, ann)

            #expect(seen == [])
            #expect(byToken == [])
            for own in [token, String(token.prefix(3)), "¤\(token)", "t0", "h"] {
                let found = try await Self.find(own, bob)
                #expect(found == [], "The index's own words are nobody's.")
            }
        }
    }
}
