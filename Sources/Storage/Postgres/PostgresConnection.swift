import CLibPQ
import Foundation

/// One connection in libpq's pipeline mode, used by one thread only.
///
/// Statements are sent without waiting; `settle` takes the answers of all that was sent. At most
/// one synchronisation point is under way, which poolers count on.
final class PostgresConnection {
    private let handle: OpaquePointer
    private let namedStatements: Bool
    /// How long the server may stay silent; -1 for ever.
    private let silenceMilliseconds: Int32
    private var parameters = PostgresParameters()
    private var statements: PostgresStatementCache
    private var pending: [Pending] = []

    /// The socket or the server is gone; the connection is good for nothing any more.
    private(set) var isBroken = false
    /// The server itself ended the connection, and said so before it came to the last statement:
    /// that one cannot have been run. A pooler's word for the server's end does not count.
    private(set) var wasEndedBeforeLast = false
    /// The server no longer knows a statement as it was prepared. Running again from the start
    /// mends it.
    private(set) var hasStaleStatement = false

    private enum Pending {
        case preparation(of: String)
        case statement
    }

    /// Blocks until the server has answered, `connect_timeout` seconds at most.
    init(_ configuration: PostgresConfiguration) throws(StorageError) {
        handle = try Self.connect(configuration)
        namedStatements = configuration.namedStatements
        let timeout = configuration.statementTimeoutMilliseconds
        silenceMilliseconds = timeout == 0 ? -1 : Int32(clamping: timeout + Self.graceMilliseconds)
        statements = PostgresStatementCache(token: .random(in: 0...0xFF_FFFF))
    }

    /// The server ends a statement by itself when it takes too long; this is for a server that
    /// cannot.
    private static let graceMilliseconds = 5_000

    private static func connect(
        _ configuration: PostgresConfiguration
    ) throws(StorageError) -> OpaquePointer {
        let copies = configuration.parameters.map { (strdup($0.keyword), strdup($0.value)) }
        defer {
            for (keyword, value) in copies {
                free(keyword)
                free(value)
            }
        }
        let keywords = copies.map { UnsafePointer($0.0) } + [nil]
        let values = copies.map { UnsafePointer($0.1) } + [nil]
        guard let handle = PQconnectdbParams(keywords, values, 0) else {
            throw .unavailable("libpq has no memory for a connection")
        }
        // Notices would go to stderr.
        _ = PQsetNoticeReceiver(handle, { _, _ in }, nil)
        guard PQstatus(handle) == CONNECTION_OK, PQsetnonblocking(handle, 1) == 0,
            PQenterPipelineMode(handle) == 1
        else {
            let message = String(cString: PQerrorMessage(handle)).trimmed
            PQfinish(handle)
            throw .unavailable(message)
        }
        return handle
    }

    deinit {
        PQfinish(handle)
    }

    var serverVersion: Int { Int(PQserverVersion(handle)) }
    var isEncrypted: Bool { PQsslInUse(handle) == 1 }
    /// The server process that the connection began with; another one answers behind a pooler.
    var backendProcess: Int64 { Int64(PQbackendPID(handle)) }
    var transactionStatus: PGTransactionStatusType { PQtransactionStatus(handle) }
    var pendingCount: Int { pending.count }

    /// Whether the connection still stands after a time without use. A server speaks unasked when
    /// it says farewell, and hardly ever else, so whatever has come ends the connection.
    var isUsable: Bool {
        guard !isBroken else { return false }
        var socket = pollfd(fd: PQsocket(handle), events: Int16(POLLIN), revents: 0)
        if poll(&socket, 1, 0) > 0 { isBroken = true }
        return !isBroken
    }
}

// MARK: Sending

extension PostgresConnection {
    /// Sends a statement with binary values, for a binary answer.
    ///
    /// - Parameter isPrepared: whether it is worth keeping for the next time.
    func send(_ sql: SQLText, isPrepared: Bool = true) throws(StorageError) {
        parameters.encode(sql.values)
        guard isPrepared, namedStatements else {
            let isSent = parameters.withPointers {
                PQsendQueryParams(
                    handle,
                    sql.text,
                    Int32(sql.values.count),
                    $0.types,
                    $0.values,
                    $0.lengths,
                    $0.formats,
                    1
                )
            }
            try check(isSent)
            pending.append(.statement)
            return
        }
        let key = PostgresStatementCache.key(of: sql)
        let (name, isNew) = statements.name(for: key)
        if isNew {
            let isSent = parameters.withPointers {
                PQsendPrepare(handle, name, sql.text, Int32(sql.values.count), $0.types)
            }
            if isSent == 0 { statements.forget(key) }
            try check(isSent)
            pending.append(.preparation(of: key))
        }
        let isSent = parameters.withPointers {
            PQsendQueryPrepared(
                handle,
                name,
                Int32(sql.values.count),
                $0.values,
                $0.lengths,
                $0.formats,
                1
            )
        }
        try check(isSent)
        pending.append(.statement)
    }

    private func check(_ isSent: Int32) throws(StorageError) {
        guard isSent == 0 else { return }
        let message = String(cString: PQerrorMessage(handle)).trimmed
        if PQstatus(handle) == CONNECTION_OK { throw .engine(code: "libpq", message: message) }
        throw broken(message)
    }

    private func broken(_ message: String) -> StorageError {
        isBroken = true
        pending.removeAll()
        return .unavailable(message.isEmpty ? "the connection was lost" : message)
    }

    /// The connection is in a state that nobody can vouch for.
    func giveUp() {
        isBroken = true
        pending.removeAll()
    }

    /// Gives the server's memory back; costs a round trip and is done between transactions.
    func releaseAbandonedStatements() throws(StorageError) {
        guard !isBroken, !statements.abandoned.isEmpty else { return }
        for name in statements.takeAbandoned() {
            try check(PQsendQueryParams(handle, "DEALLOCATE \(name)", 0, nil, nil, nil, nil, 1))
            pending.append(.statement)
        }
        try settle()
    }

    /// After the server has answered that it does not know a statement, or not any more as it was.
    func forgetStatements() throws(StorageError) {
        statements.forgetAll()
        hasStaleStatement = false
        try check(PQsendQueryParams(handle, "DEALLOCATE ALL", 0, nil, nil, nil, nil, 1))
        pending.append(.statement)
        try settle()
    }
}

// MARK: Answers

extension PostgresConnection {
    /// Waits for the answers of all that was sent.
    ///
    /// - Returns: the answer of the last statement.
    /// - Throws: the first error; the server has skipped what came after it.
    @discardableResult
    func settle() throws(StorageError) -> PostgresResult? {
        guard !pending.isEmpty else { return nil }
        try sendSync()
        return try collect()
    }

    /// Asks for the answers without waiting for them.
    func sendSync() throws(StorageError) {
        try check(PQpipelineSync(handle))
    }

    /// Takes the answers after `sendSync`.
    @discardableResult
    func collect() throws(StorageError) -> PostgresResult? {
        var failure: StorageError?
        var last: PostgresResult?
        for (index, item) in pending.enumerated() {
            last = nil
            while let result = try nextResult() {
                guard let error = read(result, of: item) else {
                    last = result
                    continue
                }
                if isBroken {
                    let isServersWord = result.sqlState == StorageError.adminShutdown
                    wasEndedBeforeLast = isServersWord && index < pending.count - 1
                    pending.removeAll()
                    throw error
                }
                failure = failure ?? error
            }
        }
        guard let end = try nextResult(), end.status == PGRES_PIPELINE_SYNC else {
            throw broken("the answers are out of step")
        }
        pending.removeAll(keepingCapacity: true)
        if let failure { throw failure }
        return last
    }

    private func read(_ result: PostgresResult, of item: Pending) -> StorageError? {
        switch result.status {
        case PGRES_COMMAND_OK, PGRES_TUPLES_OK, PGRES_EMPTY_QUERY:
            return nil
        case PGRES_PIPELINE_ABORTED:
            if case .preparation(let text) = item { statements.forget(text) }
            return .engine(code: "25P02", message: "skipped after an error")
        default:
            if case .preparation(let text) = item { statements.forget(text) }
            if result.isStaleStatement { hasStaleStatement = true }
            if StorageError.endsConnection(result.sqlState) { isBroken = true }
            return StorageError(postgres: result)
        }
    }

    private func nextResult() throws(StorageError) -> PostgresResult? {
        while PQisBusy(handle) == 1 { try waitForSocket() }
        guard let answer = PQgetResult(handle) else { return nil }
        let result = PostgresResult(answer)
        // Without a code it is libpq that speaks, of a socket that is gone.
        if PQstatus(handle) != CONNECTION_OK, result.sqlState.isEmpty {
            throw broken(result.wholeMessage)
        }
        return result
    }

    private func waitForSocket() throws(StorageError) {
        let unsent = PQflush(handle)
        guard unsent >= 0 else { throw broken(String(cString: PQerrorMessage(handle)).trimmed) }
        let events = Int16(POLLIN) | (unsent > 0 ? Int16(POLLOUT) : 0)
        var socket = pollfd(fd: PQsocket(handle), events: events, revents: 0)
        switch poll(&socket, 1, silenceMilliseconds) {
        case 0: throw broken("the server was silent for \(silenceMilliseconds) ms")
        case ..<0 where errno != EINTR: throw broken("poll: error \(errno)")
        default: break
        }
        if PQconsumeInput(handle) == 0 {
            throw broken(String(cString: PQerrorMessage(handle)).trimmed)
        }
    }
}
