extension Migration {
    /// What came of each act and which it takes back, and the one door through which old entries leave
    /// the trail: into a file, from the first on, once the household remembers where the file ends.
    static let trail = Migration(11, "trail") { dialect in
        let columns = [
            "ALTER TABLE audit_entry ADD COLUMN outcome \(dialect.text)",
            "ALTER TABLE audit_entry ADD COLUMN undoes \(dialect.integer)",
            // What is taken back is taken back once.
            """
            CREATE UNIQUE INDEX audit_entry_undoes ON audit_entry (household_id, undoes)
                WHERE undoes IS NOT NULL
            """,
            "CREATE INDEX audit_change_entity ON audit_change (household_id, entity_id, sequence)",
            "ALTER TABLE household ADD COLUMN audit_archived \(dialect.integer) NOT NULL DEFAULT 0",
            "ALTER TABLE household ADD COLUMN audit_archived_head \(dialect.bytes)",
            "ALTER TABLE trail ADD COLUMN archived \(dialect.integer) NOT NULL DEFAULT 0",
            "ALTER TABLE trail ADD COLUMN archived_head \(dialect.bytes)",
        ]
        return columns + dialect.archiveTriggers + dialect.appendOnlyPermissions + grants(dialect)
    }

    /// Who may look at a household for a while though they are no member. Asked before it is known which
    /// household it is of, so it lies outside row-level security like memberships.
    private static func grants(_ dialect: SQLDialect) -> [String] {
        let (id, text, integer) = (dialect.uuid, dialect.text, dialect.integer)
        return [
            """
            CREATE TABLE household_grant (
                household_id \(id) NOT NULL REFERENCES household (id),
                id \(id) NOT NULL \(dialect.uuidCheck("id")),
                person_id \(id) NOT NULL REFERENCES person (id),
                granted_by \(id) NOT NULL REFERENCES person (id),
                reason \(text) NOT NULL,
                created_at \(integer) NOT NULL,
                expires_at \(integer) NOT NULL,
                ended_at \(integer),
                noted_at \(integer),
                PRIMARY KEY (household_id, id)
            ) \(dialect.clustered)
            """,
            """
            CREATE INDEX household_grant_person ON household_grant (person_id, expires_at)
                WHERE ended_at IS NULL
            """,
        ]
    }
}

extension SQLDialect {
    /// Whoever serves without owning the tables loses the right to change an entry, but for erasing its payload.
    fileprivate var appendOnlyPermissions: [String] {
        guard self == .postgres else { return [] }
        return [
            """
            DO $$
            DECLARE
                found record;
            BEGIN
                FOR found IN
                    SELECT DISTINCT grantee, table_name FROM information_schema.role_table_grants
                    WHERE table_schema = current_schema() AND privilege_type = 'UPDATE'
                        AND table_name IN ('audit_entry', 'audit_change', 'trail_entry')
                        AND grantee NOT IN (current_user, 'PUBLIC')
                LOOP
                    EXECUTE format(
                        'REVOKE UPDATE, TRUNCATE ON %I FROM %I', found.table_name, found.grantee);
                    EXECUTE format(
                        'GRANT UPDATE (payload) ON %I TO %I', found.table_name, found.grantee);
                END LOOP;
            END $$
            """
        ]
    }

    /// An entry leaves only once its owner says that it was archived, and that can be said only of an entry that is
    /// there, by its hash, and of no earlier one afterwards.
    fileprivate var archiveTriggers: [String] {
        [ArchivedChain.household, .person].flatMap { chain in
            self == .sqlite ? chain.sqliteTriggers : chain.postgresTriggers
        }
    }
}

/// A chain whose old entries go to files.
private struct ArchivedChain {
    /// The table whose rows remember where their archive ends.
    let owner: String
    /// The tables that entries leave; the first has their hashes.
    let tables: [String]
    /// What names the owner in these.
    let key: String
    /// What the columns of the owner begin with.
    let prefix: String

    static let household = ArchivedChain(
        owner: "household",
        tables: ["audit_entry", "audit_change"],
        key: "household_id",
        prefix: "audit_"
    )
    static let person = ArchivedChain(
        owner: "trail",
        tables: ["trail_entry"],
        key: "trail_id",
        prefix: ""
    )

    private var end: String { "\(prefix)archived" }
    private var head: String { "\(prefix)archived_head" }

    /// Whether an update of the owner points to anything but a later entry of its trail.
    private var isNoArchive: String {
        """
        NEW.\(end) <= OLD.\(end) OR NEW.\(head) IS NULL
            OR NOT EXISTS (
                SELECT 1 FROM \(tables[0])
                WHERE \(key) = NEW.id AND sequence = NEW.\(end) AND hash = NEW.\(head)
            )
        """
    }

    /// The last entry of a row's owner that may go.
    private var last: String {
        "COALESCE((SELECT \(end) FROM \(owner) WHERE id = OLD.\(key)), 0)"
    }

    private var guardian: String {
        "CREATE TRIGGER \(owner)_archived BEFORE UPDATE OF \(end), \(head) ON \(owner)"
    }

    var sqliteTriggers: [String] {
        tables.flatMap { table in
            [
                "DROP TRIGGER \(table)_no_delete",
                """
                CREATE TRIGGER \(table)_no_delete BEFORE DELETE ON \(table)
                WHEN OLD.sequence > \(last)
                BEGIN
                    SELECT RAISE(ABORT, 'audit.append_only');
                END
                """,
            ]
        } + [
            """
            \(guardian)
            WHEN \(isNoArchive)
            BEGIN
                SELECT RAISE(ABORT, 'audit.append_only');
            END
            """
        ]
    }

    var postgresTriggers: [String] {
        [
            """
            CREATE FUNCTION martlet_refuse_unarchived_\(owner)() RETURNS trigger
            LANGUAGE plpgsql AS $$
            BEGIN
                IF OLD.sequence > \(last) THEN
                    RAISE EXCEPTION 'audit.append_only';
                END IF;
                RETURN OLD;
            END $$
            """,
            """
            CREATE FUNCTION martlet_guard_archive_\(owner)() RETURNS trigger
            LANGUAGE plpgsql AS $$
            BEGIN
                IF \(isNoArchive) THEN
                    RAISE EXCEPTION 'audit.append_only';
                END IF;
                RETURN NEW;
            END $$
            """,
            """
            \(guardian)
            FOR EACH ROW EXECUTE FUNCTION martlet_guard_archive_\(owner)()
            """,
        ]
            + tables.flatMap { table in
                [
                    "DROP TRIGGER \(table)_no_delete ON \(table)",
                    """
                    CREATE TRIGGER \(table)_no_delete BEFORE DELETE ON \(table)
                    FOR EACH ROW EXECUTE FUNCTION martlet_refuse_unarchived_\(owner)()
                    """,
                ]
            }
    }
}
