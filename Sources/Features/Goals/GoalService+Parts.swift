import HTTPTypes
import Ledger
import Storage

extension GoalService {
    /// All there is.
    static func books(_ write: HouseholdWrite) -> GoalStore {
        GoalStore(transaction: write.transaction, household: write.household)
    }

    func reader(_ write: HouseholdWrite) -> GoalReader {
        GoalReader(transaction: write.seen, member: write.member, today: write.today)
    }

    func view(_ id: GoalID, _ write: HouseholdWrite) throws -> GoalView {
        try reader(write).view(id)
    }

    /// - Throws: 404, 412
    func live(
        _ id: GoalID,
        expecting version: Int64?,
        _ write: HouseholdWrite
    ) throws -> GoalRecord {
        let record = try Self.books(write).load(id)
        guard record.deletedAt == nil else { throw APIError.notFound("goal") }
        guard version == nil || version == record.version else { throw APIError.stale }
        return record
    }

    static let finished = APIError.conflict(
        "goal.finished",
        "The goal is finished. Resume it first."
    )

    static func mustHaveRoom(_ others: [GoalRecord]) throws(APIError) {
        guard others.count < GoalRecord.Limits.count else {
            throw .conflict(
                "goal.too_many",
                "At most \(GoalRecord.Limits.count) goals are possible."
            )
        }
    }

    /// Whoever does not see all that is meant for a goal does not say what becomes of it.
    ///
    /// - Throws: 409 `goal.private`
    func mustSeeAll(of record: GoalRecord, _ write: HouseholdWrite) throws {
        try mustSeeAutomatic(of: record, write)
        let accounts = try Self.books(write).allShares(of: record.id).keys
        guard accounts.allSatisfy(write.member.sees.sees) else { throw Self.hidden }
    }

    func mustSeeAutomatic(
        of record: GoalRecord,
        _ write: HouseholdWrite
    ) throws(APIError) {
        guard let account = record.automatic?.account else { return }
        guard write.member.sees.sees(account) else { throw Self.hidden }
    }

    private static let hidden = APIError.conflict(
        "goal.private",
        "Some of it lies on accounts that you do not see, so you cannot decide that."
    )
}

extension APIError {
    /// Each amount can be counted, and all of them together cannot.
    static let goalsTooLarge = conflict(
        "goal.too_large",
        "The goals of the household add up to more than can be counted. Make their amounts smaller."
    )
}

extension GoalRecord {
    /// The next time of what comes again: the first that is still ahead.
    mutating func beginAgain(today: LocalDate) {
        reachedAt = nil
        startDate = today
        state = .active
        guard let date = targetDate, let repeatMonths else { return }
        let day = targetDay ?? date.monthlyDay
        var next = date
        repeat { next = day.date(in: next.month.adding(months: repeatMonths)) } while next <= today
        targetDate = next
        targetDay = day
    }
}

extension JSONWriter {
    /// A list of ids.
    static func list<Entity>(of ids: [Identifier<Entity>]) -> [UInt8] {
        var writer = JSONWriter()
        writer.array { writer in for id in ids { writer.uuid(id.value) } }
        return writer.bytes
    }
}
