import Foundation
import Testing

@testable import App

@Suite struct StagingFolderTests {
    @Test func `what a killed process left is removed, what another one has is not`() throws {
        let home = try StagingFolder(
            FileManager.default.temporaryDirectory
                .appending(path: "martlet-test-\(UInt64.random(in: 0 ... .max))")
        )
        defer { home.remove() }
        let target = home.url.appending(path: "archive")
        // No process has a number this high, and the first one never ends.
        for name in [
            ".archive.staging-999999999", ".archive.staging-1", ".other.staging-999999999",
            ".archive.staging-\(getpid())",
        ] {
            _ = try StagingFolder(home.url.appending(path: name))
        }

        let folder = try StagingFolder(beside: target)

        let names = try FileManager.default.contentsOfDirectory(atPath: home.url.path)
        #expect(
            Set(names) == [
                ".archive.staging-1", ".other.staging-999999999", folder.url.lastPathComponent,
            ]
        )
    }
}
