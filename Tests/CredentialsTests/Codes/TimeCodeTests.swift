import Credentials
import Testing

struct TimeCodeTests {
    /// - Source: RFC 6238, appendix B.
    @Test(arguments: [
        (59, "94287082", "46119246", "90693936"),
        (1_111_111_109, "07081804", "68084774", "25091201"),
        (1_111_111_111, "14050471", "67062674", "99943326"),
        (1_234_567_890, "89005924", "91819424", "93441116"),
        (2_000_000_000, "69279037", "90698825", "38618901"),
        (20_000_000_000, "65353130", "77737706", "47863826"),
    ])
    func `the codes of the standard's table come out`(
        seconds: Int64,
        sha1: String,
        sha256: String,
        sha512: String
    ) {
        let step = TimeCode.step(atSeconds: seconds)

        #expect(Self.standard(.sha1, 20).code(atStep: step) == sha1)
        #expect(Self.standard(.sha256, 32).code(atStep: step) == sha256)
        #expect(Self.standard(.sha512, 64).code(atStep: step) == sha512)
    }

    /// - Source: RFC 4226, appendix D.
    @Test(
        arguments: zip(
            0..<10,
            [
                "755224", "287082", "359152", "969429", "338314", "254676", "287922", "162583",
                "399871", "520489",
            ]
        )
    )
    func `six digits come out of the counter`(counter: Int64, code: String) {
        #expect(TimeCode(secret: Self.seed(20)).code(atStep: counter) == code)
    }

    @Test(arguments: [(-2, false), (-1, true), (0, true), (1, true), (2, false)])
    func `a clock may be one step off`(steps: Int64, isGood: Bool) {
        let code = TimeCode(secret: Self.seed(20))
        let now: Int64 = 1_234_567_890
        let theirs = TimeCode.step(atSeconds: now) + steps

        let found = code.step(of: code.code(atStep: theirs), atSeconds: now)

        #expect(found == (isGood ? theirs : nil))
    }

    @Test(arguments: ["", "12345", "1234567", "abcdef", "４５６７８９", " 287082", "287082\0"])
    func `what is no code belongs to no step`(text: String) {
        #expect(TimeCode(secret: Self.seed(20)).step(of: text, atSeconds: 59) == nil)
    }

    @Test
    func `two secrets are never the same`() {
        let secrets = (0..<100).map { _ in TimeCode.makeSecret() }

        #expect(Set(secrets).count == 100)
        #expect(secrets.allSatisfy { $0.count == 20 })
    }

    private static func standard(_ hash: TimeCode.Hash, _ length: Int) -> TimeCode {
        TimeCode(secret: seed(length), hash: hash, digits: 8)
    }

    private static func seed(_ length: Int) -> [UInt8] {
        (0..<length).map { Array("1234567890".utf8)[$0 % 10] }
    }
}
