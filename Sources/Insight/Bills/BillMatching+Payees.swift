extension BillMatching {
    /// Whether two folded payees are the same, or one stands within the other.
    package static func areAlike(_ left: String, _ right: String) -> Bool {
        !left.isEmpty && likeness(left, right) >= 24
    }

    /// Whether a folded payee may be the one of a bill, so that nobody needs to be asked.
    package static func isKnown(_ payee: String, by wanted: String) -> Bool {
        likeness(wanted, payee) > 10
    }
}
