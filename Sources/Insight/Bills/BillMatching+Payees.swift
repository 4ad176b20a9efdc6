extension BillMatching {
    /// Whether two folded payees are the same, or one stands within the other.
    package static func areAlike(_ left: String, _ right: String) -> Bool {
        !left.isEmpty && likeness(left, right) >= 24
    }
}
