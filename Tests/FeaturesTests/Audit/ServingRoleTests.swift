import Crypto
import Foundation
import Ledger
import Logging
import Storage
import TestSupport
import Testing

@testable import Features

/// The role that serves, where another owns the tables: it may add to the trails, and that is all.
@Suite(.enabled(if: PostgresServer.isPresent, Comment(rawValue: PostgresServer.absence)))
struct ServingRoleTests {
    private static let role = "martlet_serving_\(UInt32.random(in: 0 ... .max))"

    /// Whoever may make roles.
    private static func asSuperuser(
        _ database: String?,
        _ statements: [String]
    ) async throws {
        let url = try #require(
            ProcessInfo.processInfo.environment["MARTLET_TEST_SUPERUSER_DATABASE_URL"]
        )
        var configuration = try PostgresConfiguration(url: url)
        if let database { configuration = configuration.database(database) }
        let superuser = PostgresDatabase(configuration)
        for statement in statements { try await superuser.executeAlone(.literal(statement)) }
        try await superuser.close()
    }

    @Test func `it cannot rewrite, cut or open a trail`() async throws {
        try await PostgresServer.withFreshDatabase { configuration in
            let name = try #require(configuration["dbname"])
            try await Self.asSuperuser(
                nil,
                ["CREATE ROLE \(Self.role) LOGIN NOSUPERUSER NOBYPASSRLS"]
            )
            let owner = PostgresDatabase(configuration)
            try await owner.executeAlone(
                .literal(
                    """
                    ALTER DEFAULT PRIVILEGES IN SCHEMA public
                    GRANT SELECT, INSERT, UPDATE, DELETE, TRUNCATE ON TABLES TO \(Self.role)
                    """
                )
            )
            _ = try await Migrator().migrate(owner, at: LedgerFixture.noon)
            let serving = PostgresDatabase(configuration.replacing("user", by: Self.role))
            try await Self.attack(serving)
            try await serving.close()
            try await owner.close()
            try await Self.asSuperuser(
                name,
                ["DROP OWNED BY \(Self.role)", "DROP ROLE \(Self.role)"]
            )
        }
    }

    private static func attack(_ database: PostgresDatabase) async throws {
        let keys = HouseholdKeys(master: .init(size: .bits256))
        let environment = ServerEnvironment(
            database: database,
            clock: WallClock { LedgerFixture.noon },
            ids: IDSource { UInt64(LedgerFixture.noon.microseconds / 1_000) },
            keys: keys,
            answers: AnswerCache(),
            logger: .init(label: "test")
        )
        let home = try await DemoHousehold.found("ann", environment)
        try await environment.write(as: home.member, requestID: "test") {
            $0.record(AuditNote("update", "account", nil))
        }
        let person = home.member.person
        try await database.write(.shared) {
            try SecurityTrail($0, environment).add(
                SecurityEvent(
                    "sign_in",
                    about: .person(person),
                    by: .person(person),
                    on: nil,
                    requestID: "test"
                )
            )
        }
        for statement in [
            "UPDATE audit_entry SET action = 'x'", "UPDATE audit_entry SET payload = '\\x00'",
            "UPDATE audit_change SET position = 9", "UPDATE trail_entry SET outcome = 'failure'",
            "DELETE FROM audit_entry", "DELETE FROM trail_entry", "TRUNCATE audit_entry CASCADE",
            "ALTER TABLE audit_entry DISABLE TRIGGER USER",
            "DROP TRIGGER audit_entry_no_delete ON audit_entry",
            "ALTER TABLE audit_entry DISABLE ROW LEVEL SECURITY", "DROP TABLE audit_change",
            "SET session_replication_role = replica",
            "CREATE OR REPLACE FUNCTION martlet_refuse_audit() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'",
            "UPDATE household SET audit_archived = 1, audit_archived_head = audit_head",
        ] {
            await #expect(throws: StorageError.self, "\(statement)") {
                try await database.write(.household(home.household)) {
                    try $0.execute(.literal(statement))
                }
            }
        }
        let report = try await Doctor(database, keys: keys).examine(at: LedgerFixture.noon)
        #expect(report.findings.map(\.line) == [])
        // Erasing stays possible.
        try await database.write(.household(home.household)) {
            try $0.execute("UPDATE audit_entry SET payload = NULL WHERE sequence = 1")
        }
    }
}
