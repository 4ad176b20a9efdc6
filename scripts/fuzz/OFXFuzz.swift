import Interchange

/// Any bytes inside an OFX file are refused or read.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let bytes = Array("<OFX>".utf8) + Array(UnsafeBufferPointer(start: start, count: count))
    guard let file = try? StatementReader.read(bytes: bytes) else { return 0 }
    for draft in file.drafts {
        _ = file.rawLine(of: draft)
        _ = draft.problem?.message
    }
    return 0
}
