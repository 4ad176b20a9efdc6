import Ledger
import Storage
import TestSupport
import Testing

@testable import Features

/// Entries of a version that kept neither outcomes nor where somebody was.
struct OldEntryTests {
    @Test(arguments: TestEngine.present)
    func `the chain goes on from entries that do not tell an outcome`(
        engine: TestEngine
    ) async throws {
        try await LedgerFixture.with(engine) { fixture in
            let home = try await fixture.makeHome("One")
            try await Self.makeOld(home)
            try await home.write { $0.record(AuditNote("update", "account", nil)) }

            let report = try await Doctor(fixture.database, keys: fixture.environment.keys)
                .examine(at: fixture.clock.now)
            let keys = fixture.environment.keys
            let (member, entries) = (home.member, 1...2 as ClosedRange<Int64>)
            let views = try await home.read { transaction in
                let reader = try TrailReader(transaction, member, keys)
                return try entries.map { try TrailEntry.shape.bytes(reader.entry($0)) }
            }

            #expect(report.findings.map(\.line) == [])
            for view in views {
                let entry = try JSONReader.read(view)
                #expect(entry["outcome"] == .string("success"))
                #expect(entry["address"] == .null)
            }
        }
    }

    /// Makes the first entry what it was before there were outcomes, hash and all.
    private static func makeOld(_ home: TestHome) async throws {
        let household = home.household
        try await home.fixture.database.write(.household(household)) { transaction in
            let found = try transaction.first(
                "SELECT \(ArchivedEntry.columns) FROM audit_entry WHERE sequence = 1"
            ) { try ArchivedEntry(household, &$0) }
            let entry = try #require(found).record
            let old = AuditChain.Record(
                household: household,
                sequence: entry.sequence,
                at: entry.at,
                actor: entry.actor,
                actorID: entry.actorID,
                action: entry.action,
                entity: entry.entity,
                entityID: entry.entityID,
                requestID: entry.requestID,
                changeCount: entry.changeCount,
                payloadHash: entry.payloadHash
            )
            let hash = AuditChain.hash(old, after: AuditChain.origin)
            try Tamper.dropTriggers(transaction)
            try transaction.execute(
                "UPDATE audit_entry SET outcome = NULL, hash = \(hash) WHERE sequence = 1"
            )
            try transaction.execute("UPDATE household SET audit_head = \(hash)")
        }
    }

    /// The spelling of before: whoever changes it changes every trail there is.
    @Test func `an old entry's hash is the hash of ten fields`() {
        let household = HouseholdID("01a1fdf1-682d-7001-9709-01a2a002ee10")!
        let record = AuditChain.Record(
            household: household,
            sequence: 7,
            at: Instant(microseconds: 1_000),
            actor: "person",
            actorID: nil,
            action: "update",
            entity: "account",
            entityID: household.value,
            requestID: "r",
            changeCount: 2,
            payloadHash: [1, 2, 3]
        )
        let text =
            "36:\(household)1:74:10006:person0:6:update7:account36:\(household)1:r1:2"

        let hash = AuditChain.hash(record, after: AuditChain.origin)

        #expect(hash == AuditChain.digest(AuditChain.origin + Array(text.utf8) + [1, 2, 3]))
    }
}
