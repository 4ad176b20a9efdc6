package import Ledger
package import Storage

/// A device that someone is signed in on.
package struct OpenSession: Sendable {
    package let id: SessionID
    /// The browser's or the program's name for itself.
    package let device: String
    package let firstAddress: String
    package let address: String
    package let createdAt: Instant
    package let usedAt: Instant
}
