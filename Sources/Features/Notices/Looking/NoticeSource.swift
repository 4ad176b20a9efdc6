import Ledger
import Storage

/// A household as some of its members see it, at the moment of a look.
struct NoticeView {
    /// The ledger without what they do not see.
    let transaction: any SQLTransaction
    let member: Member
    /// The day that it is where they are.
    let today: LocalDate
    /// What is older was looked at before.
    let since: Instant
    /// Those who see it so.
    let readers: [NoticeReader]

    var household: HouseholdID { member.household }

    /// A write that took long may have got its id before one that was looked at.
    ///
    /// - Units: seconds
    private static let overlap: Int64 = 600

    /// The least id of what may be new since the last look.
    var firstID: UniqueID {
        let since = since.adding(seconds: -Self.overlap).microseconds / 1_000
        return UniqueID(milliseconds: UInt64(max(since, 0)), sequence: 0, random: 0)
    }

    /// The names of the accounts that a payment went through, as far as they see them.
    func accounts(of payment: TransactionID) throws -> [AccountID: String] {
        var names: [AccountID: String] = [:]
        try transaction.forEach(
            """
            SELECT DISTINCT p.account_id, a.name FROM posting p
            JOIN account a ON a.household_id = p.household_id AND a.id = p.account_id
            WHERE p.household_id = \(household) AND p.transaction_id = \(payment)
                AND a.class IN ('asset', 'liability')
            """
        ) { row in
            let id: AccountID = try row.identifier()
            names[id] = try row.text()
        }
        return names
    }

    /// What each of them is to be told of.
    func each(_ news: (NoticeReader) throws -> [News]) rethrows -> [FoundNews] {
        try readers.flatMap { reader in
            try news(reader).map { FoundNews(reader: reader.person, news: $0) }
        }
    }
}

/// Something to tell somebody.
struct FoundNews: Sendable {
    let reader: PersonID
    let news: News

    func told(in household: HouseholdID) -> NoticeStore.ToldCause {
        .init(person: reader, cause: news.cause.stored(of: household))
    }
}

/// Finds what there is to tell of one kind. Whatever feature has something to tell that no write of its own raises adds its
/// own to `all`.
struct NoticeSource: Sendable {
    let find: @Sendable (NoticeView) throws -> [FoundNews]

    static let all: [NoticeSource] = [
        .budgets, .accountsBelowMinimum, .accountsRunningLow, .transactions, .tasksDue, .bills,
        .foundPrices,
    ]
}
