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
        var methods: [SecondFactorMethod] = []
        if try hasTimeCode(person) { methods.append(.totp) }
        if try hasPasskey(person) { methods.append(.passkey) }
        // A backup code stands in for another factor; alone it is none.
        if !methods.isEmpty, try BackupCodeStore(transaction).countUnused(of: person) > 0 {
            methods.append(.backupCode)
        }
        return methods
    }

    package func isSetUp(by person: PersonID) throws -> Bool {
        try hasTimeCode(person) || hasPasskey(person)
    }

    private func hasTimeCode(_ person: PersonID) throws -> Bool {
        try transaction.first(
            """
            SELECT 1 FROM time_code WHERE person_id = \(person) AND confirmed_at IS NOT NULL
            """
        ) { try $0.int() } != nil
    }

    private func hasPasskey(_ person: PersonID) throws -> Bool {
        try transaction.first("SELECT 1 FROM passkey WHERE person_id = \(person) LIMIT 1") {
            try $0.int()
        } != nil
    }
}
