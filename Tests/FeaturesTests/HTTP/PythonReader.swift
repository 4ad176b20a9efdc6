import Foundation
import Testing

@testable import Features

/// Another program's understanding of what we wrote: Python's own library reads it.
enum PythonReader {
    /// What a script prints as JSON.
    ///
    /// - Parameter input: what it reads from `sys.stdin.buffer`; it lies in a file, so that it may be of any length.
    static func run(_ script: String, _ input: [UInt8]) throws -> JSONValue {
        let file = FileManager.default.temporaryDirectory
            .appending(path: "martlet-input-\(UInt64.random(in: 0 ... .max))")
        try Data(input).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }  // The system clears it too.
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["python3", "-c", script]
        let output = Pipe()
        process.standardInput = try FileHandle(forReadingFrom: file)
        process.standardOutput = output
        try process.run()
        let data = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        try #require(process.terminationStatus == 0, "the script found something wrong")
        return try JSONReader.read(Array(data), keyLimit: .max)
    }
}
