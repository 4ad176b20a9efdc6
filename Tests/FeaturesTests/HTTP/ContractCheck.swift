@testable import Features
import Foundation
import HTTPTypes
import Ledger

/// Holds answers against what `/openapi.json` says of them.
struct ContractCheck {
    private let endpoints: [Endpoint]

    init(_ endpoints: [Endpoint]) {
        self.endpoints = endpoints
    }

    /// What an answer has that its route did not promise, or lacks.
    func problems(of answer: Answer, to method: HTTPRequest.Method, _ address: String) -> [String] {
        guard address.hasPrefix("/api/v1/"), let endpoint = endpoint(method, address) else {
            return []
        }
        if let declared = endpoint.answers.first(where: { $0.status.code == answer.status }) {
            guard let schema = declared.schema else {
                return answer.bytes.isEmpty ? [] : ["a body where none was declared"]
            }
            guard declared.contentType == "application/json" else { return [] }
            var fields = [SchemaField(name: "data", schema: schema, isRequired: true)]
            if declared.isList {
                fields.append(
                    SchemaField(name: "pagination", schema: Pagination.schema, isRequired: true)
                )
            }
            return check(answer, .object(fields + OpenAPIOperation.envelopeFields))
        }
        let failure = OpenAPIFailure.allCases.first { $0.status == answer.status }
        guard let failure, failure.canAnswer(endpoint) else {
            return ["status \(answer.status) is not described: \(answer.text.prefix(300))"]
        }
        return check(answer, OpenAPIFailure.schema)
    }

    private func endpoint(_ method: HTTPRequest.Method, _ address: String) -> Endpoint? {
        let asked = address.dropFirst("/api/v1/".count).prefix { $0 != "?" }.split(separator: "/")
        let matching = endpoints.filter { endpoint in
            let template = endpoint.path.split(separator: "/")
            return endpoint.method == method && template.count == asked.count
                && zip(template, asked).allSatisfy { $0 == $1 || $0.hasPrefix("{") }
        }
        return matching.min {
            $0.path.filter { $0 == "{" }.count < $1.path.filter { $0 == "{" }.count
        }
    }

    private func check(_ answer: Answer, _ schema: Schema) -> [String] {
        guard let body = answer.body else { return ["the body is not JSON"] }
        var named: [String: [SchemaField]] = [:]
        schema.collectNamed(into: &named)
        return SchemaCheck(named: named).problems(body, schema, at: "")
    }
}

/// Holds a JSON value against a schema.
struct SchemaCheck {
    let named: [String: [SchemaField]]

    func problems(_ value: JSONValue, _ schema: Schema, at path: String) -> [String] {
        switch (schema, value) {
        case (.anything, _), (.nullable, .null), (.boolean, .boolean): return []
        case (.nullable(let inner), _): return problems(value, inner, at: path)
        case (.text(let format, let range, _), .string(let text)):
            let count = text.unicodeScalars.count
            if let range, !range.contains(count) { return ["\(path) has \(count) characters"] }
            return Self.fits(text, format) ? [] : ["\(path): \(text) is no \(format ?? "")"]
        case (.choice(let choices), .string(let text)):
            return choices.contains(text) ? [] : ["\(path): \(text) is none of \(choices)"]
        case (.integer(let range), .number(let text)):
            guard let number = Int64(text) else { return ["\(path): \(text) is no whole number"] }
            return range?.contains(number) == false ? ["\(path): \(number) is out of range"] : []
        case (.amount, .string(let text)):
            return text.wholeMatch(of: /-?[0-9]{1,15}(\.[0-9]{1,4})?/) == nil
                ? ["\(path): \(text) is no amount"] : []
        case (.list(let element, _), .array(let elements)):
            return elements.enumerated().flatMap { problems($1, element, at: "\(path)[\($0)]") }
        case (.object(let fields, _), .object(let members)):
            return problems(members, fields, at: path)
        case (.reference(let name), .object(let members)):
            return problems(members, named[name] ?? [], at: path)
        default: return ["\(path) is a \(value.kind)"]
        }
    }

    private func problems(
        _ members: [JSONMember],
        _ fields: [SchemaField],
        at path: String
    ) -> [String] {
        let missing = fields.filter { field in
            field.isRequired && !members.contains { $0.name == field.name }
        }
        let found = members.flatMap { member in
            guard let field = fields.first(where: { $0.name == member.name }) else {
                return ["\(path).\(member.name) is not described"]
            }
            return problems(member.value, field.schema, at: "\(path).\(member.name)")
        }
        return missing.map { "\(path).\($0.name) is missing" } + found
    }

    private static func fits(_ text: String, _ format: String?) -> Bool {
        switch format {
        case "uuid": UniqueID(text) != nil
        case "date": LocalDate(text) != nil
        case "date-time":
            text.wholeMatch(of: /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/) != nil
        default: true
        }
    }
}
