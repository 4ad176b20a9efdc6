import Foundation
import Interchange
import Ledger
import Storage

/// Which tasks are meant, in which order, and where in the list.
package struct TaskListQuery: RequestFields {
    let filter: TaskFilter
    let sort: TaskSort
    let limit: Int
    let cursor: String?

    static let largestPage = 500

    package init(_ fields: inout FieldReader) {
        filter = TaskFilter(&fields)
        sort = fields.optional("sort", .choice()) ?? .due
        limit = fields.optional("limit", .integer(1...Self.largestPage)) ?? 50
        cursor = fields.cursor(1...TaskCursor.lengthLimit) { $0 }
    }
}

package struct TaskFilter: RequestFields {
    var status: StatusChoice?
    var priority: TaskRecord.Priority?
    var tag: String?
    var assignee: PersonID?
    var isAssigned: Bool?
    var dueFrom: LocalDate?
    var dueTo: LocalDate?
    var isDated: Bool?
    var isRepeating: Bool?
    var linkKind: TaskRecord.Link.Kind?
    var linkID: Identifier<TaskRecord.Link>?
    /// Whether the server asks for it.
    var isAsked: Bool?
    var words: [String] = []
    var includesDeleted = false

    enum StatusChoice: String, CaseIterable, Sendable {
        case todo
        case inProgress = "in_progress"
        case done
        /// What is not done.
        case open
    }

    package init(_ fields: inout FieldReader) {
        status = fields.optional("status", .choice())
        priority = fields.optional("priority", .choice())
        tag = fields.optional("tag", .text(TaskRecord.Limits.tag))
        assignee = fields.optional("assignee_id", .id())
        isAssigned = fields.optional("assigned", .boolean)
        dueFrom = fields.optional("due_from", .date)
        dueTo = fields.optional("due_to", .date)
        isDated = fields.optional("dated", .boolean)
        isRepeating = fields.optional("repeating", .boolean)
        linkKind = fields.optional("link_kind", .choice())
        linkID = fields.optional("link_id", .id())
        isAsked = fields.optional("asked", .boolean)
        let text = fields.optional("q", .text(0...200)) ?? ""
        words = PayeeName.folded(text).split(separator: " ").map(String.init)
        includesDeleted = fields.optional("include_deleted", .boolean) ?? false
        if let dueFrom, let dueTo, dueTo < dueFrom {
            fields.fault("due_to", "before_due_from", "must not be before due_from")
        }
    }
}

enum TaskSort: String, CaseIterable, Sendable {
    case due = "due"
    case dueReversed = "-due"
    case priority = "priority"
    case priorityReversed = "-priority"
    case created = "created"
    case createdReversed = "-created"
    case title = "title"
    case titleReversed = "-title"
    case done = "done"
    case doneReversed = "-done"
    case position = "position"

    var isDescending: Bool { rawValue.hasPrefix("-") }

    /// What is not dated comes last either way: beside the last day that there is, or the first.
    func key(of record: TaskRecord) -> SQLValue {
        switch self {
        case .due: .date(record.dueOn ?? .latest)
        case .dueReversed: .date(record.dueOn ?? .earliest)
        case .priority, .priorityReversed: .integer(record.priority.rank)
        case .created, .createdReversed: record.createdAt.sqlValue
        case .title, .titleReversed: .text(record.foldedTitle)
        case .done: .integer(record.doneAt?.microseconds ?? .max)
        case .doneReversed: .integer(record.doneAt?.microseconds ?? .min)
        case .position: .integer(record.position)
        }
    }

    var column: SQLText {
        switch self {
        case .due: "COALESCE(k.due_on, \(LocalDate.latest))"
        case .dueReversed: "COALESCE(k.due_on, \(LocalDate.earliest))"
        case .priority, .priorityReversed: "k.priority"
        case .created, .createdReversed: "k.created_at"
        case .title, .titleReversed: "k.folded_title"
        case .done: "COALESCE(k.done_at, \(Int64.max))"
        case .doneReversed: "COALESCE(k.done_at, \(Int64.min))"
        case .position: "k.position"
        }
    }
}

/// Where a list goes on: the sort key and id of the last row.
struct TaskCursor {
    let key: SQLValue
    let id: TaskID

    /// Base64 of the longest folded title's bytes and what stands before them.
    static let lengthLimit = 4_096

    /// Base64url of `sort|id|key`.
    func text(for sort: TaskSort) -> String {
        let plain =
            switch key {
            case .date(let date): date.description
            case .integer(let number): String(number)
            case .text(let text): text
            default: ""
            }
        return Data("\(sort.rawValue)|\(id)|\(plain)".utf8).base64EncodedString()
            .replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
    }

    init(_ record: TaskRecord, _ sort: TaskSort) {
        key = sort.key(of: record)
        id = record.id
    }

    /// - Throws: 400 for a cursor that this list did not give.
    init(_ text: String, for sort: TaskSort) throws(APIError) {
        let wrong = APIError.brokenCursor
        var base64 = text.replacing("-", with: "+").replacing("_", with: "/")
        base64 += String(repeating: "=", count: (4 - base64.count % 4) % 4)
        guard let data = Data(base64Encoded: base64),
            let plain = String(validating: data, as: UTF8.self)
        else { throw wrong }
        let parts = plain.split(separator: "|", maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0] == sort.rawValue, let id = TaskID(parts[1]),
            let key = Self.key(parts[2], sort)
        else { throw wrong }
        self.key = key
        self.id = id
    }

    private static func key(_ text: Substring, _ sort: TaskSort) -> SQLValue? {
        switch sort {
        case .due, .dueReversed: LocalDate(text).map(SQLValue.date)
        case .title, .titleReversed: text.utf8.contains(0) ? nil : .text(String(text))
        default: Int64(text).map(SQLValue.integer)
        }
    }
}

/// A page of tasks, and how many there are in all.
struct TaskPage {
    let tasks: [TaskView]
    let total: Int
    let nextCursor: String?
}
