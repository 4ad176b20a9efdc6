@testable import Features
import Testing

@Suite struct QueryTextTests {
    @Test(
        arguments: [
            ("a=1&b=2", [("a", "1"), ("b", "2")]), ("a", [("a", "")]), ("a=", [("a", "")]),
            ("a=1=2", [("a", "1=2")]), ("&&a=1&", [("a", "1")]), ("a=x+y%2Bz", [("a", "x y+z")]),
            ("%61=%C3%A9%20", [("a", "é ")]), ("=1", [("", "1")]),
        ] as [(String, [(String, String)])]
    )
    func `each name is read with its value`(text: String, expected: [(String, String)]) throws {
        let members = try QueryText.members(text)

        #expect(members == expected.map { JSONMember(name: $0.0, value: .string($0.1)) })
    }

    @Test(
        arguments: [
            "a=%", "a=%4", "a=%G1", "a=%00", "a=%FF", "a=%C3", "%ED%A0%80=1", "a=1&a=2",
            "%61=1&a=2", "a=1&b=2&a",
        ])
    func `what does not decode or stands twice is refused`(text: String) {
        #expect(throws: APIError.self) { try QueryText.members(text) }
    }
}
