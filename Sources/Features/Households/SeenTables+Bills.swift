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

    private func isOfSeenBill(_ row: SQLText) -> SQLText {
        """
        EXISTS (SELECT 1 FROM \(whole("bill")) w
            WHERE w.household_id = \(household) AND w.id = \(row).bill_id AND \(isSeen("w")))
        """
    }

    private func isSeen(_ bill: SQLText) -> SQLText {
        """
        (\(bill).account_id IS NULL OR \(bill).account_id NOT IN \(list: hidden))
            AND (\(bill).to_account_id IS NULL OR \(bill).to_account_id NOT IN \(list: hidden))
        """
    }
}
