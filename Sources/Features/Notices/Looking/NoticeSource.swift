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
    ]
}
