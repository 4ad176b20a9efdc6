import Ledger
package import Storage

/// Checks every rule of the ledger that the database can show, and names each row that breaks one.
///
/// Each household is read on one snapshot, so a server may go on writing meanwhile.
package struct Doctor: Sendable {
    private let database: any SQLDatabase
    private let keys: HouseholdKeys
    private let files: TrailFiles?

    /// - Parameter files: the trails' archive; nil where it is not at hand.
    package init(_ database: any SQLDatabase, keys: HouseholdKeys, files: TrailFiles? = nil) {
        self.database = database
        self.keys = keys
        self.files = files
    }

    /// - Parameters:
    ///   - now: what was deleted 30 days before it waits for the purge.
    ///   - progress: told how many households of how many are done.
    package func examine(
        at now: Instant = WallClock.system.now(),
        progress: @Sendable (Int, Int) -> Void = { _, _ in }
    ) async throws -> DoctorReport {
        var report = DoctorReport()
        report.findings = try await engineFindings()
        let households: [HouseholdID] = try await database.read(.shared) { transaction in
            try transaction.rows("SELECT id FROM household ORDER BY id") { try $0.identifier() }
        }
        if households.isEmpty, database.dialect == .postgres {
            // Row-level security hides rows without a word: nothing seen is nothing proved.
            let findings = Findings(household: nil)
            findings.add(
                "household",
                "*",
                "none can be seen: nobody has signed up yet, or the role is shown none"
            )
            report.findings += findings.all
        }
        let (files, people) = (files, PersonKeys(keys.masters))
        report.findings += try await database.read(.shared) { transaction in
            let findings = Findings(household: nil)
            try SecurityTrailExamination(
                transaction: transaction,
                findings: findings,
                keys: people,
                files: files
            ).run()
            Self.findMissing(households, files, findings)
            return findings.finish()
        }
        for (index, household) in households.enumerated() {
            progress(index, households.count)
            let keys = keys
            let (transactions, waiting, findings) = try await database.read(
                .household(household)
            ) {
                let findings = Findings(household: household)
                let count = try HouseholdExamination($0, household, keys, findings, files).run()
                let waiting = try PurgeStore(transaction: $0, household: household)
                    .countTransactions(deletedBefore: Purge.cutoff(at: now))
                return (count, waiting, findings.finish())
            }
            report.households += 1
            report.transactions += transactions
            report.purgeable += waiting
            report.findings += findings
        }
        progress(households.count, households.count)
        return report
    }

    /// A household whose head was written down stays as a row for good, even once it is erased.
    private static func findMissing(
        _ households: [HouseholdID],
        _ files: TrailFiles?,
        _ findings: Findings
    ) {
        let known = Set(households.map(ArchiveOwner.household))
        let written = (files?.heads ?? [:]).keys.filter { !$0.isPerson }
        for owner in Set(written).subtracting(known).sorted(by: { $0.id < $1.id }) {
            findings.add("audit_heads", owner.id, "the household had a trail once: it is gone")
        }
    }

    /// What SQLite itself finds broken; PostgreSQL keeps its own house.
    private func engineFindings() async throws -> [Finding] {
        guard let sqlite = database as? SQLiteDatabase else { return [] }
        let problems = try await sqlite.integrityProblems()
        return try await database.read(.shared) { transaction in
            let findings = Findings(household: nil)
            for problem in problems { findings.add("file", "integrity_check", problem) }
            try transaction.forEach("PRAGMA foreign_key_check") { row in
                let table = try row.textOrNil() ?? "?"
                let number = try row.integerOrNil().map { "rowid \($0)" } ?? "row"
                let parent = try row.textOrNil() ?? "?"
                findings.add(table, number, "points to a row of \(parent) that is not there")
            }
            return findings.finish()
        }
    }
}

/// What the doctor found.
package struct DoctorReport: Sendable {
    package var households = 0
    /// The live ones.
    package var transactions: Int64 = 0
    /// Deleted ones that cannot be restored any more: the next purge takes them.
    package var purgeable: Int64 = 0
    package var findings: [Finding] = []

    package var isClean: Bool { findings.isEmpty }

    package var json: [UInt8] {
        var writer = JSONWriter()
        writer.object { writer in
            writer.name("clean"); writer.boolean(isClean)
            writer.name("households"); writer.integer(Int64(households))
            writer.name("transactions"); writer.integer(transactions)
            writer.name("purgeable"); writer.integer(purgeable)
            writer.name("findings")
            writer.array { writer in for finding in findings { finding.write(to: &writer) } }
        }
        return writer.bytes
    }
}
