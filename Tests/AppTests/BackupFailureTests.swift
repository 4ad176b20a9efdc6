import Foundation
import Testing

@testable import App

/// What a failed backup leaves for the server.
@Suite struct BackupFailureTests {
    private struct Broken: Error, CustomStringConvertible {
        let description: String
    }

    private func withFolder(_ test: (DataFolder) throws -> Void) throws {
        let path = FileManager.default.temporaryDirectory
            .appending(path: "martlet-failure-\(UInt64.random(in: 0 ... .max))").path
        defer { try? FileManager.default.removeItem(atPath: path) }  // The system clears it too.
        try test(DataFolder(path))
    }

    @Test func `a failure is found until a backup is made`() throws {
        try withFolder { folder in
            let none = try BackupFailure.last(in: folder)
            let first = Broken(description: "no room\nleft")
            try BackupFailure.note(first, in: folder, at: "2026-03-15T02:00:00Z")
            let one = try BackupFailure.last(in: folder)
            try BackupFailure.note(
                Broken(description: String(repeating: "x", count: 1_000)),
                in: folder,
                at: "2026-03-16T02:00:00Z"
            )
            let two = try BackupFailure.last(in: folder)
            try BackupFailure.clear(in: folder)
            try BackupFailure.clear(in: folder)

            #expect(none == nil)
            #expect(one?.moment == "2026-03-15T02:00:00Z")
            #expect(one?.reason == "no room left")
            #expect(two?.moment == "2026-03-16T02:00:00Z")
            #expect(two?.reason.count ?? 0 <= 300)
            #expect(try BackupFailure.last(in: folder) == nil)
        }
    }
}
