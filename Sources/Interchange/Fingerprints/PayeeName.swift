/// The name of the other party, out of what banks write around it.
package enum PayeeName {
    /// Without card numbers, dates, times, terminal and reference numbers; capitals made readable.
    ///
    /// - Returns: at most 255 characters; the collapsed text itself when nothing would be left.
    /// - Complexity: linear.
    package static func clean(_ bankText: String) -> String {
        let whole = Array(bankText.utf8.prefix(ReadingLimits.textBytes))
        let core = SEPAText.purpose(whole) ?? whole[...]
        var words = PayeeWords.split(core)
        PayeeWords.dropPrefixes(&words)
        let kept = PayeeWords.kept(words)
        let chosen = kept.isEmpty ? words : kept
        var name = chosen.map { String(decoding: $0, as: UTF8.self) }.joined(separator: " ")
        name = readable(name)
        if name.isEmpty { name = TextCleaning.collapsed(whole) }
        return String(name.prefix(255))
    }

    /// The key by which payees are found and matched: no case, no accents, no punctuation.
    package static func folded(_ text: String) -> String { TextFolding.words(text) }

    // MARK: Capitals

    /// `LIDL DANKT` becomes `Lidl Dankt`; a text with small letters in it is left alone.
    private static func readable(_ name: String) -> String {
        guard !name.unicodeScalars.contains(where: { $0.properties.isLowercase }) else {
            return name
        }
        let words = name.split(separator: " ").enumerated().map { index, word in
            readableWord(String(word), isFirst: index == 0)
        }
        return words.joined(separator: " ")
    }

    private static func readableWord(_ word: String, isFirst: Bool) -> String {
        if let known = suffixes[word] { return known }
        let letters = Array(word.unicodeScalars.filter(\.properties.isAlphabetic))
        if !isFirst, smallWords.contains(word) { return word.lowercased() }
        guard isPronounceable(letters) else { return word }
        // A web address keeps its ending small.
        if let dot = word.lastIndex(of: "."),
            domains.contains(String(word[word.index(after: dot)...]))
        {
            return word.prefix(1) + word.dropFirst().lowercased()
        }
        var result = ""
        var isStart = true
        for character in word {
            result += isStart ? String(character) : character.lowercased()
            isStart = !character.isLetter && character != "'" && character != "’"
        }
        return result
    }

    /// Short words are abbreviations more often than not: VW, EVN, H&M, but not GAS.
    private static func isPronounceable(_ letters: [Unicode.Scalar]) -> Bool {
        let isVowel = letters.map { vowels.contains($0) }
        if letters.count > 3 { return isVowel.contains(true) }
        return letters.count == 3 && (!isVowel[0] || letters[0] == "Y") && isVowel[1]
    }

    private static let vowels = Set("AEIOUYÄÖÜÁÀÂÉÈÊËÍÎÏÓÔÚÛÅØÆŒĄĘ".unicodeScalars)

    private static let suffixes = [
        "GMBH": "GmbH", "MBH": "mbH", "LTD": "Ltd", "LTD.": "Ltd.", "INC": "Inc", "INC.": "Inc.",
        "CO": "Co", "CO.": "Co.", "THE": "The", "SARL": "SARL", "KG": "KG", "OHG": "OHG",
    ]

    private static let domains: Set<String> = [
        "COM", "NET", "ORG", "DE", "AT", "CH", "NL", "BE", "FR", "ES", "IT", "UK", "IE", "EU", "IO",
        "SE", "DK",
        "NO", "PL", "CZ",
    ]

    private static let smallWords: Set<String> = [
        "AND", "OF", "THE", "UND", "DER", "DIE", "DAS", "DE", "LA", "LE", "DU", "DES", "VAN", "VON",
        "EN",
        "ET", "DI", "DA", "DO", "Y", "FOR", "AT", "IM", "AM",
    ]
}

/// The `SVWZ+` field and its like in the purpose of a SEPA transfer.
///
/// - Source: DK (Deutsche Kreditwirtschaft), SEPA purpose in MT940, annex 3.
enum SEPAText {
    /// The purpose in between the tags; nil when the text has none of them.
    static func purpose(_ text: [UInt8]) -> ArraySlice<UInt8>? {
        guard text.contains(43) else { return nil }
        if let start = ByteSearch.find(Array("SVWZ+".utf8), in: text[...]) {
            let rest = text[(start + 5)...]
            let end =
                tags.compactMap { ByteSearch.find(Array($0.utf8), in: rest) }.min() ?? rest.endIndex
            return start + 5 < end ? text[(start + 5)..<end] : nil
        }
        guard let end = tags.compactMap({ ByteSearch.find(Array($0.utf8), in: text[...]) }).min(),
            end > 0
        else { return nil }
        return text[..<end]
    }

    private static let tags = [
        "EREF+", "KREF+", "MREF+", "CRED+", "DEBT+", "ABWA+", "ABWE+", "BIC+", "IBAN+",
    ]
}

/// Words of a bank's text and which of them are noise.
enum PayeeWords {
    static func split(_ text: ArraySlice<UInt8>) -> [ArraySlice<UInt8>] {
        var text = text
        // Shops write their place behind two slashes.
        if let slashes = ByteSearch.find([47, 47], in: text), slashes > text.startIndex {
            text = text[..<slashes]
        }
        return text.split(whereSeparator: { $0 <= 32 })
    }

    /// `CARD PAYMENT TO X`, `SQ *X`, `PAYPAL *X` are about X.
    static func dropPrefixes(_ words: inout [ArraySlice<UInt8>]) {
        for _ in 0..<3 {
            guard let first = words.first, first.count <= 16,
                let known = prefixes[String(decoding: first.map(upper), as: UTF8.self)],
                let prefix = known.first(where: { begins(words, $0) })
            else { break }
            words.removeFirst(prefix.count)
        }
        dropProcessor(&words)
    }

    private static func dropProcessor(_ words: inout [ArraySlice<UInt8>]) {
        guard words.contains(where: { $0.contains(where: isLetter) }) else { return }
        guard words.count > 1 || words.first?.contains(42) == true else { return }
        if words[0].firstIndex(of: 42) == nil, words[1].first == 42 {
            // `SQ *BAKERY` is one word in two.
            guard isProcessor(words[0]) else { return }
            words.removeFirst()
        }
        guard let first = words.first, let star = first.firstIndex(of: 42),
            star == first.startIndex || isProcessor(first[..<star]),
            star + 1 < first.endIndex || words.count > 1
        else { return }
        words[0] = first[(star + 1)...]
        if words[0].isEmpty { words.removeFirst() }
    }

    private static func isProcessor(_ word: ArraySlice<UInt8>) -> Bool {
        processors.contains(String(decoding: word.map(upper), as: UTF8.self))
    }

    private static func begins(_ words: [ArraySlice<UInt8>], _ prefix: [[UInt8]]) -> Bool {
        words.count > prefix.count
            && zip(prefix, words).allSatisfy { $1.map(upper).elementsEqual($0) }
    }

    private static func upper(_ byte: UInt8) -> UInt8 {
        byte >= 97 && byte <= 122 ? byte - 32 : byte
    }

    /// The words that are no numbers, dates, times or card numbers.
    static func kept(_ words: [ArraySlice<UInt8>]) -> [ArraySlice<UInt8>] {
        var kept: [ArraySlice<UInt8>] = []
        let noise = words.map(isNoise)
        for (index, word) in words.enumerated() where !noise[index] {
            // Two letters between numbers are a country or a terminal.
            let isBetween =
                index > 0 && index + 1 < words.count && noise[index - 1] && noise[index + 1]
            if word.count == 2, isBetween { continue }
            kept.append(word)
        }
        while let first = kept.first, joins(first) { kept.removeFirst() }
        while let last = kept.last, joins(last) { kept.removeLast() }
        let hasLetters = kept.contains { word in word.contains { isLetter($0) } }
        guard hasLetters else { return [] }
        while let last = kept.last, !last.contains(where: isLetter), last.count <= 3 {
            kept.removeLast()
        }
        if let last = kept.last, let mark = last.last, mark == 46 || mark == 44 || mark == 58,
            last.count > 4
        {
            kept[kept.count - 1] = last.dropLast()
        }
        return kept
    }

    private static func isLetter(_ byte: UInt8) -> Bool {
        (byte | 0x20 >= 97 && byte | 0x20 <= 122) || byte >= 0x80
    }

    /// The sign in `Miller & Sons`.
    private static func joins(_ word: ArraySlice<UInt8>) -> Bool {
        word.count == 1 && (word.first == 38 || word.first == 43)
    }

    private static func isNoise(_ word: ArraySlice<UInt8>) -> Bool {
        if joins(word) { return false }
        let digits = word.count { $0 >= 48 && $0 <= 57 }
        let letters = word.count(where: isLetter)
        let stars = word.count { $0 == 42 || $0 == 88 || $0 == 120 }
        if letters == 0 {
            return digits >= 4 || digits == 0 || word.contains { ":.,/#".utf8.contains($0) }
        }
        let isMasked = word.count(where: { $0 == 42 }) >= 3
        if isMasked || (stars >= 4 && digits >= 2) { return true }
        if word.contains(42), digits >= 3, digits >= letters { return true }
        if word.first == 35, digits > 0 { return true }
        // The sequence number of an Austrian card.
        if word.count == 2, word.first == 75, digits == 1 { return true }
        return digits >= 5 || (digits >= 4 && digits > letters * 2)
            || isTimestamp(word)
    }

    private static func isTimestamp(_ word: ArraySlice<UInt8>) -> Bool {
        DateCell.read(Array(word), 0..<word.count) != nil
    }

    private static let processors: Set<String> = [
        "SQ", "SUMUP", "IZ", "PP", "PAYPAL", "TST", "ZETTLE_", "IZETTLE", "CKO", "GOOGLE", "WPY",
        "SP",
        "PY", "2CO", "STRIPE", "KLARNA", "CCV", "ZTL", "BCK", "MOLLIE", "NYX", "DNH", "FS", "EB",
    ]

    /// By their first word, the longer ones first.
    private static let prefixes: [String: [[[UInt8]]]] = Dictionary(
        grouping: phrases.map { phrase in phrase.split(separator: " ").map { Array($0.utf8) } }
            .sorted { $0.count > $1.count },
        by: { String(decoding: $0[0], as: UTF8.self) }
    )

    private static let phrases = [
        "CARD PAYMENT TO", "CARD PURCHASE AT", "CARD PURCHASE", "CARD TRANSACTION",
        "DEBIT CARD PURCHASE",
        "DEBIT CARD PAYMENT TO", "CONTACTLESS PAYMENT TO", "POS PURCHASE", "POS DEBIT", "POS",
        "VISA",
        "DIRECT DEBIT PAYMENT TO", "DIRECT DEBIT TO", "DIRECT DEBIT", "BILL PAYMENT TO",
        "FASTER PAYMENT TO",
        "STANDING ORDER TO", "PURCHASE AUTHORIZED ON", "PAYMENT TO", "KARTENZAHLUNG", "GIROCARD",
        "SEPA-LASTSCHRIFT", "LASTSCHRIFT", "DAUERAUFTRAG", "BETAALPAS", "BEA,", "GEA,",
        "PAIEMENT CB",
        "PAIEMENT PAR CARTE", "CARTE", "ACHAT CB", "ACHAT", "PRLV SEPA", "PRLV", "VIR SEPA", "VIR",
        "COMPRA EN", "COMPRA TARJETA", "COMPRA NO DEBITO", "PAGO EN", "RECIBO", "PAGAMENTO POS",
        "PAGAMENTO",
        "KORTKOP", "VISA KØB", "DANKORT-KØB", "VAREKJØP", "ZAKUP", "PLATBA KARTOU",
    ]
}
