import Ledger
import Storage

/// Bills of accounts that a member does not see are not theirs to see, nor what paid any bill from there.
extension SeenTables {
    var bill: SQLText {
        """
        SELECT b.* FROM \(whole("bill")) b
        WHERE b.household_id = \(household) AND \(isSeen("b"))
        """
    }

    var billOccurrence: SQLText {
        """
        SELECT o.* FROM \(whole("bill_occurrence")) o
        WHERE o.household_id = \(household) AND \(isOfSeenBill("o"))
        """
    }

    /// What says which transaction pays what.
    func ofSeenBills(_ name: String) -> SQLText {
        """
        SELECT c.* FROM \(whole(name)) c
        WHERE c.household_id = \(household) AND \(isOfSeenBill("c"))
            AND NOT \(touchesHidden("c.transaction_id"))
        """
    }

    private func isOfSeenBill(_ row: SQLText) -> SQLText { isSeenBill("\(row).bill_id") }

    /// Of one that is gone for good nobody can say whose it was.
    func isSeenBill(_ id: SQLText) -> SQLText {
        """
        EXISTS (SELECT 1 FROM \(whole("bill")) v
            WHERE v.household_id = \(household) AND v.id = \(id) AND \(isSeen("v")))
        """
    }

    private func isSeen(_ bill: SQLText) -> SQLText {
        """
        (\(bill).account_id IS NULL OR \(bill).account_id NOT IN \(list: hidden))
            AND (\(bill).to_account_id IS NULL OR \(bill).to_account_id NOT IN \(list: hidden))
        """
    }
}
