internal import Ledger

/// Dates and amounts as OFX writes them.
enum OFXValue {
    /// `YYYYMMDD`, perhaps with a time and a zone: the day on the bank's own calendar.
    ///
    /// - Source: OFX 2.2, section 3.2.8.
    static func date(_ text: String) -> LocalDate? {
        let bytes = Array(text.utf8)
        let digits = bytes.prefix { $0 >= 48 && $0 <= 57 }
        if digits.count >= 8 {
            let value = digits.prefix(8).reduce(0) { $0 * 10 + Int($1 - 48) }
            return LocalDate(year: value / 10_000, month: value / 100 % 100, day: value % 100)
        }
        // Not by the book, but unmistakable: 2024-05-31.
        guard case .exact(let date) = DateCell.read(bytes, 0..<bytes.count)?.shape else {
            return nil
        }
        return date
    }

    static func amount(_ text: String) -> Int64? {
        if case .success(let amount) = reading(text, currency: nil) { amount } else { nil }
    }

    /// A decimal with a dot or a comma; with both, the last is the decimal mark.
    ///
    /// `1,234` is one with three decimals by the standard and a thousand to some banks: it is read only
    /// where the currency has three decimals.
    ///
    /// - Source: OFX 2.2, section 3.2.9.2.
    static func reading(_ text: String, currency: Currency?) -> Result<Int64, AmountCell.Failure> {
        let bytes = Array(text.utf8)
        var mark = DecimalMark.dot
        switch DecimalMark.evidence(bytes, 0..<bytes.count) {
        case .none: break
        case .mark(let known): mark = known
        case .either:
            guard bytes.contains(44) else { break }
            guard currency?.minorDigits == 3 else { return .failure(.notANumber) }
            mark = .comma
        }
        do throws(AmountCell.Failure) {
            return .success(try AmountCell.read(bytes, 0..<bytes.count, decimal: mark).value)
        } catch {
            return .failure(error)
        }
    }

    static func code(_ failure: AmountCell.Failure) -> DraftProblem.Code {
        switch failure {
        case .empty: .missingAmount
        case .notANumber: .badAmount
        case .tooPrecise: .amountTooPrecise
        case .tooLarge: .amountTooLarge
        }
    }
}
