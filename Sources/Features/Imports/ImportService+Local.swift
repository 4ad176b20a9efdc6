import Interchange
package import Ledger
import Storage

/// What an import from the command line did.
package struct LocalImport: Sendable {
    package let report: ImportReport
    /// The rows that could not be understood, a sentence each.
    package let problems: [String]

    /// How many broken rows are told in words.
    static let problemLimit = 100
}

extension ImportService {
    /// Reads a file and books what is new in it, in one write: a file that cannot be read changes nothing.
    ///
    /// - Parameter progress: told how many rows of how many are booked.
    package func importFile(
        _ name: String,
        _ bytes: [UInt8],
        into account: AccountID,
        as member: Member,
        progress: @escaping @Sendable (Int, Int) -> Void
    ) async throws -> LocalImport {
        let upload = UploadedFile(name: name, bytes: bytes)
        let opened = try await open(upload, for: account, member, isReadAtOnce: true)
        guard let file = opened.file else { throw APIError.notFound("file") }
        let rows = file.drafts.count
        let id = opened.batch.id
        _ = try jobs.begin(id, .committing, total: rows)
        let watch = Task { [jobs] in
            // Cancelling ends the sleep, and the loop with it.
            while (try? await Task.sleep(for: .milliseconds(200))) != nil {
                progress(jobs.progress(of: id)?.done ?? 0, rows)
            }
        }
        defer {
            watch.cancel()
            jobs.end(id)
        }
        let done = try await environment.write(as: member, requestID: "command-line") { write in
            _ = try insert(opened, in: write)
            let decisions = opened.batch.decisions
            let problems = try preview(file, decisions, write).rows
                .filter { $0.state == .problem }
                .prefix(LocalImport.problemLimit)
                .map { "line \($0.draft.line): \($0.reason?.message ?? "cannot be understood")" }
            let view = try commit(id, file, in: write)
            return LocalImport(report: view.batch.report, problems: problems)
        }
        try await environment.database.learnStatistics()
        return done
    }
}
