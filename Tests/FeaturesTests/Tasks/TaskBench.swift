import HTTPTypes
import Ledger
import Storage
import Testing

@testable import Features

/// Short ways to make tasks and to look at them.
extension Caller {
    /// - Returns: the task.
    @discardableResult
    func addTask(
        _ title: String,
        _ more: [(String, JSONValue)] = [],
        at location: SourceLocation = #_sourceLocation
    ) async throws -> JSONValue {
        let members = [("title", JSONValue.string(title))] + more
        let answer = try await call(
            .post,
            "tasks",
            .object(members.map { JSONMember(name: $0.0, value: $0.1) }),
            at: location
        )
        #expect(answer.status == 201, "\(answer)", sourceLocation: location)
        return answer.data
    }

    func task(_ task: JSONValue) async throws -> JSONValue {
        try await get("tasks/\(task.id)").data
    }

    func titles(_ query: String = "") async throws -> [String] {
        let answer = try await get("tasks?limit=500\(query)")
        #expect(answer.status == 200, "\(answer)")
        return answer.data.elements.compactMap { $0["title"]?.text }
    }

    /// Every page, a few at a time.
    func walk(_ query: String, by limit: Int) async throws -> [String] {
        var (found, cursor): ([String], String) = ([], "")
        repeat {
            let answer = try await get("tasks?limit=\(limit)\(query)\(cursor)")
            #expect(answer.status == 200, "\(answer)")
            found += answer.data.elements.map(\.id)
            cursor = answer.body?["pagination"]?["next_cursor"]?.text.map { "&cursor=\($0)" } ?? ""
        } while !cursor.isEmpty
        return found
    }
}

extension JSONValue {
    var id: String { self["id"]?.text ?? "-" }
    var version: String { self["version"]?.plain ?? "-" }
    subscript(text name: String) -> String? { self[name]?.text }
}
