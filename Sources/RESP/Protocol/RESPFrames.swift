import NIOCore

/// Turns what comes over a connection into values.
struct RESPFrameDecoder: NIOSingleStepByteToMessageDecoder {
    typealias InboundOut = RESPValue

    private var parser: RESPParser

    init(limits: RESPLimits) {
        parser = RESPParser(limits: limits)
    }

    mutating func decode(buffer: inout ByteBuffer) throws -> RESPValue? {
        try parser.next(&buffer)
    }

    mutating func decodeLast(buffer: inout ByteBuffer, seenEOF: Bool) throws -> RESPValue? {
        try parser.next(&buffer)
    }
}

extension RESPCommand {
    /// Appends the command as Redis reads it: an array of strings.
    func write(into buffer: inout ByteBuffer) {
        buffer.writeString("*\(arguments.count)\r\n")
        for argument in arguments {
            buffer.writeString("$\(argument.count)\r\n")
            buffer.writeBytes(argument)
            buffer.writeString("\r\n")
        }
    }
}
