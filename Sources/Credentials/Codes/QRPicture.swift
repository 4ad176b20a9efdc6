import CQREncode

/// A text as a QR code, drawn as SVG.
package struct QRPicture: Sendable {
    /// Whether each module is dark, row after row.
    package let modules: [Bool]
    /// How many modules a side has.
    package let width: Int

    /// The longest text: an `otpauth` link with the longest address fits.
    ///
    /// - Units: bytes
    package static let textLimit = 1_024
    /// White around it, which readers need.
    ///
    /// - Source: ISO/IEC 18004, section 5.3.8.
    private static let margin = 4

    /// Nil for a text that is empty, too long, or has a NUL.
    ///
    /// A fifth of it may be damaged or covered (level M) and it is read all the same.
    package init?(_ text: String) {
        guard (1...Self.textLimit).contains(text.utf8.count), !text.utf8.contains(0),
            let code = QRcode_encodeString8bit(text, 0, QR_ECLEVEL_M)
        else { return nil }
        defer { QRcode_free(code) }
        width = Int(code.pointee.width)
        let count = width * width
        // The lowest bit says that a module is dark; the others, what it is for.
        modules = UnsafeBufferPointer(start: code.pointee.data, count: count).map { $0 & 1 == 1 }
    }

    /// One path over a white square; it grows to the size that its place gives it.
    package var svg: String {
        let side = width + 2 * Self.margin
        var path = ""
        for row in 0..<width {
            var column = 0
            while column < width {
                var length = 0
                while column + length < width, modules[row * width + column + length] {
                    length += 1
                }
                if length > 0 {
                    path += "M\(column + Self.margin) \(row + Self.margin)h\(length)v1h-\(length)z"
                }
                column += max(length, 1)
            }
        }
        return """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(side) \(side)" \
            shape-rendering="crispEdges"><path fill="#fff" d="M0 0h\(side)v\(side)H0z"/>\
            <path fill="#000" d="\(path)"/></svg>
            """
    }
}
