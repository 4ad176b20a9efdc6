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
            .change(
                .post,
                "recurring/{key}/accept",
                "Make payments that come again a bill",
                answers: .created(BillView.shape),
                handle: accept
            ),
            .read(
                "recurring/changes",
                "Prices that rose or fell and payments that did not come, in the last year",
                limit: .reports,
                answers: .list(RecurringChangeView.shape),
                handle: changes
            ),
            .read(
                "subscriptions",
                "What is paid for again and again, and what it costs a month and a year",
                limit: .reports,
                answers: .ok(Subscriptions.shape),
                handle: subscriptions
            ),
        ]
    }

    @Sendable private func list(_ call: MemberCall, _ query: RecurringQuery) async throws -> Reply {
        let (member, today) = (call.member, call.today)
        return try await call.cached("recurring/\(query.state)") { snapshot in
            let report = try RecurringReport(
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

    @Sendable private func accept(
        _ call: MemberCall,
        _: NoFields,
        _ input: RecurringAcceptance
    ) async throws -> Reply {
        let found = try await find(call)
        return try await call.write { write in
            let view = try service.accept(found, input, in: write)
            return .created(BillView.shape, view).tagged(view.record.version)
        }
    }

    @Sendable private func changes(_ call: MemberCall, _: NoFields) async throws -> Reply {
        let (member, today) = (call.member, call.today)
        return try await call.cached("recurring-changes") { snapshot in
            let report = try RecurringReport(
                transaction: snapshot.transaction,
                member: member,
                today: today
            )
            let changes = try RecurringChangeView.list(report)
            return DerivedAnswer(list: RecurringChangeView.shape, changes)
        }
    }

    @Sendable private func subscriptions(_ call: MemberCall, _: NoFields) async throws -> Reply {
        let (member, today) = (call.member, call.today)
        return try await call.cached("subscriptions") { snapshot in
            let report = try RecurringReport(
                transaction: snapshot.transaction,
                member: member,
                today: today
            )
            let found = try report.find()
            let series = RecurringReport.seriesByBill(found)
            let list =
                try report.bills.compactMap { try Subscription($0, series[$0.bill.id]) }
                + found.filter { $0.bill == nil && !$0.isDismissed }
                .compactMap { try Subscription($0) }
            let rates = try RateStore(
                transaction: snapshot.transaction,
                household: member.household
            ).rates(to: member.currency)
            let all = try Subscriptions(list, in: member.currency, at: rates, on: today)
            return DerivedAnswer(Subscriptions.shape, all)
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
