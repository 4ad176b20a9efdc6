package import Ledger

extension AccountVision {
    package init(hidden: Set<AccountID>) {
        self = hidden.isEmpty ? .everything : .without(hidden)
    }

    /// The accounts that are not seen.
    package var hidden: Set<AccountID> {
        switch self {
        case .everything: []
        case .without(let hidden): hidden
        }
    }

    package func sees(_ account: AccountID) -> Bool { !hidden.contains(account) }
}
