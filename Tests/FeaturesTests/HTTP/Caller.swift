@testable import Features
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import Testing

/// Someone who talks to the server. Each answer is held against the description of its route.
struct Caller: Sendable {
    static let password = "a long and private phrase 7"

    let server: any TestClientProtocol
    let endpoints: [Endpoint]
    var headers: HTTPFields = [:]

    /// The same with one header changed.
    func with(_ name: HTTPField.Name, _ value: String?) -> Caller {
        var other = self
        other.headers[name] = value
        return other
    }

    func with(token: String) -> Caller { with(.authorization, "Bearer \(token)") }

    /// - Parameter path: below `/api/v1/` unless it begins with a slash.
    @discardableResult
    func call(
        _ method: HTTPRequest.Method,
        _ path: String,
        _ body: JSONValue? = nil,
        at location: SourceLocation = #_sourceLocation
    ) async throws -> Answer {
        guard let body else { return try await send(method, path, nil, at: location) }
        var writer = JSONWriter()
        writer.value(body)
        return try await with(.contentType, "application/json")
            .send(method, path, writer.bytes, at: location)
    }

    /// A body of any bytes.
    @discardableResult
    func send(
        _ method: HTTPRequest.Method,
        _ path: String,
        _ body: [UInt8]?,
        at location: SourceLocation = #_sourceLocation
    ) async throws -> Answer {
        let address = path.hasPrefix("/") ? path : "/api/v1/" + path
        let response = try await server.execute(
            uri: address,
            method: method,
            headers: headers,
            body: body.map { ByteBuffer(bytes: $0) }
        )
        let answer = Answer(response)
        for problem in ContractCheck(endpoints).problems(of: answer, to: method, address) {
            Issue.record("\(method) \(address): \(problem)", sourceLocation: location)
        }
        return answer
    }

    func get(_ path: String, at location: SourceLocation = #_sourceLocation) async throws -> Answer
    {
        try await call(.get, path, at: location)
    }

    /// Signs up someone new.
    func register(_ name: String = "Ann", currency: String = "EUR") async throws -> Caller {
        let answer = try await call(
            .post,
            "auth/register",
            [
                "email": .string("\(name.lowercased())@example.org"),
                "password": .string(Self.password), "name": .string(name),
                "currency": .string(currency),
            ]
        )
        let token = try #require(answer.data["access_token"]?.text, "\(answer)")
        return with(token: token)
    }
}

/// What came back.
struct Answer: Sendable, CustomStringConvertible {
    let status: Int
    let headers: HTTPFields
    let bytes: [UInt8]
    /// Nil for what is not JSON.
    let body: JSONValue?

    init(_ response: TestResponse) {
        status = response.status.code
        headers = response.headers
        bytes = Array(response.body.readableBytesView)
        let isJSON = response.headers[.contentType]?.hasPrefix("application/json") == true
        // Whether it is JSON where it says so is for the contract's check to complain about.
        body = isJSON ? try? JSONReader.read(bytes, keyLimit: .max) : nil
    }

    var text: String { String(decoding: bytes, as: UTF8.self) }
    var data: JSONValue { body?["data"] ?? .null }
    var error: JSONValue { body?["error"] ?? .null }
    var code: String? { error["code"]?.text }

    /// The names of the wrong fields.
    var fields: [String] {
        error["details"]?["fields"]?.elements.compactMap { $0["field"]?.text } ?? []
    }

    var description: String { "\(status) \(text.prefix(400))" }
}

extension JSONValue {
    var text: String? { if case .string(let text) = self { text } else { nil } }
    var elements: [JSONValue] { if case .array(let elements) = self { elements } else { [] } }

    subscript(index: Int) -> JSONValue {
        elements.indices.contains(index) ? elements[index] : .null
    }
}

extension JSONValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral,
    ExpressibleByBooleanLiteral, ExpressibleByNilLiteral, ExpressibleByArrayLiteral,
    ExpressibleByDictionaryLiteral
{
    init(stringLiteral value: String) { self = .string(value) }
    init(integerLiteral value: Int) { self = .number(String(value)) }
    init(booleanLiteral value: Bool) { self = .boolean(value) }
    init(nilLiteral: ()) { self = .null }
    init(arrayLiteral elements: JSONValue...) { self = .array(elements) }

    init(dictionaryLiteral elements: (String, JSONValue)...) {
        self = .object(elements.map { JSONMember(name: $0.0, value: $0.1) })
    }
}
