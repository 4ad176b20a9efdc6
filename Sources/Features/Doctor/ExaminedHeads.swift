import Ledger
import Storage

/// What lies outside the database of the trails: old entries, and heads that were written down.
package struct TrailFiles: Sendable {
    let archive: TrailArchive
    let heads: [HouseholdID: [TrailHeads.Head]]

    package init(archive: TrailArchive) throws {
        self.archive = archive
        heads = Dictionary(grouping: try TrailHeads(folder: archive.folder).all(), by: \.household)
    }
}

/// Holds the heads that were written down against a chain as it is followed.
struct ExaminedHeads {
    private let household: HouseholdID
    private var open: [Int64: TrailHeads.Head]
    private var broken: [TrailHeads.Head] = []

    init(_ household: HouseholdID, _ heads: [TrailHeads.Head]) {
        self.household = household
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
    func finish(_ keys: HouseholdKeys, _ sealedKey: [UInt8], _ findings: Findings) {
        for head in (broken + open.values).sorted(by: { $0.sequence < $1.sequence }) {
            let place = TrailHeads.Head.place(head.sequence)
            let plain = try? keys.open(
                head.seal,
                for: household,
                wrapped: sealedKey,
                place: place
            )
            // A line that the household's key did not seal was not written by a server.
            guard plain == head.hash else {
                findings.add("audit_heads", head.sequence, "its seal is not the household's")
                continue
            }
            findings.add(
                "audit_heads",
                head.sequence,
                "the trail had this entry once: it was cut or made anew"
            )
        }
    }
}
