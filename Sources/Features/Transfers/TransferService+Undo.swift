import Ledger
import Storage

extension TransferService {
    /// Takes back an entry of the trail.
    ///
    /// - Throws: 409 `audit.cannot_undo`
    func takeBack(_ entry: UndoneEntry, in write: HouseholdWrite) throws {
        switch entry.action {
        case "link": try takeBackLink(entry, in: write)
        case "unlink": try takeBackUnlink(entry, in: write)
        case "reject": try takeBackRejection(entry, in: write)
        default:
            let (out, into) = try Self.pair(entry)
            try reject(out, into, in: write)
        }
    }

    private func takeBackLink(_ entry: UndoneEntry, in write: HouseholdWrite) throws {
        let (out, into) = try Self.sides(entry)
        guard let link = try store(write).link(of: out), link.into == into else {
            throw APIError.cannotUndo("They are not linked any more.")
        }
        let before = try sides(out, into, write)
        try part(link, in: write)
        // What was taken back was nobody's refusal.
        try store(write).forget(link)
        try mustBe(entry.before, out, into, write)
        try note("unlink", before, in: write)
    }

    private func takeBackUnlink(_ entry: UndoneEntry, in write: HouseholdWrite) throws {
        let (out, into) = try Self.sides(entry)
        let before = try sides(out, into, write)
        try mustBe(entry.after, out, into, write)
        try join(try load(out, write), try load(into, write), in: write)
        try note("link", before, in: write)
    }

    private func takeBackRejection(_ entry: UndoneEntry, in write: HouseholdWrite) throws {
        let (out, into) = try Self.pair(entry)
        guard try store(write).unreject(out: out, into: into) else {
            throw APIError.changedSince
        }
        write.record(
            AuditNote("unreject", "transfer", out.value, after: JSONWriter.pair(out, into))
        )
    }

    private func note(_ action: String, _ before: Sides, in write: HouseholdWrite) throws {
        let after = try sides(before.out.id, before.into.id, write)
        write.record(
            AuditNote(
                action,
                "transfer",
                before.out.id.value,
                before: Sides.shape.bytes(before),
                after: Sides.shape.bytes(after)
            )
        )
    }

    /// Holds both sides against an entry: their postings are those that it names.
    private func mustBe(
        _ entry: JSONValue,
        _ out: TransactionID,
        _ into: TransactionID,
        _ write: HouseholdWrite
    ) throws {
        for (id, side) in [(out, entry["out"]), (into, entry["in"])] {
            guard let category = side?["category_id"],
                let account = side?["account_id"]
            else { throw APIError.unreadableEntry }
            let view = try JSONReader.read(
                TransactionView.shape.bytes(try TransactionService().detail(id, write))
            )
            guard view["category_id"] == category, view["account_id"] == account else {
                throw APIError.cannotUndo("The categories of its sides have changed since.")
            }
        }
    }

    private static func sides(
        _ entry: UndoneEntry
    ) throws -> (out: TransactionID, into: TransactionID) {
        guard let out = entry.after["out"]?["id"]?.plain.flatMap({ TransactionID($0) }),
            let into = entry.after["in"]?["id"]?.plain.flatMap({ TransactionID($0) })
        else { throw APIError.unreadableEntry }
        return (out, into)
    }

    private static func pair(
        _ entry: UndoneEntry
    ) throws -> (out: TransactionID, into: TransactionID) {
        guard let out = entry.after["out_id"]?.plain.flatMap({ TransactionID($0) }),
            let into = entry.after["in_id"]?.plain.flatMap({ TransactionID($0) })
        else { throw APIError.unreadableEntry }
        return (out, into)
    }
}
