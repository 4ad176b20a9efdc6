package import Ledger

/// Full-text search, which each engine spells its own way.
extension SQLDialect {
    /// The most words of a question that are looked for.
    package static let searchWordLimit = 8

    /// A SELECT of the ids of a household's transactions in which each word begins some word.
    ///
    /// - Parameter words: folded letters and digits only, at least one.
    package func searchMatches(_ words: [String], in household: HouseholdID) -> SQLText {
        let words = words.prefix(Self.searchWordLimit)
        switch self {
        case .sqlite:
            let match = ([Self.householdToken(household)] + words.map { "\"\($0)\"*" })
                .joined(separator: " AND ")
            return
                "SELECT transaction_id FROM transaction_search WHERE transaction_search MATCH \(match)"
        case .postgres:
            // Quoted, since a word may begin with what PostgreSQL does not take for a letter.
            let query = words.map { "'\($0)':*" }.joined(separator: " & ")
            return """
                SELECT transaction_id FROM transaction_search
                WHERE household_id = \(household) AND words @@ to_tsquery('simple', \(query))
                """
        }
    }

    /// Adds transactions that are not in the index yet.
    package func addToSearch(
        _ entries: [(transaction: TransactionID, words: String)],
        of household: HouseholdID,
        _ transaction: any SQLTransaction
    ) throws {
        switch self {
        case .sqlite:
            let prefix = Self.householdToken(household)
            try transaction.insert(
                into: "transaction_search (words, transaction_id)",
                rows: entries.map { entry in
                    [
                        .text(
                            "\(prefix) \(Self.transactionToken(entry.transaction)) \(entry.words)"
                        ),
                        .uuid(entry.transaction.value),
                    ]
                }
            )
        case .postgres:
            var rest = entries[...]
            while !rest.isEmpty {
                let piece = rest.prefix(InsertSize.rows(of: rest.count, width: 2))
                rest = rest.dropFirst(piece.count)
                try transaction.execute(
                    """
                    INSERT INTO transaction_search (household_id, transaction_id, words)
                    SELECT \(household), entry.id, to_tsvector('simple', entry.words) FROM (VALUES
                        \(rows: piece.map { [.uuid($0.transaction.value), .text($0.words)] })
                    ) AS entry (id, words)
                    """
                )
            }
        }
    }

    package func removeFromSearch(
        _ id: TransactionID,
        of household: HouseholdID,
        _ transaction: any SQLTransaction
    ) throws {
        switch self {
        case .sqlite:
            try transaction.execute(
                """
                DELETE FROM transaction_search WHERE rowid IN (
                    SELECT rowid FROM transaction_search
                    WHERE transaction_search MATCH \(Self.transactionToken(id)))
                """
            )
        case .postgres:
            try transaction.execute(
                """
                DELETE FROM transaction_search
                WHERE household_id = \(household) AND transaction_id = \(id)
                """
            )
        }
    }

    // A sign that no folded word has, so that no question can name them.
    private static func householdToken(_ household: HouseholdID) -> String {
        token("¤h", household.value)
    }

    private static func transactionToken(_ id: TransactionID) -> String {
        token("¤t", id.value)
    }

    private static func token(_ sign: String, _ id: UniqueID) -> String {
        var bytes = Array(sign.utf8)
        id.append(to: &bytes)
        bytes.removeAll { $0 == UInt8(ascii: "-") }
        return String(decoding: bytes, as: UTF8.self)
    }
}
