import Credentials
import Testing

struct QRPictureTests {
    private static let link =
        "otpauth://totp/Martlet:ann%40example.org?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Martlet"

    /// - Source: ISO/IEC 18004, section 6.3.3.
    @Test
    func `three corners have the pattern that readers look for`() throws {
        let picture = try #require(QRPicture(Self.link))
        let last = picture.width - 7
        #expect((picture.width - 17) % 4 == 0)

        for (top, left) in [(0, 0), (0, last), (last, 0)] {
            for row in 0..<7 {
                for column in 0..<7 {
                    let ring = max(abs(row - 3), abs(column - 3))
                    let isDark = picture.modules[(top + row) * picture.width + left + column]
                    #expect(isDark == (ring != 2))
                }
            }
        }
    }

    @Test
    func `the picture's path draws the dark modules, with white around them`() throws {
        let picture = try #require(QRPicture(Self.link))
        var drawn = Set<Int>()

        let path = try #require(picture.svg.split(separator: "fill=\"#000\" d=\"").last)
        for piece in try #require(path.split(separator: "\"").first).split(separator: "M") {
            let numbers = piece.split { !$0.isNumber }.compactMap { Int($0) }
            for column in numbers[0]..<numbers[0] + numbers[2] {
                drawn.insert((numbers[1] - 4) * picture.width + column - 4)
            }
        }

        #expect(drawn == Set(picture.modules.indices.filter { picture.modules[$0] }))
        #expect(picture.svg.contains("viewBox=\"0 0 \(picture.width + 8) \(picture.width + 8)\""))
        #expect(!picture.svg.contains("secret"))
    }

    @Test
    func `only a text that fits becomes a picture`() {
        #expect(QRPicture("") == nil)
        #expect(QRPicture("a\0b") == nil)
        #expect(QRPicture(String(repeating: "é", count: 512)) != nil)
        #expect(QRPicture(String(repeating: "a", count: 1_025)) == nil)
    }
}
