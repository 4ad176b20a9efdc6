package import Foundation
import Ledger
import Logging
package import Storage
import Synchronization

/// Writes down, outside the database, where each household's trail has got to: so a tail that was cut, or a
/// chain that was made anew, shows even if the database agrees with itself.
///
/// Each line is sealed with the household's key, so that nobody without the master key can write one.
package struct TrailHeads: Sendable {
    package let file: URL

    /// How many lines of one run are repeated in the log.
    static let logLimit = 1_000
    /// From this size on only the newest line of each household is kept.
    ///
    /// - Units: bytes
    static let sizeLimit = 32 << 20

    package init(folder: URL) {
        file = folder.appending(path: "heads.jsonl")
    }

    struct Head: Sendable, Equatable {
        let household: HouseholdID
        let sequence: Int64
        let hash: [UInt8]
        let seal: [UInt8]

        init(household: HouseholdID, sequence: Int64, hash: [UInt8], seal: [UInt8]) {
            self.household = household
            self.sequence = sequence
            self.hash = hash
            self.seal = seal
        }

        /// Nil for a line that is none.
        init?(_ line: JSONValue) {
            guard let household = line["household"]?.plain.flatMap({ HouseholdID($0) }),
                let sequence = line["sequence"]?.plain.flatMap({ Int64($0) }),
                let hash = line["head"]?.plain.flatMap(Base64URL.decode),
                let seal = line["seal"]?.plain.flatMap(Base64URL.decode)
            else { return nil }
            self.init(household: household, sequence: sequence, hash: hash, seal: seal)
        }

        static func place(_ sequence: Int64) -> String { "audit_head/\(sequence)" }

        var line: [UInt8] {
            var writer = JSONWriter()
            writer.object { writer in
                writer.name("household"); writer.string(household.description)
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

    /// Adds a line for each household whose trail has grown since its last one.
    ///
    /// - Returns: how many.
    package func export(_ environment: ServerEnvironment) async throws -> Int {
        let known = Dictionary(
            try all().map { ($0.household, $0.sequence) },
            uniquingKeysWith: { max($0, $1) }
        )
        let keys = environment.keys
        let heads = try await environment.database.read(.shared) { transaction in
            var heads: [Head] = []
            try transaction.forEach(
                // An erased household has no key any more.
                """
                SELECT id, audit_sequence, audit_head, sealed_key FROM household
                WHERE length(sealed_key) > 0 ORDER BY id
                """
            ) { row in
                let household: HouseholdID = try row.identifier()
                let sequence = try row.integer()
                let hash = try row.bytes()
                guard let key = try row.bytesOrNil(), sequence > known[household] ?? 0 else {
                    return
                }
                let seal = try keys.seal(
                    hash,
                    for: household,
                    wrapped: key,
                    place: Head.place(sequence)
                )
                heads.append(
                    Head(household: household, sequence: sequence, hash: hash, seal: seal)
                )
            }
            return heads
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
            var newest: [HouseholdID: Head] = [:]
            for head in lines { newest[head.household] = head }
            bytes = newest.values.sorted { $0.household < $1.household }.flatMap(\.line)
        }
        try TrailArchive.write(bytes, to: file)
    }
}

extension TrailHeads.Head {
    fileprivate var metadata: Logger.Metadata {
        [
            "household": "\(household)", "sequence": "\(sequence)",
            "head": "\(Base64URL.encode(hash))", "seal": "\(Base64URL.encode(seal))",
        ]
    }
}
