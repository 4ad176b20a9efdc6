import Interchange
import Ledger
import Logging
import Storage

/// From a bank's file to transactions: read, look, correct, commit, undo.
package struct ImportService: Sendable {
    let environment: ServerEnvironment
    /// The largest file.
    ///
    /// - Units: bytes
    package let byteLimit: Int
    let jobs = ImportJobs()
    let files = ReadFiles()

    /// Files up to this size are read before the answer; larger ones in the background.
    ///
    /// - Units: bytes
    static let immediateBytes = 512 << 10

    /// As many rows are booked before the answer; more in the background.
    static let immediateRows = 2_000

    package init(_ environment: ServerEnvironment, byteLimit: Int = 10 << 20) {
        self.environment = environment
        self.byteLimit = byteLimit
    }

    // MARK: Reading

    /// A file that has been taken, and what it says if it is small enough to have been read at once.
    struct Opened: Sendable {
        let batch: ImportBatch
        let bytes: [UInt8]
        let file: StatementFile?
    }

    /// - Parameter isReadAtOnce: whether a large file is read too before this returns.
    /// - Throws: 413, 415, 422 for a file that cannot be read. Nothing is written then.
    func open(
        _ upload: UploadedFile,
        for account: AccountID?,
        _ member: Member,
        isReadAtOnce: Bool = false
    ) async throws -> Opened {
        guard upload.bytes.count <= byteLimit else { throw MultipartForm.tooLarge(byteLimit) }
        do throws(InterchangeError) {
            _ = try StatementFormat.detect(upload.bytes)
        } catch {
            throw APIError(error)
        }
        var decisions = ImportDecisions()
        if let account { decisions.accounts[0] = account.description }
        var batch = ImportBatch(
            id: environment.ids.next(),
            fileName: upload.name,
            state: .reading,
            decisions: decisions,
            report: ImportReport(),
            error: nil,
            version: 1,
            createdAt: environment.clock.now(),
            committedAt: nil,
            undoneAt: nil
        )
        guard isReadAtOnce || upload.bytes.count <= Self.immediateBytes else {
            return Opened(batch: batch, bytes: upload.bytes, file: nil)
        }
        let file = try await understand(&batch, member) { upload.bytes }
        return Opened(batch: batch, bytes: upload.bytes, file: file)
    }

    /// Reads a file with what is remembered of its kind: the mapping of its layout, the account of its bank number.
    private func understand(
        _ batch: inout ImportBatch,
        _ member: Member,
        bytes: @escaping @Sendable () async throws -> [UInt8]
    ) async throws -> StatementFile {
        let file = try await files.read(batch.id, batch.decisions.overrides, bytes: bytes)
        let decisions = batch.decisions
        let remembered = try await environment.read(as: member) { transaction in
            try ImportMemory(transaction: transaction, household: member.household)
                .apply(to: decisions, file)
        }
        batch.decisions = remembered
        guard remembered.overrides != decisions.overrides else { return file }
        return try await files.read(batch.id, remembered.overrides, bytes: bytes)
    }

    /// Stores a file that has been taken.
    func insert(_ opened: Opened, in write: HouseholdWrite) throws -> ImportView {
        if let account = opened.batch.decisions.account(of: 0) {
            let found = try AccountStore(transaction: write.seen, household: write.household)
                .find(account)
            guard let found, found.deletedAt == nil else {
                throw APIError.invalid("account_id", "not_found", "there is no such account")
            }
        }
        var batch = opened.batch
        if let file = opened.file {
            batch.report = try preview(file, batch.decisions, write).report
            batch.state = .preview
        }
        let store = ImportStore(write)
        try store.insert(batch, file: opened.bytes, by: write.member.person)
        let view = view(of: try store.load(batch.id))
        write.record(
            AuditNote("create", "import", batch.id.value, after: ImportView.shape.bytes(view))
        )
        return view
    }

    /// Reads a large file in the background, also one that a restart has interrupted.
    func startReading(_ id: ImportBatchID, for member: Member, requestID: String) throws {
        guard try jobs.begin(id, .reading, total: 0) else { return }
        Task {
            defer { jobs.end(id) }
            do {
                try await finishReading(id, member, requestID)
            } catch {
                environment.logger.error("import \(id) could not be read: \(error)")
                await fail(id, member, requestID, error)
            }
        }
    }

    private func finishReading(
        _ id: ImportBatchID,
        _ member: Member,
        _ requestID: String
    ) async throws {
        var batch = try await load(id, member)
        guard batch.state == .reading else { return }
        let file = try await understand(&batch, member) { try await self.bytes(of: id, member) }
        let decisions = batch.decisions
        let made = try await environment.write(as: member, requestID: requestID) {
            write -> (ReadFiles.PreviewKey, ImportPreview)? in
            let store = ImportStore(write)
            var batch = try store.load(id)
            guard batch.state == .reading else { return nil }
            let preview = try preview(file, decisions, write)
            batch.decisions = decisions
            batch.report = preview.report
            batch.state = .preview
            try store.update(batch)
            write.record(AuditNote("read", "import", id.value, actor: "job"))
            // Both versions are one higher once this is written.
            let key = ReadFiles.PreviewKey(
                batch: id,
                batchVersion: batch.version + 1,
                householdVersion: write.version + 1,
                sees: member.sees
            )
            return (key, preview)
        }
        if let (key, preview) = made { files.keep(preview, for: key) }
    }

    private func fail(
        _ id: ImportBatchID,
        _ member: Member,
        _ requestID: String,
        _ error: any Error
    ) async {
        let message = (error as? APIError)?.message ?? "The file could not be read."
        do {
            try await environment.write(as: member, requestID: requestID) { write in
                let store = ImportStore(write)
                var batch = try store.load(id)
                guard batch.state == .reading else { return }
                batch.state = .failed
                batch.error = message
                try store.update(batch)
                write.record(AuditNote("fail", "import", id.value, actor: "job"))
            }
        } catch {
            environment.logger.error("import \(id) could not be marked as failed: \(error)")
        }
    }

    // MARK: Parts

    func preview(
        _ file: StatementFile,
        _ decisions: ImportDecisions,
        _ write: HouseholdWrite
    ) throws -> ImportPreview {
        try ImportPreviewer(
            transaction: write.seen,
            household: write.household,
            decisions: decisions
        ).preview(file)
    }

    func bytes(of id: ImportBatchID, _ member: Member) async throws -> [UInt8] {
        try await environment.read(as: member) {
            try ImportStore(transaction: $0, member: member).file(of: id)
        }
    }

    func file(of batch: ImportBatch, _ member: Member) async throws -> StatementFile {
        try await files.read(batch.id, batch.decisions.overrides) {
            try await self.bytes(of: batch.id, member)
        }
    }

    /// With how far its job is, where one runs.
    func view(of batch: ImportBatch) -> ImportView {
        let job = jobs.progress(of: batch.id)
        let total = job?.total ?? batch.report.rows
        return ImportView(
            batch: batch,
            state: job?.state ?? batch.state,
            done: job?.done ?? (batch.state == .reading ? 0 : total),
            total: total
        )
    }
}

/// What is remembered of files of one kind.
struct ImportMemory {
    private let mappings: MappingMemory

    init(transaction: any SQLTransaction, household: HouseholdID) {
        mappings = MappingMemory(transaction: transaction, household: household)
    }

    func apply(to decisions: ImportDecisions, _ file: StatementFile) throws -> ImportDecisions {
        var decisions = decisions
        for statement in file.statements where decisions.accounts[statement.index] == nil {
            guard let bankAccount = statement.bankAccount,
                let account = try mappings.account(named: bankAccount)
            else { continue }
            decisions.accounts[statement.index] = account.description
        }
        // One account was named for a file of several: it is not known which it is.
        if file.statements.count > 1, let first = file.statements.first?.bankAccount,
            let known = try mappings.account(named: first)
        {
            decisions.accounts[0] = known.description
        }
        if let account = decisions.account(of: 0), let signature = file.mapping?.signature,
            decisions.overrides == CSVOverrides(),
            let remembered = try mappings.mapping(of: account, layout: signature)
        {
            decisions.overrides = try CSVOverrides(json: remembered)
        }
        return decisions
    }

    func save(_ file: StatementFile, _ decisions: ImportDecisions) throws {
        for statement in file.statements {
            guard let account = decisions.account(of: statement.index) else { continue }
            if let bankAccount = statement.bankAccount {
                try mappings.save(
                    [],
                    of: account,
                    layout: MappingMemory.layout(ofBank: bankAccount)
                )
            }
        }
        if let account = decisions.account(of: 0), let mapping = file.mapping {
            try mappings.save(try mapping.overrides.json, of: account, layout: mapping.signature)
        }
    }
}
