import Foundation
import HTTPTypes
import Interchange
import Ledger
import Synchronization

/// Large files that are being read or booked in the background, and how far each is.
final class ImportJobs: Sendable {
    struct Progress: Sendable {
        var state: ImportBatch.State
        var done: Int
        var total: Int
    }

    private let running = Mutex<[ImportBatchID: Progress]>([:])

    /// How many may run at once.
    static let limit = 8

    func progress(of id: ImportBatchID) -> Progress? {
        running.withLock { $0[id] }
    }

    /// - Returns: false when it runs already.
    /// - Throws: 503 when too many run.
    func begin(_ id: ImportBatchID, _ state: ImportBatch.State, total: Int) throws(APIError) -> Bool
    {
        let began: Bool? = running.withLock { running in
            if running[id] != nil { return false }
            guard running.count < Self.limit else { return nil }
            running[id] = Progress(state: state, done: 0, total: total)
            return true
        }
        guard let began else { throw .unavailable("\(Self.limit) imports run already") }
        return began
    }

    func advance(_ id: ImportBatchID, to done: Int) {
        running.withLock { $0[id]?.done = done }
    }

    func end(_ id: ImportBatchID) {
        running.withLock { _ = $0.removeValue(forKey: id) }
    }
}

/// The files that were read last, so that the steps of one import need not read it again.
final class ReadFiles: Sendable {
    struct Key: Hashable {
        let batch: ImportBatchID
        let overrides: CSVOverrides
    }

    /// How many files are kept; one of ten megabytes takes about sixty when it is read.
    static let limit = 3

    private let files = Mutex<[(key: Key, file: StatementFile)]>([])
    private let queue = DispatchQueue(label: "martlet.import", qos: .userInitiated)

    /// What a preview depends on: the decisions about it, and everything that the household knows.
    struct PreviewKey: Hashable {
        let batch: ImportBatchID
        let batchVersion: Int64
        let householdVersion: Int64
        let sees: AccountVision
    }

    private let previews = Mutex<[(key: PreviewKey, preview: ImportPreview)]>([])

    func preview(_ key: PreviewKey) -> ImportPreview? {
        previews.withLock { $0.first { $0.key == key }?.preview }
    }

    func keep(_ preview: ImportPreview, for key: PreviewKey) {
        previews.withLock { previews in
            previews.removeAll { $0.key.batch == key.batch }
            previews.append((key, preview))
            if previews.count > Self.limit { previews.removeFirst() }
        }
    }

    /// - Throws: what makes the file unreadable.
    func read(
        _ batch: ImportBatchID,
        _ overrides: CSVOverrides,
        bytes: @escaping @Sendable () async throws -> [UInt8]
    ) async throws -> StatementFile {
        let key = Key(batch: batch, overrides: overrides)
        if let known = files.withLock({ $0.first { $0.key == key }?.file }) { return known }
        let bytes = try await bytes()
        var options = ReadingOptions(csv: overrides)
        // How large a file may be was settled when it was taken.
        options.limits.bytes = max(options.limits.bytes, bytes.count)
        let settled = options
        // Reading takes up to a second: on a thread of its own, so that nothing else waits.
        let file = try await withCheckedThrowingContinuation { continuation in
            queue.async {
                continuation.resume(
                    with: Result { () throws(InterchangeError) in
                        try StatementReader.read(bytes: bytes, options: settled)
                    }.mapError { APIError($0) }
                )
            }
        }
        files.withLock { files in
            files.removeAll { $0.key.batch == batch }
            files.append((key, file))
            if files.count > Self.limit { files.removeFirst() }
        }
        return file
    }

    func forget(_ batch: ImportBatchID) {
        files.withLock { $0.removeAll { $0.key.batch == batch } }
        previews.withLock { $0.removeAll { $0.key.batch == batch } }
    }
}

extension APIError {
    init(_ error: InterchangeError) {
        switch error {
        case .unsupported:
            self.init(.unsupportedMediaType, error.code, error.message)
        case .tooLarge:
            self.init(.contentTooLarge, error.code, error.message)
        default:
            self.init(.unprocessableContent, error.code, error.message)
        }
    }
}
