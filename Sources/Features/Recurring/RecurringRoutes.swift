import HTTPTypes
import Ledger
import Storage

/// Which of the found series are told.
struct RecurringQuery: RequestFields {
    let state: State

    enum State: String, CaseIterable, Sendable { case open, dismissed, all }

    init(_ fields: inout FieldReader) {
        state = fields.optional("state", .choice()) ?? .open
    }

    func includes(_ found: FoundSeries) -> Bool {
        switch state {
        case .open: !found.isDismissed
        case .dismissed: found.isDismissed
        case .all: true
        }
    }
}

/// Payments that come again, over HTTP.
package struct RecurringRoutes: Sendable {
    private let service = RecurringService()

    package init() {}

    package var endpoints: [Endpoint] {
        let shape = RecurringView.shape
        return [
            .read(
                "recurring",
                "Payments that come again and again, found in the last two years",
                limit: .reports,
                answers: .list(shape),
                handle: list
            ),
            .change(
                .post,
                "recurring/{key}/dismiss",
                "Say that payments are no bill and no subscription",
                answers: .ok(shape),
                handle: dismiss
            ),
            .change(
                .post,
                "recurring/{key}/restore",
                "Show dismissed payments again",
                answers: .ok(shape),
                handle: restore
            ),
        ]
    }

    @Sendable private func list(_ call: MemberCall, _ query: RecurringQuery) async throws -> Reply {
        let (member, today) = (call.member, call.today)
        return try await call.cached("recurring/\(query.state)") { snapshot in
            let report = RecurringReport(
                transaction: snapshot.transaction,
                member: member,
                today: today
            )
            let views = try report.find().filter(query.includes).map { try RecurringView($0) }
            return DerivedAnswer(list: RecurringView.shape, views)
        }
    }

    @Sendable private func dismiss(
        _ call: MemberCall,
        _: NoFields,
        _: NoFields
    ) async throws -> Reply {
        let found = try await find(call)
        return try await call.write { write in
            .ok(RecurringView.shape, try RecurringView(try service.dismiss(found, in: write)))
        }
    }

    @Sendable private func restore(
        _ call: MemberCall,
        _: NoFields,
        _: NoFields
    ) async throws -> Reply {
        let found = try await find(call)
        return try await call.write { write in
            .ok(RecurringView.shape, try RecurringView(try service.restore(found, in: write)))
        }
    }

    /// The series that the address names.
    ///
    /// - Throws: 404
    private func find(_ call: MemberCall) async throws -> FoundSeries {
        guard let key = call.word("key").flatMap({ RecurringKey($0) }) else {
            throw APIError.notFound("recurring")
        }
        let (member, today) = (call.member, call.today)
        let found = try await call.read {
            try RecurringReport(transaction: $0, member: member, today: today).find()
        }
        guard let one = key.find(in: found) else { throw APIError.notFound("recurring") }
        return one
    }
}
