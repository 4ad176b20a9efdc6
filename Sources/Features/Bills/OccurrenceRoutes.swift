import HTTPTypes
import Ledger
import Storage

/// Occurrences of bills over HTTP: `{date}` is the nominal day, wherever the occurrence was put.
struct OccurrenceRoutes: Sendable {
    private typealias Target = OccurrenceService.Target

    private let service = OccurrenceService()

    var endpoints: [Endpoint] {
        let path = "bills/{id}/occurrences/{date}"
        return [
            .read(
                "bills/occurrences",
                "List what is due, was paid and was missed",
                answers: .list(BillOccurrence.shape),
                handle: list
            ),
            .read(path, "Read an occurrence", answers: .ok(BillOccurrence.shape), handle: get),
            change(.patch, path, "Change the day or the amount of one occurrence") {
                (service, target, patch: OccurrencePatch, write) in
                try service.change(target, patch, in: write)
            },
            change(.post, "\(path)/skip", "Expect it no more") {
                (service, target, _: NoFields, write) in
                try service.setSkipped(true, target, in: write)
            },
            change(.post, "\(path)/unskip", "Expect it again") {
                (service, target, _: NoFields, write) in
                try service.setSkipped(false, target, in: write)
            },
            change(.post, "\(path)/post", "Book it") {
                (service, target, input: OccurrencePosting, write) in
                try service.post(target, input, in: write)
            },
            change(.post, "\(path)/match", "Say that a transaction pays it") {
                (service, target, input: OccurrencePayment, write) in
                try service.match(input.transaction, target, in: write)
            },
            change(.post, "\(path)/unmatch", "Say that a transaction does not pay it") {
                (service, target, input: OccurrencePayment, write) in
                try service.unmatch(input.transaction, target, in: write)
            },
            change(.post, "\(path)/reject", "Say that a candidate does not pay it") {
                (service, target, input: OccurrencePayment, write) in
                try service.reject(input.transaction, target, in: write)
            },
        ]
    }

    private func change<Input: RequestFields>(
        _ method: HTTPRequest.Method,
        _ path: String,
        _ summary: String,
        _ body:
            @escaping @Sendable (
                OccurrenceService, OccurrenceService.Target, Input, HouseholdWrite
            ) throws -> BillOccurrence
    ) -> Endpoint {
        .change(method, path, summary, answers: .ok(BillOccurrence.shape)) {
            (call: MemberCall, _: NoFields, input: Input) in
            let id: BillID = try call.id("bill")
            let day = try Self.day(call)
            return try await call.write { write in
                let target = try service.target(id, day, in: write)
                return .ok(BillOccurrence.shape, try body(service, target, input, write))
            }
        }
    }

    @Sendable private func list(
        _ call: MemberCall,
        _ query: OccurrenceListQuery
    ) async throws -> Reply {
        let page = try await call.read { try BillBook($0, call).page(query) }
        let pagination = Pagination(
            page: nil,
            perPage: query.limit,
            total: page.total,
            nextCursor: page.next
        )
        return .list(BillOccurrence.shape, page.occurrences, pagination)
    }

    @Sendable private func get(_ call: MemberCall, _: NoFields) async throws -> Reply {
        let id: BillID = try call.id("bill")
        let day = try Self.day(call)
        let one = try await call.read { transaction in
            let book = BillBook(transaction, call)
            return try book.occurrence(of: book.bills.load(id), day)
        }
        return .ok(BillOccurrence.shape, one)
    }

    /// - Throws: 404, since a bill has no occurrence on what is no day.
    private static func day(_ call: MemberCall) throws -> LocalDate {
        guard let day = call.word("date").flatMap({ LocalDate($0) }) else {
            throw APIError.notFound("occurrence")
        }
        return day
    }
}
