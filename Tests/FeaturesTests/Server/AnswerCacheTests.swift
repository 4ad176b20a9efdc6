import Features
import Ledger
import Testing

struct AnswerCacheTests {
    private static func key(_ question: String, version: Int64 = 1) -> AnswerCache.Key {
        AnswerCache.Key(
            household: Identifier(UniqueID(high: 1, low: 1)),
            version: version,
            person: Identifier(UniqueID(high: 2, low: 2)),
            today: .earliest,
            question: question
        )
    }

    @Test func `an answer is found at its version and at no other`() {
        let cache = AnswerCache()

        cache.keep(DerivedAnswer(count: 7), for: Self.key("count", version: 3))

        #expect(cache.answer(to: Self.key("count", version: 3))?.count == 7)
        #expect(cache.answer(to: Self.key("count", version: 4)) == nil)
        #expect(cache.answer(to: Self.key("other", version: 3)) == nil)
    }

    /// Whoever asks a million different things must not fill the memory with short answers.
    @Test func `short answers to many questions stay within the bound`() {
        let cache = AnswerCache(byteLimit: 100_000)

        for number in 0..<10_000 {
            cache.keep(DerivedAnswer(count: number), for: Self.key("count/\(number)"))
        }

        #expect(cache.count > 0)
        #expect(cache.count * 320 <= 100_000)
        #expect(cache.answer(to: Self.key("count/9999"))?.count == 9_999)
        #expect(cache.answer(to: Self.key("count/0")) == nil)
    }

    @Test func `keeping the same answer twice counts it once`() {
        let cache = AnswerCache(byteLimit: 1_000)

        for _ in 0..<1_000 { cache.keep(DerivedAnswer(count: 1), for: Self.key("a")) }
        cache.keep(DerivedAnswer(count: 2), for: Self.key("b"))

        #expect(cache.answer(to: Self.key("a"))?.count == 1)
        #expect(cache.answer(to: Self.key("b"))?.count == 2)
    }
}
