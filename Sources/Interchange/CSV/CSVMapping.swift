/// How a CSV was understood.
package struct CSVMapping: Hashable, Codable, Sendable {
    package var encoding: TextEncoding
    package var delimiter: CSVDelimiter
    /// 1-based line of the column names; nil when there are none.
    package var headerRow: Int?
    /// 1-based line of the first transaction.
    package var firstRow: Int
    package var columns: [CSVColumn]
    package var dateOrder: DateOrder
    package var decimal: DecimalMark
    /// Whether every amount's sign is turned round.
    package var negate: Bool

    /// The same choices, to be remembered and given to the next file of the same layout.
    package var overrides: CSVOverrides {
        CSVOverrides(
            encoding: nil,
            delimiter: delimiter,
            columns: columns.map {
                CSVOverrides.Choice(index: $0.index, header: $0.header, role: $0.role)
            },
            dateOrder: dateOrder,
            decimal: decimal,
            negate: negate
        )
    }

    /// The same for files of the same layout, so that what was remembered is given to no other:
    /// the folded column names, or the number of columns where there are none.
    package var signature: String {
        let names = columns.map { TextFolding.words($0.header ?? "") }
        let text = headerRow == nil ? "\(columns.count)" : names.joined(separator: "\u{1F}")
        return SHA256.hash(Array(text.utf8)).prefix(8).map { byte in
            String(byte >> 4, radix: 16) + String(byte & 15, radix: 16)
        }.joined()
    }
}

/// One column of a CSV.
package struct CSVColumn: Hashable, Codable, Sendable {
    /// 0-based.
    package var index: Int
    /// Nil where the file names none.
    package var header: String?
    package var role: CSVRole
    /// The first few cells that are not empty.
    package var samples: [String]

    /// What a problem calls it.
    var name: String { header.flatMap { $0.isEmpty ? nil : $0 } ?? "column \(index + 1)" }
}

/// What a person corrected, or an account remembered, about a CSV. Nil leaves it to the file.
package struct CSVOverrides: Hashable, Codable, Sendable {
    package var encoding: TextEncoding?
    package var delimiter: CSVDelimiter?
    /// 1-based line of the column names, 0 for none.
    package var headerRow: Int?
    /// 1-based line of the first transaction.
    package var firstRow: Int?
    package var columns: [Choice]
    package var dateOrder: DateOrder?
    package var decimal: DecimalMark?
    package var negate: Bool?

    package init(
        encoding: TextEncoding? = nil,
        delimiter: CSVDelimiter? = nil,
        headerRow: Int? = nil,
        firstRow: Int? = nil,
        columns: [Choice] = [],
        dateOrder: DateOrder? = nil,
        decimal: DecimalMark? = nil,
        negate: Bool? = nil
    ) {
        self.encoding = encoding
        self.delimiter = delimiter
        self.headerRow = headerRow
        self.firstRow = firstRow
        self.columns = columns
        self.dateOrder = dateOrder
        self.decimal = decimal
        self.negate = negate
    }

    /// The role of one column, found by its name where it has one, else by its place.
    package struct Choice: Hashable, Codable, Sendable {
        /// 0-based.
        package var index: Int
        package var header: String?
        package var role: CSVRole

        package init(index: Int, header: String? = nil, role: CSVRole) {
            self.index = index
            self.header = header
            self.role = role
        }
    }
}
