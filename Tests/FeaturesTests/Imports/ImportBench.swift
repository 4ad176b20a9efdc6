@testable import Features
import HTTPTypes
import Testing

/// A household with an account, and short ways to import into it.
struct ImportBench {
    let caller: Caller
    let account: String

    static func open(_ server: TestServer, currency: String = "EUR") async throws -> ImportBench {
        let caller = try await server.nobody.register()
        return ImportBench(
            caller: caller,
            account: try await add("Giro", "checking", currency, by: caller)
        )
    }

    static func add(
        _ name: String,
        _ kind: String,
        _ currency: String = "EUR",
        by caller: Caller
    ) async throws -> String {
        let answer = try await caller.call(
            .post,
            "accounts",
            ["name": .string(name), "kind": .string(kind), "currency": .string(currency)]
        )
        return try #require(answer.data["id"]?.text, "\(answer)")
    }

    /// Sends a file as a browser does.
    func upload(
        _ text: String,
        name: String = "bank.csv",
        to account: String? = nil,
        key: String? = nil
    ) async throws -> Answer {
        try await upload(Array(text.utf8), name: name, to: account ?? self.account, key: key)
    }

    func upload(
        _ bytes: [UInt8],
        name: String = "bank.csv",
        to account: String?,
        key: String? = nil
    ) async throws -> Answer {
        let boundary = "martlet-test-boundary"
        let head = """
            --\(boundary)\r\nContent-Disposition: form-data; name="file"; filename="\(name)"\r
            Content-Type: application/octet-stream\r\n\r\n
            """
        let body = Array(head.utf8) + bytes + Array("\r\n--\(boundary)--\r\n".utf8)
        let query = account.map { "?account_id=\($0)" } ?? ""
        return
            try await caller
            .with(.contentType, "multipart/form-data; boundary=\(boundary)")
            .with(.idempotencyKey, key)
            .send(.post, "imports\(query)", body)
    }

    /// Uploads and commits.
    func take(_ text: String, to account: String? = nil) async throws -> Answer {
        let preview = try await upload(text, to: account)
        let id = try #require(preview.data["id"]?.text, "\(preview)")
        return try await caller.call(.post, "imports/\(id)/commit")
    }

    func balance(of account: String? = nil) async throws -> String? {
        try await caller.get("accounts/\(account ?? self.account)").data["balance"]?.text
    }

    func transactionCount() async throws -> JSONValue? {
        try await caller.get("transactions").body?["pagination"]?["total"]
    }
}
