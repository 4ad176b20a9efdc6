/// Reads a bank's file into drafts.
package enum StatementReader {
    /// - Throws: what makes the whole file unreadable; broken rows are drafts with a problem.
    /// - Complexity: linear in the bytes, within `options.limits`.
    package static func read(
        bytes: [UInt8],
        options: ReadingOptions = ReadingOptions()
    ) throws(InterchangeError) -> StatementFile {
        guard bytes.count <= options.limits.bytes else {
            throw .tooLarge(limitBytes: options.limits.bytes)
        }
        switch try StatementFormat.detect(bytes) {
        case .csv: return try CSVReader.read(bytes, options: options)
        case .ofx: return try OFXReader.read(bytes, limits: options.limits)
        }
    }
}
