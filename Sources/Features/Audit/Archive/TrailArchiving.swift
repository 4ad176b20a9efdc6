import Foundation
import Ledger
import Storage

/// Moves entries of the trails that are older than a number of years into files, and then out of the database.
///
/// A file is synced and read back before a row goes; the household remembers where its archive ends, and
/// triggers let nothing go that is not before that.
package struct TrailArchiving: Sendable {
    private let environment: ServerEnvironment
    private let archive: TrailArchive
    private let years: Int

    /// How many entries a file has at most.
    static let entryLimit = 4_096
    /// From this size on a file takes no further entry.
    ///
    /// - Units: bytes
    static let byteLimit = 16 << 20
    /// How many files a household gets in one run; the rest is for the next.
    static let fileLimit = 100

    package init(_ environment: ServerEnvironment, archive: TrailArchive, years: Int) {
        self.environment = environment
        self.archive = archive
        self.years = years
    }

    /// A year of the longest length, so that nothing goes a day too early.
    private var cutoff: Instant {
        environment.clock.now().adding(seconds: -Int64(years) * 366 * 86_400)
    }

    /// - Returns: how many entries were moved.
    /// - Throws: when the task was cancelled, or the households cannot be listed.
    package func run() async throws -> Int {
        var moved = 0
        try await environment.forEachHousehold(
            orLog: "the trail of a household could not be archived"
        ) { writer in
            moved += try await run(as: writer)
        }
        return try await moved + PersonArchiving(environment, archive, before: cutoff).run()
    }

    private func run(as writer: Member) async throws -> Int {
        var moved = 0
        for _ in 0..<Self.fileLimit {
            try Task.checkCancellation()
            let (cutoff, household) = (cutoff, writer.household)
            let due = try await environment.database.read(.household(household)) {
                try ArchiveStore(transaction: $0, household: household).due(before: cutoff)
            }
            guard let last = due.entries.last else { break }
            try Self.mustHold(due)
            let file = try archive.write(due.entries, of: .household(household))
            let note = Self.note(file, last.hash)
            try await environment.write(as: writer, requestID: "archive") { write in
                let store = ArchiveStore(transaction: write.transaction, household: household)
                // Another node may have been first: then it is done.
                guard try store.moveEnd(from: due.end.sequence, to: last) else { return }
                try store.remove(through: last.record.sequence)
                write.record(note)
            }
            moved += due.entries.count
        }
        return moved
    }

    /// What is broken is for the doctor to tell, and stays where it is.
    static func mustHold(_ due: ArchiveStore.Due) throws {
        var end = due.end
        for entry in due.entries {
            guard entry.follows(end) else {
                throw StorageError.engine(
                    code: "archive",
                    message: "entry \(entry.record.sequence) does not follow the one before it"
                )
            }
            end = (entry.record.sequence, entry.hash)
        }
    }

    private static func note(_ file: TrailArchive.File, _ head: [UInt8]) -> AuditNote {
        AuditNote(
            "archive",
            "trail",
            nil,
            after: details(file, head),
            actor: "job",
            isUnattended: true
        )
    }

    static func details(_ file: TrailArchive.File, _ head: [UInt8]) -> [UInt8] {
        var writer = JSONWriter()
        writer.object { writer in
            writer.name("from"); writer.integer(file.from)
            writer.name("to"); writer.integer(file.to)
            writer.name("head"); writer.string(head.hexadecimal)
        }
        return writer.bytes
    }
}

/// Old entries, whole, and their way out.
struct ArchiveStore {
    let transaction: any SQLTransaction
    let household: HouseholdID

    struct Due: Sendable {
        /// Where the archive ends by now.
        let end: (sequence: Int64, hash: [UInt8])
        let entries: [ArchivedEntry]
    }

    /// The oldest entries in the table, as long as they are older than a moment.
    func due(before moment: Instant) throws -> Due {
        let end = try end()
        var entries: [ArchivedEntry] = []
        var size = 0
        for entry in try oldest() {
            guard entry.record.at < moment, size < TrailArchiving.byteLimit else { break }
            var whole = entry
            if entry.record.changeCount > 0 { whole.changes = try changes(of: entry) }
            size += whole.changes.reduce(entry.payload?.count ?? 0) {
                $0 + ($1.payload?.count ?? 0)
            }
            entries.append(whole)
        }
        return Due(end: end, entries: entries)
    }

    private func end() throws -> (sequence: Int64, hash: [UInt8]) {
        let end = try transaction.first(
            "SELECT audit_archived, audit_archived_head FROM household WHERE id = \(household)"
        ) { (try $0.integer(), try $0.bytesOrNil() ?? AuditChain.origin) }
        guard let end else { throw APIError.notFound("household") }
        return end
    }

    private func oldest() throws -> [ArchivedEntry] {
        try transaction.rows(
            """
            SELECT \(ArchivedEntry.columns) FROM audit_entry
            WHERE household_id = \(household) ORDER BY sequence LIMIT \(TrailArchiving.entryLimit)
            """
        ) { try ArchivedEntry(household, &$0) }
    }

    private func changes(of entry: ArchivedEntry) throws -> [ArchivedEntry.Change] {
        try transaction.rows(
            """
            SELECT entity_id, payload FROM audit_change
            WHERE household_id = \(household) AND sequence = \(entry.record.sequence)
            ORDER BY position
            """
        ) { .init(entity: try $0.uuid(), payload: try $0.bytesOrNil()) }
    }

    /// - Returns: false when the archive no longer ends where it did.
    func moveEnd(from end: Int64, to last: ArchivedEntry) throws -> Bool {
        try transaction.executeCounting(
            """
            UPDATE household SET audit_archived = \(last.record.sequence),
                audit_archived_head = \(last.hash)
            WHERE id = \(household) AND audit_archived = \(end)
            """
        ) == 1
    }

    func remove(through sequence: Int64) throws {
        for table: SQLText in ["audit_change", "audit_entry"] {
            try transaction.execute(
                """
                DELETE FROM \(table)
                WHERE household_id = \(household) AND sequence <= \(sequence)
                """
            )
        }
    }
}

extension ArchivedEntry {
    static let columns = AuditChain.Record.columns + ", hash, payload"

    init(_ household: HouseholdID, _ row: inout SQLRow) throws {
        record = try AuditChain.Record(household, &row)
        hash = try row.bytes()
        payload = try row.bytesOrNil()
    }
}
