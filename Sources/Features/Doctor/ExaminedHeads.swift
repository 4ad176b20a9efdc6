import Ledger
import Storage

/// What lies outside the database of the trails: old entries, and heads that were written down.
package struct TrailFiles: Sendable {
    let archive: TrailArchive
    let heads: [ArchiveOwner: [TrailHeads.Head]]

    package init(archive: TrailArchive) throws {
        self.archive = archive
        heads = Dictionary(grouping: try TrailHeads(folder: archive.folder).all(), by: \.owner)
    }
}

/// Holds the heads that were written down against a chain as it is followed.
struct ExaminedHeads {
    private let owner: ArchiveOwner
    private var open: [Int64: TrailHeads.Head]
    private var broken: [TrailHeads.Head] = []

    init(_ owner: ArchiveOwner, _ files: TrailFiles?) {
        self.owner = owner
        let heads = files?.heads[owner] ?? []
        open = Dictionary(heads.map { ($0.sequence, $0) }, uniquingKeysWith: { $1 })
    }

    /// An entry of the chain.
    mutating func pass(_ entry: (sequence: Int64, hash: [UInt8])) {
        guard let head = open.removeValue(forKey: entry.sequence), head.hash != entry.hash else {
            return
        }
        broken.append(head)
    }

    /// What the chain did not come past was cut off it.
    ///
    /// - Parameter unseal: opens a line's seal for its place.
    func finish(_ findings: Findings, _ unseal: ([UInt8], String) throws -> [UInt8]) {
        for head in (broken + open.values).sorted(by: { $0.sequence < $1.sequence }) {
            let row = owner.isPerson ? "\(owner.name)/\(head.sequence)" : "\(head.sequence)"
            // A line that the trail's key did not seal was not written by a server.
            guard (try? unseal(head.seal, TrailHeads.Head.place(head.sequence))) == head.hash else {
                let whose = owner.isPerson ? "the trail's" : "the household's"
                findings.add("audit_heads", row, "its seal is not \(whose)")
                continue
            }
            findings.add(
                "audit_heads",
                row,
                "the trail had this entry once: it was cut or made anew"
            )
        }
    }
}
