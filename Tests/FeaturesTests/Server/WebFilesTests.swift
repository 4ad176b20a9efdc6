@testable import Features
import Foundation
import HTTPTypes
import Testing

@Suite struct WebFilesTests {
    /// A built web app, and a secret beside it that must never be served.
    private func withFiles(_ test: @Sendable (TestServer) async throws -> Void) async throws {
        let files = FileManager.default
        let root = files.temporaryDirectory.appending(path: "martlet-web-\(UUID().uuidString)")
        let web = root.appending(path: "web")
        try files.createDirectory(
            at: web.appending(path: "assets"),
            withIntermediateDirectories: true
        )
        defer { try? files.removeItem(at: root) }  // The system clears it too.
        for (name, text) in [
            ("web/index.html", "<!doctype html>page"), ("web/assets/main-AB12.js", "plain"),
            ("web/assets/main-AB12.js.br", "brotli"), ("web/assets/main-AB12.js.gz", "gzip"),
            ("web/.env", "hidden"), ("secret.txt", "secret"),
        ] {
            try Data(text.utf8).write(to: root.appending(path: name))
        }
        try files.createSymbolicLink(
            at: web.appending(path: "link.txt"),
            withDestinationURL: root.appending(path: "secret.txt")
        )
        var options = TestServerOptions()
        options.settings.webDirectory = web.path
        try await withServer(.sqlite, options, test)
    }

    @Test func `the app's page answers its addresses, and its files theirs`() async throws {
        try await withFiles { server in
            for path in ["/", "/accounts", "/import/1"] {
                let page = try await server.nobody.get(path)
                #expect(page.text == "<!doctype html>page")
                #expect(page.headers[.cacheControl] == "no-cache")
            }

            let script = try await server.nobody.get("/assets/main-AB12.js")

            #expect(script.text == "plain")
            #expect(script.headers[.cacheControl] == "public, max-age=31536000, immutable")
            #expect(script.headers[.contentType] == "text/javascript; charset=utf-8")
        }
    }

    @Test(arguments: [
        ("gzip, br", "br", "brotli"), ("gzip", "gzip", "gzip"), ("br;q=0", nil, "plain"),
    ])
    func `the smallest form that the browser reads is sent`(
        accepted: String,
        encoding: String?,
        text: String
    ) async throws {
        try await withFiles { server in
            let answer = try await server.nobody.with(.acceptEncoding, accepted)
                .get("/assets/main-AB12.js")

            #expect(answer.headers[.contentEncoding] == encoding)
            #expect(answer.text == text)
            #expect(answer.headers[.vary]?.contains("Accept-Encoding") == true)
        }
    }

    @Test func `files and what is no file tell a browser to trust nothing else`() async throws {
        try await withFiles { server in
            let page = try await server.nobody.get("/")
            let unchanged = try await server.nobody.with(.ifNoneMatch, page.headers[.eTag]).get("/")
            let script = try await server.nobody.get("/assets/main-AB12.js")
            let nothing = try await server.nobody.get("/assets/nothing.js")

            #expect([page, unchanged, script, nothing].map(\.status) == [200, 304, 200, 404])
            for answer in [page, unchanged, script, nothing] {
                #expect(answer.headers[.contentSecurityPolicy] == SecurityHeaders.policy)
                #expect(answer.headers[.xContentTypeOptions] == "nosniff")
            }
        }
    }

    @Test func `a file that has not changed is not sent again`() async throws {
        try await withFiles { server in
            let tag = try #require(try await server.nobody.get("/").headers[.eTag])

            let again = try await server.nobody.with(.ifNoneMatch, tag).get("/")

            #expect(again.status == 304)
            #expect(again.bytes.isEmpty)
        }
    }

    @Test(
        arguments: [
            "/../secret.txt", "/assets/../../secret.txt", "/..%2fsecret.txt", "/%2e%2e/secret.txt",
            "/..%252fsecret.txt", "/..\\secret.txt", "/.env", "/link.txt", "//secret.txt",
            "/assets/main-AB12.js%00", "/etc/passwd.txt", "/assets/nothing.js", "/api/v1/nothing",
        ])
    func `nothing leads out of the folder`(path: String) async throws {
        try await withFiles { server in
            let answer = try await server.nobody.get(path)

            #expect(answer.status == 404)
            #expect(!answer.text.contains("secret\"") && answer.text != "secret")
            #expect(answer.text != "hidden")
        }
    }
}
