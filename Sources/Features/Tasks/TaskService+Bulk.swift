import HTTPTypes
import Ledger
import Storage

extension TaskService {
    /// - Throws: 404 when one of the ids is not there. Nothing is written then.
    func change(_ input: TaskBulkInput, in write: HouseholdWrite) throws -> BulkResult {
        let store = TaskStore(write)
        let ids = Set(input.ids)
        let views = try store.load(ids.sorted())
            .filter { ($0.record.deletedAt != nil) == (input.action == .restore) }
        guard views.count == ids.count else { throw APIError.notFound("task") }
        var made: [TaskID] = []
        for view in views {
            switch input.action {
            case .patch:
                // A next one that was made before it may have moved it by a place.
                let record = try store.load(view.record.id).record
                let patch = try input.patch?.patch(of: record) ?? TaskPatch()
                made += try apply(patch, to: record, in: write).map { [$0] } ?? []
            case .delete: try setDeleted(write.now, view.record, in: write)
            case .restore:
                try Self.mustBeRestorable(view.record, at: write.now)
                try setDeleted(nil, view.record, in: write)
            }
        }
        var changes = try views.map { try change($0, $0.record.id, store) }
        changes += try made.map { try change(nil, $0, store) }
        write.record(AuditNote("bulk_\(input.action.rawValue)", "task", nil, changes: changes))
        return BulkResult(affected: views.count)
    }
}
