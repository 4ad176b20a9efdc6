import CLibPQ
import Ledger

/// A transaction on one connection. It begins with its first statement, so one without any costs
/// nothing.
///
/// After a failed statement PostgreSQL runs nothing more, so the closure has to throw: whatever
/// it asks for then fails with the same error.
final class PostgresTransaction: SharedTransaction {
    enum Kind {
        case read(SQLScope)
        case write(SQLScope)
        /// Each statement is a transaction of its own.
        case none
    }

    /// After so many statements their answers are taken, so that neither side has to keep more.
    private static let pipelineLimit = 128

    let connection: PostgresConnection
    private let kind: Kind
    private let limits: PostgresLimits
    private var hasBegun = false
    private var cursors = 0
    var acts: [@Sendable () -> Void] = []
    /// Whether a COMMIT is on its way whose answer has not come.
    private(set) var isCommitUnanswered = false
    /// Why the transaction cannot go on.
    private(set) var failure: StorageError?

    init(_ connection: PostgresConnection, _ kind: Kind, _ limits: PostgresLimits) {
        self.connection = connection
        self.kind = kind
        self.limits = limits
    }

    var dialect: SQLDialect { .postgres }

    func execute(_ sql: SQLText) throws {
        try guarded { () throws(StorageError) in
            try send(sql)
            if connection.pendingCount >= Self.pipelineLimit { try connection.settle() }
        }
    }

    func executeCounting(_ sql: SQLText) throws -> Int {
        try answer(sql)?.affectedRows ?? 0
    }

    /// libpq holds the whole answer; `scan` is for long ones.
    func forEach(_ sql: SQLText, _ read: (inout SQLRow) throws -> Void) throws {
        guard let result = try answer(sql) else { return }
        try result.forEach(read)
    }

    /// Fetches from a cursor, so that only so many rows are held at a time.
    func scan(_ sql: SQLText, _ read: (inout SQLRow) throws -> Void) throws {
        guard case .none = kind else {
            cursors += 1
            let cursor = "scan_\(cursors)"
            try execute("DECLARE \(SQLText(stringLiteral: cursor)) NO SCROLL CURSOR FOR \(sql)")
            while let piece = try fetch(from: cursor) {
                try piece.forEach(read)
                if piece.rowCount < Self.rowsPerFetch { break }
            }
            try execute(SQLText(stringLiteral: "CLOSE \(cursor)"))
            return
        }
        try forEach(sql, read)
    }

    private static let rowsPerFetch = 2_000

    private func fetch(from cursor: String) throws(StorageError) -> PostgresResult? {
        let sql = SQLText(stringLiteral: "FETCH FORWARD \(Self.rowsPerFetch) FROM \(cursor)")
        return try guarded { () throws(StorageError) in
            // Not prepared: it returns another cursor's rows the next time.
            try connection.send(sql, isPrepared: false)
            return try connection.settle()
        }
    }

    /// `version(of:)` asks the database, because other nodes write too.
    func noteVersion(_ version: Int64, of household: HouseholdID) {}

    private func answer(_ sql: SQLText) throws(StorageError) -> PostgresResult? {
        try guarded { () throws(StorageError) in
            try send(sql)
            return try connection.settle()
        }
    }

    private func guarded<Value>(
        _ body: () throws(StorageError) -> Value
    ) throws(StorageError) -> Value {
        if let failure { throw failure }
        do {
            return try body()
        } catch {
            failure = error
            throw error
        }
    }

    private func send(_ sql: SQLText) throws(StorageError) {
        if !hasBegun { try begin() }
        try connection.send(sql)
    }
}

// MARK: Begin and end

extension PostgresTransaction {
    private func begin() throws(StorageError) {
        hasBegun = true
        switch kind {
        case .none:
            break
        case .read(let scope):
            try connection.send("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
            try connection.send(limits.settings(for: scope))
        case .write(let scope):
            try connection.send("BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE")
            try connection.send(limits.settingsAndTurn(for: scope))
        }
    }

    /// Waits for what was sent, so that an error of it surfaces here.
    func settle() throws(StorageError) {
        try guarded { () throws(StorageError) in _ = try connection.settle() }
    }

    /// Makes what was written durable. An error leaves `isCommitUnanswered` true when nobody
    /// knows whether it is.
    func commit() throws(StorageError) {
        guard hasBegun else { return }
        try guarded { () throws(StorageError) in
            // Even a send that fails may have reached the server.
            isCommitUnanswered = true
            defer {
                if !connection.isBroken || connection.wasEndedBeforeLast {
                    isCommitUnanswered = false
                }
            }
            try connection.send("COMMIT")
            let answer = try connection.settle()
            guard answer?.command == "COMMIT" else {
                throw .engine(code: "25P02", message: "the server rolled the transaction back")
            }
        }
    }

    /// Ends a read whose answers are all here, without waiting for the last one: it says nothing
    /// that matters.
    ///
    /// - Returns: whether `connection.collect` has something to take.
    func sendEnd() throws(StorageError) -> Bool {
        guard hasBegun, case .read = kind else { return false }
        try connection.send("COMMIT")
        try connection.sendSync()
        return true
    }

    func rollback() {
        guard hasBegun, !connection.isBroken else { return }
        do {
            // Errors of statements that were on their way do not matter any more.
            _ = try? connection.settle()
            guard connection.transactionStatus != PQTRANS_IDLE else { return }
            try connection.send("ROLLBACK")
            try connection.settle()
        } catch {
            connection.giveUp()
        }
    }
}

// MARK: Savepoints

extension PostgresTransaction {
    func openSavepoint() throws(StorageError) {
        try guarded { () throws(StorageError) in try send("SAVEPOINT job") }
    }

    func releaseSavepoint() throws(StorageError) {
        try guarded { () throws(StorageError) in try send("RELEASE SAVEPOINT job") }
    }

    /// Undoes what came after the savepoint and goes on.
    ///
    /// - Throws: when the whole transaction is lost.
    func rollBackToSavepoint() throws(StorageError) {
        // Errors of statements that were on their way are what is being undone.
        _ = try? connection.settle()
        try connection.send("ROLLBACK TO SAVEPOINT job")
        try connection.settle()
        guard isOpen else {
            throw .engine(code: "25P02", message: "the server ended the transaction")
        }
        failure = nil
    }

    /// False once the server has ended the transaction or failed it as a whole.
    var isOpen: Bool { connection.transactionStatus == PQTRANS_INTRANS }

    /// True when an error stopped the transaction but did not end it.
    var isFailed: Bool { connection.transactionStatus == PQTRANS_INERROR }
}
