import HTTPTypes
import Ledger
import Storage

/// Opens a household's trail for one of its members, as far as the member may see.
struct TrailReader {
    private let store: TrailStore
    private let member: Member
    private let keys: HouseholdKeys
    private let sealedKey: [UInt8]

    /// How many entries are opened for one page at most, when only some of them fit.
    static let scanLimit = 2_000
    private static let scanPiece = 200
    /// How many rows of bulk changes are opened to be counted, of entries of which it is not yet kept what they
    /// speak of. An entry with more is not shown until it is (`TrailTouching`).
    static let openedLimit = 10_000

    init(_ transaction: any SQLTransaction, _ member: Member, _ keys: HouseholdKeys) throws {
        // What may be seen of it is told below, entry by entry.
        store = TrailStore(transaction: transaction.entire, household: member.household)
        self.member = member
        self.keys = keys
        sealedKey = try store.sealedKey()
    }

    /// How many rows may still be opened to be counted.
    private final class Budget {
        var rows = TrailReader.openedLimit
    }

    private let budget = Budget()

    struct Page {
        let entries: [TrailEntry]
        /// Nil where only some are picked: the others are not opened to be counted.
        let total: Int?
        let next: Int64?
    }

    func page(_ query: TrailQuery) throws -> Page {
        let condition = query.condition(in: member.timeZone, household: member.household)
        let picks = query.words != nil || !hidden.isEmpty
        var found: [TrailEntry] = []
        var (last, scanned, isEnd) = (query.before ?? .max, 0, false)
        while found.count <= query.limit, scanned < Self.scanLimit, !isEnd {
            let size = picks ? Self.scanPiece : query.limit + 1
            let rows = try store.rows("\(condition) AND e.sequence < \(last)", limit: size)
            isEnd = rows.count < size
            scanned += rows.count
            let touches = try touches(of: rows)
            for row in rows where found.count <= query.limit {
                last = row.record.sequence
                guard let entry = try open(row, touches), query.matches(entry) else { continue }
                found.append(entry)
            }
        }
        var next = isEnd ? nil : last
        if found.count > query.limit {
            found.removeLast()
            next = found.last?.record.sequence
        }
        return Page(entries: found, total: try total(query, condition), next: next)
    }

    private func total(_ query: TrailQuery, _ condition: SQLText) throws -> Int? {
        if query.words != nil || !hidden.isEmpty { return nil }
        return query.isEmpty ? try store.countAll() : try store.count(condition)
    }

    /// - Throws: 404 for an entry that is not there, was archived or is about what is hidden.
    func entry(_ sequence: Int64) throws -> TrailEntry {
        guard let entry = try find(sequence) else { throw APIError.notFound("audit") }
        return entry
    }

    func mayTell(of sequence: Int64) throws -> Bool { try find(sequence) != nil }

    private func find(_ sequence: Int64) throws -> TrailEntry? {
        guard let row = try store.rows("e.sequence = \(sequence)", limit: 1).first else {
            return nil
        }
        return try open(row, touches(of: [row]))
    }

    /// Rows of an entry's change from a position on, those that may be seen.
    func changes(
        of sequence: Int64,
        from position: Int,
        limit: Int
    ) throws -> (changes: [TrailDetail.Change], next: Int?) {
        let rows = try store.changes(of: sequence, from: position, limit: limit + 1)
        let changes = rows.prefix(limit).compactMap { open($0, in: sequence) }
        return (changes, rows.count > limit ? rows[limit].position : nil)
    }

    // MARK: Opening

    /// What is kept of the rows of some entries; for who sees everything nothing needs to be.
    private func touches(of rows: [TrailStore.Row]) throws -> [Int64: TrailTouches] {
        guard !hidden.isEmpty else { return [:] }
        return try TrailTouchStore(transaction: store.transaction, household: store.household)
            .load(of: rows.filter { $0.record.changeCount > 0 }.map(\.record.sequence))
    }

    /// How many rows of a bulk change may be seen.
    private func seenCount(
        _ record: AuditChain.Record,
        _ touches: TrailTouches?
    ) throws -> Int {
        if let touches { return touches.count(without: hidden) }
        guard record.changeCount <= budget.rows else { return 0 }
        budget.rows -= record.changeCount
        return try store.changes(of: record.sequence, from: 0, limit: record.changeCount)
            .count(where: { open($0, in: record.sequence) != nil })
    }

    private func open(
        _ row: TrailStore.Row,
        _ touches: [Int64: TrailTouches]
    ) throws -> TrailEntry? {
        let sequence = row.record.sequence
        let plain = plain(row.payload, AuditChain.place(of: sequence))
        let own = row.record.actorID == member.person.value
        // Where others were is for the one who answers for the household. Whoever was erased has no name, and was
        // nowhere.
        let isNobody = row.actorName == ""
        let showsPlace = own || member.role == .owner && !isNobody
        guard !isHidden(row.record.entityID), !isHidden(plain ?? .null),
            try mayTellOf(row.record)
        else { return nil }
        var count = row.record.changeCount
        if count > 0, !hidden.isEmpty {
            count = try seenCount(row.record, touches[sequence])
            guard count > 0 else { return nil }
        }
        return TrailEntry(
            record: row.record,
            actorName: isNobody ? nil : row.actorName,
            before: seen(plain?["before"] ?? .null),
            after: seen(plain?["after"] ?? .null),
            address: showsPlace ? plain?["address"]?.plain : nil,
            device: showsPlace ? plain?["device"]?.plain : nil,
            changeCount: count,
            undoneBy: row.undoneBy,
            isErased: plain == nil,
            isOpenToUndo: TrailUndo.isOpen(row.record, to: member)
        )
    }

    private func open(_ row: TrailStore.ChangeRow, in sequence: Int64) -> TrailDetail.Change? {
        let place = AuditChain.place(ofChange: row.position, in: sequence, of: row.entity)
        let plain = plain(row.payload, place) ?? .null
        // Of what says nothing it cannot be known whose it is.
        let saysNothing = (plain["before"] ?? .null) == .null && (plain["after"] ?? .null) == .null
        if !hidden.isEmpty, saysNothing || isHidden(row.entity) || isHidden(plain) { return nil }
        return TrailDetail.Change(
            position: row.position,
            entity: row.entity,
            before: plain["before"] ?? .null,
            after: plain["after"] ?? .null
        )
    }

    /// Nil for what was erased, or cannot be opened: that is for the doctor to say.
    private func plain(_ payload: [UInt8]?, _ place: String) -> JSONValue? {
        guard let payload else { return nil }
        return try? JSONReader.read(
            keys.open(payload, for: member.household, wrapped: sealedKey, place: place),
            keyLimit: .max
        )
    }

    // MARK: What is hidden

    private var hidden: Set<AccountID> { member.sees.hidden }

    private func isHidden(_ id: UniqueID?) -> Bool {
        id.map { hidden.contains(AccountID($0)) } ?? false
    }

    /// A file is told of to those who see it now: what it held may be of an account that it only got later.
    private func mayTellOf(_ record: AuditChain.Record) throws -> Bool {
        guard !hidden.isEmpty, record.entity == "import", let id = record.entityID else {
            return true
        }
        do {
            _ = try ImportStore(transaction: store.transaction, member: member)
                .load(ImportBatchID(id))
            return true
        } catch let error as APIError where error.status == .notFound {
            return false
        }
    }

    /// Without counts, which are over every account.
    private func seen(_ value: JSONValue) -> JSONValue {
        guard !hidden.isEmpty, case .object(let members) = value else { return value }
        return .object(members.filter { $0.name != "transaction_count" })
    }

    /// Whether it speaks of an account that the member does not see, wherever in it that is.
    private func isHidden(_ value: JSONValue) -> Bool {
        guard !hidden.isEmpty else { return false }
        switch value {
        case .string(let text): return AccountID(text).map { hidden.contains($0) } ?? false
        case .array(let elements): return elements.contains { isHidden($0) }
        case .object(let members): return members.contains { isHidden($0.value) }
        default: return false
        }
    }
}
