import Ledger
import Storage

/// What people were told of a household. Who left still has what they were told, and is not shown it: that is not broken.
struct NoticeExamination {
    private let transaction: any SQLTransaction
    private let household: HouseholdID
    private let findings: Findings
    private let open: (_ sealed: [UInt8], _ place: String) throws -> [UInt8]

    /// - Parameter sealedKey: the household's.
    init(
        _ transaction: any SQLTransaction,
        _ household: HouseholdID,
        _ keys: HouseholdKeys,
        _ sealedKey: [UInt8],
        _ findings: Findings
    ) {
        self.transaction = transaction
        self.household = household
        self.findings = findings
        open = { try keys.open($0, for: household, wrapped: sealedKey, place: $1) }
    }

    /// - Parameter version: the household's.
    func run(_ version: Int64) throws {
        try transaction.scan(
            """
            SELECT person_id, id, cause, payload FROM notice
            WHERE household_id = \(household) ORDER BY person_id, id
            """
        ) { row in
            let (person, id): (PersonID, NoticeID) = (try row.identifier(), try row.identifier())
            let cause = try row.text()
            if !cause.hasPrefix("\(household):") {
                findings.add("notice", id, "its cause is not of this household", found: cause)
            }
            guard let payload = try row.bytesOrNil() else { return }
            do {
                let plain = try open(payload, NoticeStore.place(id, of: person))
                _ = try NoticeContent(sealed: plain)
            } catch {
                findings.add("notice", id, "what it says cannot be opened")
            }
        }
        try examineLook(version)
    }

    /// Whoever looked farther than there is looks at nothing until then.
    private func examineLook(_ version: Int64) throws {
        try transaction.scan(
            """
            SELECT version FROM notice_look
            WHERE household_id = \(household) AND version > \(version)
            """
        ) { row in
            let found = try row.integer()
            let problem = "it was looked at farther than there is"
            findings.add("notice_look", "*", problem, expected: "\(version)", found: "\(found)")
        }
    }
}
