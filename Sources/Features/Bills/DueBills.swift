import HTTPTypes
import Insight
import Ledger
import Logging
import Storage

/// Books what is due, of bills of which somebody wanted that.
///
/// Each occurrence is one write, that looks again whether it is still to be booked and remembers that it was. So it may run
/// twice, on two nodes, or end anywhere: what was booked is not booked again, and the rest is next time.
package struct DueBills: Sendable {
    /// How far back what was missed is made good, while the server stood still.
    static let pastDays = 400

    private let environment: ServerEnvironment

    package init(_ environment: ServerEnvironment) {
        self.environment = environment
    }

    package struct Report: Sendable, Equatable {
        package var posted = 0
        /// Those that could not be booked: somebody has to look.
        package var failed = 0
    }

    /// Works through every household, by the day that it is where its first member is who may write.
    package func run() async throws -> Report {
        var report = Report()
        try await environment.forEachHousehold(
            orLog: "the due bills of a household could not be booked"
        ) { writer in
            try await run(as: writer, &report)
        }
        return report
    }

    /// Works through one household. Whoever looks for what is late, or for what is free, does this first: what falls due
    /// is booked before anybody is told that it was missed.
    func run(as writer: Member) async throws -> Report {
        var report = Report()
        try await run(as: writer, &report)
        return report
    }

    private func run(as writer: Member, _ report: inout Report) async throws {
        let today = environment.clock.today(in: writer.timeZone)
        // Without the household's lock, since mostly nothing is due.
        let due = try await environment.database.read(.household(writer.household)) {
            try BillBook(transaction: $0, household: writer.household, today: today)
                .dueToPost(Self.pastDays).map(\.key)
        }
        for key in due {
            try Task.checkCancellation()
            do {
                let isPosted = try await environment.write(as: writer, requestID: "bills") {
                    try Self.post(key, in: $0)
                }
                if isPosted { report.posted += 1 }
            } catch let error as APIError where (400..<500).contains(error.status.code) {
                report.failed += 1
                environment.logger.warning(
                    "a due bill could not be booked: \(error.code)",
                    metadata: ["household": "\(writer.household)", "bill": "\(key.bill)"]
                )
            }
        }
    }

    /// - Returns: false when it is not to be booked any more.
    static func post(_ key: OccurrenceKey, in write: HouseholdWrite) throws -> Bool {
        let book = BillBook(
            transaction: write.transaction,
            household: write.household,
            today: write.today
        )
        guard let bill = try book.bills.find(key.bill), bill.deletedAt == nil else { return false }
        let one = try book.occurrence(of: bill, key.nominal)
        guard one.isToPost(on: write.today) else { return false }
        let target = OccurrenceService.Target(book: book, bill: bill, before: one)
        _ = try OccurrenceService().post(target, OccurrencePosting(), by: .job, in: write)
        return true
    }
}

extension BillBook {
    /// What the server books now, the oldest first.
    func dueToPost(_ pastDays: Int) throws -> [BillOccurrence] {
        let bills = try bills.all().filter { $0.postsFrom != nil && $0.pausedOn == nil }
        guard let first = bills.compactMap(\.postsFrom).min(),
            let span = DateSpan(max(first, today.adding(days: -pastDays)), today)
        else { return [] }
        return try occurrences(in: span, of: bills).filter { $0.isToPost(on: today) }
    }
}

extension BillOccurrence {
    /// A doubtful payment may be the one: then somebody is asked first.
    fileprivate func isToPost(on today: LocalDate) -> Bool {
        postsItself && due <= today && candidates.isEmpty && bill.asks(for: due)
    }
}
