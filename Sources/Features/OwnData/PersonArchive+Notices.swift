import Ledger
import Storage

/// What somebody was told, and how they want to be told.
extension PersonArchive {
    private static let noticePage = 200

    var notices: ArchiveTable<Notice> {
        ArchiveTable("notices", Notice.shape) { [environment, person] cursor in
            let rows = try await environment.database.read(.shared) {
                try NoticeList(person, $0, environment)
                    .page(after: cursor, limit: Self.noticePage)
            }
            return ArchivePage(rows, limit: Self.noticePage) { $0.id.description }
        }
    }

    /// One row: all of it.
    var noticeChoices: ArchiveTable<NoticePreferencesView> {
        ArchiveTable("notice_choices", NoticePreferencesView.shape) { [environment, person] in
            try await environment.database.read(.shared) { transaction in
                let people = PersonStore(transaction)
                return [
                    NoticePreferencesView(
                        preferences: try NoticePreferenceStore(transaction: transaction)
                            .load(person),
                        person: try people.loadPerson(person),
                        households: try people.households(of: person),
                        sendsMail: true
                    )
                ]
            }
        }
    }
}
