/// What the cells of one column look like.
struct CSVProfile {
    private(set) var filled = 0
    private(set) var dates = 0
    private(set) var numbers = 0
    private(set) var negatives = 0
    /// Numbers with decimals, a sign or a currency, which ids and counts do not have.
    private(set) var money = 0
    private(set) var decimals = 0
    private(set) var currencies = 0
    private(set) var letters = 0
    /// How often each short cell occurs, folded; signs stay.
    private(set) var words: [String: Int] = [:]
    private(set) var distinct: Set<Int> = []
    private(set) var samples: [String] = []

    /// The first numbers by row, to find which column is the running balance of which.
    private(set) var values: [Int: Int64] = [:]

    private static let chainRows = 50
    private static let wordLimit = 40
    private static let sampleLimit = 5
    private static let sampleBytes = 60

    /// - Complexity: linear in the sample.
    static func columns(of layout: CSVLayout, _ bytes: [UInt8]) -> [CSVProfile] {
        var profiles = [CSVProfile](repeating: CSVProfile(), count: layout.columnCount)
        for (row, record) in layout.sample.enumerated() {
            for (index, field) in record.fields.enumerated() where index < profiles.count {
                profiles[index].note(field, bytes, row: row)
            }
        }
        return profiles
    }

    private mutating func note(_ field: CSVField, _ bytes: [UInt8], row: Int) {
        guard !field.isEmpty else { return }
        filled += 1
        if DateCell.read(bytes, field.range) != nil { dates += 1 }
        noteNumber(field, bytes, row: row)
        if CurrencyWords.cell(bytes[field.range]) != nil { currencies += 1 }
        letters += bytes[field.range].count { $0 | 0x20 >= 97 && $0 | 0x20 <= 122 || $0 >= 0x80 }
        var hasher = Hasher()
        hasher.combine(field.range.count)
        for byte in bytes[field.range] { hasher.combine(byte) }
        distinct.insert(hasher.finalize())
        noteWord(field, bytes)
    }

    private mutating func noteNumber(_ field: CSVField, _ bytes: [UInt8], row: Int) {
        let evidence = DecimalMark.evidence(bytes, field.range)
        var mark = DecimalMark.dot
        if case .mark(let known) = evidence { mark = known }
        guard let cell = try? AmountCell.read(bytes, field.range, decimal: mark) else { return }
        numbers += 1
        if row < Self.chainRows { values[row] = cell.value }
        if cell.value < 0 { negatives += 1 }
        if case .none = evidence {
            let first = bytes[field.start]
            let isMoney =
                first == 43 || first == 45 || cell.currency != nil || cell.direction != nil
            if isMoney { money += 1 }
        } else {
            money += 1
            decimals += 1
        }
    }

    private mutating func noteWord(_ field: CSVField, _ bytes: [UInt8]) {
        let text = TextCleaning.collapsed(field.bytes(in: bytes), limit: Self.sampleBytes)
        if samples.count < Self.sampleLimit, !samples.contains(text) { samples.append(text) }
        guard field.range.count <= 30 else { return }
        let word = text == "+" || text == "-" ? text : TextFolding.words(text)
        if words[word] != nil || words.count < Self.wordLimit { words[word, default: 0] += 1 }
    }

    /// Whether this column goes on from row to row by the amounts of the other, in either order of rows.
    func isBalance(of amounts: CSVProfile) -> Bool {
        let rows = values.keys.sorted()
        var links = (up: 0, down: 0, all: 0)
        for (row, next) in zip(rows, rows.dropFirst()) {
            guard let here = values[row], let there = values[next],
                let amountHere = amounts.values[row], let amountThere = amounts.values[next]
            else { continue }
            links.all += 1
            if here &+ amountThere == there { links.up += 1 }
            if there &+ amountHere == here { links.down += 1 }
        }
        return links.all > 0 && max(links.up, links.down) * 10 >= links.all * 8
    }

    // MARK: What it could be

    private func most(_ count: Int) -> Bool { filled > 0 && count * 10 >= filled * 7 }

    var isDate: Bool { most(dates) }
    var isNumber: Bool { most(numbers) && !isDate }
    var isMoney: Bool { isNumber && money * 2 >= numbers }
    var hasDecimals: Bool { decimals * 2 >= numbers }
    var isCurrency: Bool { most(currencies) && !isNumber }
    var isText: Bool { filled > 0 && letters >= filled * 2 && !isDate && !isNumber }
    var isConstant: Bool { distinct.count == 1 }
    var isUnique: Bool { distinct.count == filled }

    /// What each word means, when most cells are words of direction.
    ///
    /// - Parameter isNamed: whether the header promises it; a lone word convinces only then.
    func directions(isNamed: Bool) -> [String: MoneyDirection]? {
        var meanings: [String: MoneyDirection] = [:]
        for word in words.keys { meanings[word] = DirectionWords.meaning(word) }
        if let pair = DirectionWords.pair(for: words.keys) {
            meanings.merge(pair) { known, _ in known }
        }
        let covered = words.reduce(0) { $0 + (meanings[$1.key] == nil ? 0 : $1.value) }
        let used = Set(words.keys.compactMap { meanings[$0] })
        let isEnough =
            isNamed ? covered * 2 >= filled && covered > 0 : most(covered) && used.count == 2
        return isEnough ? meanings : nil
    }
}
