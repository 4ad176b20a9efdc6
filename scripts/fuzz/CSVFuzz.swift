import Interchange

/// Any bytes are refused or read, and what was read can be read again as it was understood.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let bytes = Array(UnsafeBufferPointer(start: start, count: count))
    guard let file = try? StatementReader.read(bytes: bytes) else { return 0 }
    var fingerprinter = Fingerprinter()
    for draft in file.drafts {
        _ = file.rawLine(of: draft)
        _ = draft.problem?.message
        if let row = draft.row { _ = fingerprinter.next(row, statement: draft.statement) }
    }
    if let mapping = file.mapping {
        _ = mapping.signature
        var options = ReadingOptions(csv: mapping.overrides)
        _ = try? StatementReader.read(bytes: bytes, options: options)
        options.csv.negate = !mapping.negate
        options.csv.decimal = mapping.decimal == .dot ? .comma : .dot
        options.csv.headerRow = count % 4
        _ = try? StatementReader.read(bytes: bytes, options: options)
    }
    return 0
}
