import Foundation
import Storage

/// The shape of a database as its engine tells it, in a text that a review can read.
enum SchemaSnapshot {
    static func text(of database: any SQLDatabase) async throws -> String {
        let dialect = database.dialect
        return try await database.read(.shared) { transaction in
            let parts = try questions(dialect).map { title, question in
                let lines = try transaction.rows(question) { try $0.text() }
                return (["-- \(title)"] + lines).joined(separator: "\n")
            }
            return parts.joined(separator: "\n\n") + "\n"
        }
    }

    private static func questions(_ dialect: SQLDialect) -> [(title: String, question: SQLText)] {
        switch dialect {
        case .sqlite:
            ["table", "index", "trigger"].map { kind in
                (
                    kind,
                    """
                    SELECT sql || ';' FROM sqlite_schema
                    WHERE type = \(kind) AND sql IS NOT NULL AND name NOT LIKE 'transaction_search_%'
                    ORDER BY name
                    """
                )
            }
        case .postgres: postgresQuestions
        }
    }

    private static let postgresQuestions: [(title: String, question: SQLText)] = [
        (
            "domain",
            """
            SELECT typname || ' ' || format_type(typbasetype, typtypmod) || ' '
                || pg_get_constraintdef(c.oid)
            FROM pg_type t JOIN pg_constraint c ON c.contypid = t.oid
            WHERE typnamespace = 'public'::regnamespace ORDER BY typname, conname
            """
        ),
        (
            "column",
            """
            SELECT relname || '.' || attname || ' ' || format_type(atttypid, atttypmod)
                || CASE WHEN attcollation = 'pg_catalog."C"'::regcollation THEN ' C' ELSE '' END
                || CASE WHEN attnotnull THEN ' NOT NULL' ELSE '' END
                || COALESCE(' DEFAULT ' || pg_get_expr(adbin, adrelid), '')
            FROM pg_attribute a JOIN pg_class r ON r.oid = attrelid
            LEFT JOIN pg_attrdef d ON d.adrelid = attrelid AND d.adnum = attnum
            WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND attnum > 0
                AND NOT attisdropped
            ORDER BY relname COLLATE "C", attnum
            """
        ),
        (
            "constraint",
            """
            SELECT conrelid::regclass::text || ' ' || conname || ' ' || pg_get_constraintdef(oid)
            FROM pg_constraint WHERE connamespace = 'public'::regnamespace AND conrelid <> 0
            ORDER BY conrelid::regclass::text COLLATE "C", conname COLLATE "C"
            """
        ),
        (
            "index",
            """
            SELECT indexdef FROM pg_indexes WHERE schemaname = 'public'
            ORDER BY indexname COLLATE "C"
            """
        ),
        (
            "trigger",
            """
            SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal
            ORDER BY tgrelid::regclass::text COLLATE "C", tgname COLLATE "C"
            """
        ),
        (
            "function",
            """
            SELECT proname || prosrc FROM pg_proc WHERE pronamespace = 'public'::regnamespace
            ORDER BY proname COLLATE "C"
            """
        ),
        (
            "row security",
            """
            SELECT relname || ' enabled ' || relrowsecurity || ' forced ' || relforcerowsecurity
                || COALESCE(' USING ' || qual || ' CHECK ' || with_check, '')
            FROM pg_class LEFT JOIN pg_policies ON schemaname = 'public' AND tablename = relname
            WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace
            ORDER BY relname COLLATE "C"
            """
        ),
    ]

    // MARK: The file beside the tests

    private static func file(_ dialect: SQLDialect) -> URL {
        URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "Snapshots/\(dialect).sql")
    }

    /// With `MARTLET_RECORD_SNAPSHOTS=1` the file is written anew first.
    static func committed(_ dialect: SQLDialect, now text: String) throws -> String {
        if ProcessInfo.processInfo.environment["MARTLET_RECORD_SNAPSHOTS"] == "1" {
            try text.write(to: file(dialect), atomically: true, encoding: .utf8)
        }
        return try String(contentsOf: file(dialect), encoding: .utf8)
    }
}
