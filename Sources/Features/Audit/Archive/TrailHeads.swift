package import Foundation
import Ledger
import Logging
package import Storage
import Synchronization

/// Writes down, outside the database, where each trail has got to, of a household, a person and the server: so a tail that was cut, or a
/// chain that was made anew, shows even if the database agrees with itself.
///
/// Each line is sealed with the key of its trail, so that nobody without the master key can write one.
package struct TrailHeads: Sendable {
    package let file: URL

    /// How many lines of one run are repeated in the log.
    static let logLimit = 1_000
    /// From this size on only the newest line of each trail is kept.
    ///
    /// - Units: bytes
    static let sizeLimit = 32 << 20

    package init(folder: URL) {
        file = folder.appending(path: "heads.jsonl")
    }

    struct Head: Sendable, Equatable {
        let owner: ArchiveOwner
        let sequence: Int64
        let hash: [UInt8]
        let seal: [UInt8]

        init(_ owner: ArchiveOwner, sequence: Int64, hash: [UInt8], seal: [UInt8]) {
            self.owner = owner
            self.sequence = sequence
            self.hash = hash
            self.seal = seal
        }

        /// Nil for a line that is none.
        init?(_ line: JSONValue) {
            func id(_ name: String) -> UniqueID? { line[name]?.plain.flatMap { UniqueID($0) } }
            let household = id("household").map { ArchiveOwner.household(HouseholdID($0)) }
            let trail = id("trail").map { ArchiveOwner.person(TrailOwner($0)) }
            guard let owner = household ?? trail,
                let sequence = line["sequence"]?.plain.flatMap({ Int64($0) }),
                let hash = line["head"]?.plain.flatMap(Base64URL.decode),
                let seal = line["seal"]?.plain.flatMap(Base64URL.decode)
            else { return nil }
            self.init(owner, sequence: sequence, hash: hash, seal: seal)
        }

        static func place(_ sequence: Int64) -> String { "audit_head/\(sequence)" }

        fileprivate var kind: String { owner.isPerson ? "trail" : "household" }

        var line: [UInt8] {
            var writer = JSONWriter()
            writer.object { writer in
                writer.name(kind); writer.string(owner.id.description)
                writer.name("sequence"); writer.integer(sequence)
                writer.name("head"); writer.string(Base64URL.encode(hash))
                writer.name("seal"); writer.string(Base64URL.encode(seal))
            }
            return writer.bytes + [10]
        }
    }

    /// Every line there is; none when there is no file.
    func all() throws -> [Head] {
        guard FileManager.default.fileExists(atPath: file.path) else { return [] }
        return try Data(contentsOf: file).split(separator: 10).compactMap { line in
            // A line that a power cut left half written says nothing.
            (try? JSONReader.read(Array(line))).flatMap(Head.init)
        }
    }

    /// Adds a line for each trail that has grown since its last one.
    ///
    /// - Returns: how many.
    package func export(_ environment: ServerEnvironment) async throws -> Int {
        let known = Dictionary(
            try all().map { ($0.owner, $0.sequence) },
            uniquingKeysWith: { max($0, $1) }
        )
        let heads = try await environment.database.read(.shared) { transaction in
            let store = TrailHeadStore(transaction: transaction, environment: environment)
            return try store.households(after: known) + store.people(after: known)
        }
        guard !heads.isEmpty else { return 0 }
        try append(heads)
        for head in heads.prefix(Self.logLimit) {
            environment.logger.info("the head of a trail", metadata: head.metadata)
        }
        return heads.count
    }

    /// Puts away what was written down of a database that another takes the place of.
    package func setAside(at now: Instant) throws {
        guard FileManager.default.fileExists(atPath: file.path) else { return }
        let name = "heads-before-\(now.microseconds / 1_000_000).jsonl"
        let kept = file.deletingLastPathComponent().appending(path: name)
        try FileManager.default.moveItem(at: file, to: kept)
    }

    private func append(_ heads: [Head]) throws {
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(),
            withIntermediateDirectories: true
        )
        var lines = try all()
        lines += heads
        var bytes = lines.flatMap(\.line)
        if bytes.count > Self.sizeLimit {
            var newest: [ArchiveOwner: Head] = [:]
            for head in lines { newest[head.owner] = head }
            bytes = newest.values.sorted { $0.owner.id < $1.owner.id }.flatMap(\.line)
        }
        try TrailArchive.write(bytes, to: file)
    }
}

extension TrailHeads.Head {
    fileprivate var metadata: Logger.Metadata {
        [
            kind: "\(owner.id)", "sequence": "\(sequence)",
            "head": "\(Base64URL.encode(hash))", "seal": "\(Base64URL.encode(seal))",
        ]
    }
}

/// Where trails have got to.
private struct TrailHeadStore {
    let transaction: any SQLTransaction
    let environment: ServerEnvironment

    typealias Head = TrailHeads.Head

    func households(after known: [ArchiveOwner: Int64]) throws -> [Head] {
        var heads: [Head] = []
        try transaction.forEach(
            // An erased household has no key any more.
            """
            SELECT id, audit_sequence, audit_head, sealed_key FROM household
            WHERE length(sealed_key) > 0 ORDER BY id
            """
        ) { row in
            let household: HouseholdID = try row.identifier()
            let owner = ArchiveOwner.household(household)
            let sequence = try row.integer()
            let hash = try row.bytes()
            guard let key = try row.bytesOrNil(), sequence > known[owner] ?? 0 else { return }
            let seal = try environment.keys.seal(
                hash,
                for: household,
                wrapped: key,
                place: Head.place(sequence)
            )
            heads.append(Head(owner, sequence: sequence, hash: hash, seal: seal))
        }
        return heads
    }

    /// The server's among them.
    func people(after known: [ArchiveOwner: Int64]) throws -> [Head] {
        let grown = try transaction.rows(
            // Whoever was erased has no key any more.
            "SELECT id, sequence, head FROM trail WHERE length(sealed_key) > 0 ORDER BY id"
        ) { (TrailOwner(try $0.uuid()), try $0.integer(), try $0.bytes()) }
        .filter { owner, sequence, _ in sequence > known[.person(owner)] ?? 0 }
        return try grown.map { owner, sequence, hash in
            let place = Head.place(sequence)
            let seal = try environment.personKeys.seal(hash, for: owner, place: place, transaction)
            return Head(.person(owner), sequence: sequence, hash: hash, seal: seal)
        }
    }
}
