package import Ledger
package import Storage

/// What someone may prove besides their first proof.
package enum SecondFactorMethod: String, CaseIterable, Sendable {
    case totp, passkey
    case backupCode = "backup_code"
}

/// The second factors that people have set up.
package struct SecondFactorStore {
    let transaction: any SQLTransaction

    package init(_ transaction: any SQLTransaction) {
        self.transaction = transaction
    }

    /// What a person may prove besides their password; none for someone who has set up nothing.
    package func methods(of person: PersonID) throws -> [SecondFactorMethod] {
        []
    }
}
