import Ledger
import Testing

struct TransactionStateTests {
    @Test
    func `states have names and an order of sureness`() {
        for state in TransactionState.allCases {
            #expect(TransactionState(name: state.name) == state)
        }
        #expect(TransactionState.allCases.sorted() == TransactionState.allCases)
        #expect(TransactionState(name: "booked") == nil)
    }

    @Test(arguments: [
        (TransactionState.expected, false, false), (.pending, true, false), (.posted, true, true),
        (.cleared, true, true), (.reconciled, true, true),
    ])
    func `what is expected counts nowhere, what is pending not in reports`(
        state: TransactionState,
        inBalance: Bool,
        isBooked: Bool
    ) {
        #expect(state.countsInBalance == inBalance)
        #expect(state.isBooked == isBooked)
    }

    @Test
    func `kinds of accounts are assets or liabilities`() {
        for kind in AccountKind.allCases { #expect(kind.accountClass.isReal) }
        #expect(AccountKind.creditCard.accountClass == .liability)
        #expect(AccountKind(rawValue: "credit_card") == .creditCard)
        for node in SystemNode.allCases { #expect(!node.accountClass.isReal && !node.name.isEmpty) }
    }
}
