import Foundation
import Storage
import Testing

@testable import Features

@Suite struct FolderTransportTests {
    private func message() throws -> MailMessage {
        MailMessage(
            from: try #require(MailSender("martlet@example.org")),
            to: try #require(EmailAddress("ann@example.org")),
            subject: "Hello",
            text: "text",
            html: "html",
            id: "0190@example.org",
            date: Instant(microseconds: 0)
        )
    }

    @Test func `letters lie in a folder that only its owner reads`() throws {
        let folder = FileManager.default.temporaryDirectory
            .appending(path: "martlet-mail-\(UInt64.random(in: 0 ... .max))").path
        defer { try? FileManager.default.removeItem(atPath: folder) }  // The system clears it too.
        let transport = FolderTransport(path: folder)

        // Twice, as after a crash between sending and noting it.
        try transport.send(message())
        try transport.send(message())

        #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["0190.eml"])
        let file = folder + "/0190.eml"
        #expect(try [UInt8](Data(contentsOf: URL(filePath: file))) == message().mime)
        for (path, mode) in [(folder, 0o700), (file, 0o600)] {
            let attributes = try FileManager.default.attributesOfItem(atPath: path)
            #expect(attributes[.posixPermissions] as? Int == mode)
        }
    }

    @Test func `a folder that cannot be made is tried again later`() throws {
        let transport = FolderTransport(path: "/proc/mail")

        #expect(throws: MailFailure.later("/proc/mail cannot be made")) {
            try transport.send(message())
        }
    }
}
