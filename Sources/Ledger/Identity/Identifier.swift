/// The id of one kind of thing, so that an account's id cannot stand where a category's is meant.
package struct Identifier<Entity>: Hashable, Comparable, Sendable {
    package let value: UniqueID

    package init(_ value: UniqueID) {
        self.value = value
    }

    package init?(_ text: some StringProtocol) {
        guard let value = UniqueID(text) else { return nil }
        self.value = value
    }

    package static func < (left: Identifier, right: Identifier) -> Bool {
        left.value < right.value
    }
}

extension Identifier: CustomStringConvertible {
    package var description: String { value.description }
}

/// What an id can belong to. Never made: they only tell the kinds of ids apart.
package enum Entity {
    package enum Household {}
    package enum Person {}
    package enum Session {}
    package enum Account {}
    package enum Transaction {}
    package enum Payee {}
    package enum ImportBatch {}
    package enum AuditEntry {}
    package enum Grant {}
    package enum Job {}
    package enum Invitation {}
    package enum Task {}
    package enum Bill {}
    package enum Goal {}
    package enum GoalContribution {}
    package enum RecurringChoice {}
    package enum CalendarFeed {}
    package enum Notice {}
}

package typealias HouseholdID = Identifier<Entity.Household>
package typealias PersonID = Identifier<Entity.Person>
package typealias SessionID = Identifier<Entity.Session>
/// A node of the ledger: an account, a category or an equity node.
package typealias AccountID = Identifier<Entity.Account>
package typealias TransactionID = Identifier<Entity.Transaction>
package typealias PayeeID = Identifier<Entity.Payee>
package typealias ImportBatchID = Identifier<Entity.ImportBatch>
package typealias AuditEntryID = Identifier<Entity.AuditEntry>
package typealias GrantID = Identifier<Entity.Grant>
package typealias InvitationID = Identifier<Entity.Invitation>
package typealias TaskID = Identifier<Entity.Task>
package typealias BillID = Identifier<Entity.Bill>
package typealias GoalID = Identifier<Entity.Goal>
package typealias GoalContributionID = Identifier<Entity.GoalContribution>
package typealias RecurringChoiceID = Identifier<Entity.RecurringChoice>
package typealias CalendarFeedID = Identifier<Entity.CalendarFeed>
package typealias NoticeID = Identifier<Entity.Notice>
