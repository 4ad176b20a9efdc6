package import Storage

/// Proves that a restored copy is what was backed up.
package struct BackupProof: Sendable {
    private let manifest: BackupManifest

    package init(_ manifest: BackupManifest) {
        self.manifest = manifest
    }

    /// Brings the copy to this build's shape, counts it and lets the doctor look at all of it.
    ///
    /// - Throws: `unproved` with what is wrong.
    package func prove(
        _ copy: any SQLDatabase,
        keys: HouseholdKeys,
        at now: Instant
    ) async throws -> DoctorReport {
        _ = try await Migrator().migrate(copy, at: now)
        let facts = try await copy.read(.shared) { try BackupFacts(in: $0) }
        let differences = facts.differences(from: manifest)
        guard differences.isEmpty else { throw BackupError.unproved(differences) }
        let report = try await Doctor(copy, keys: keys).examine()
        let lines = report.findings.map(\.line)
        // A place in which nobody has signed up yet is whole without a household.
        guard report.isClean || manifest.households == 0 else { throw BackupError.unproved(lines) }
        return report
    }
}
