import Credentials

/// Any bytes are one value or refused.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let bytes = Array(UnsafeBufferPointer(start: start, count: count))
    do {
        _ = try CBORReader.read(bytes)
    } catch {
        _ = error == .malformedCBOR
    }
    return 0
}
