import Interchange

/// Any text is read to its end or refused, in either dialect.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let text = String(decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self)
    for dialect in [MarkupReader.Dialect.xml, .sgml] {
        var reader = MarkupReader(Array(text.utf8), dialect: dialect)
        do {
            while try reader.next() != nil { _ = reader.line() }
        } catch {
            _ = error.message
        }
    }
    return 0
}
