package import Ledger

/// What a field of a request may hold: how it is described, and how it is read.
package struct FieldKind<Value: Sendable>: Sendable {
    let schema: Schema
    /// Stands in for a value that could not be read; it is never used, since the request is then refused.
    let placeholder: @Sendable () -> Value
    /// - Parameter isText: whether the value comes from a query, where numbers are text.
    let parse: @Sendable (_ value: JSONValue, _ isText: Bool) -> Parsed<Value>
}

package enum Parsed<Value: Sendable>: Sendable {
    case value(Value)
    /// Paths are relative to the field.
    case faults([FieldError])

    static func fault(_ code: String, _ message: String) -> Parsed {
        .faults([FieldError("", code, message)])
    }

    static func wrongType(_ wanted: String, _ value: JSONValue) -> Parsed {
        fault("wrong_type", "expected \(wanted), got \(value.kind)")
    }
}

// MARK: Text

extension FieldKind where Value == String {
    /// One line of text, without spaces at its ends.
    ///
    /// - Parameter range: the length in Unicode scalars.
    package static func text(_ range: ClosedRange<Int>) -> FieldKind {
        text(range, isLine: true)
    }

    /// Text that may have several lines.
    package static func lines(_ range: ClosedRange<Int>) -> FieldKind {
        text(range, isLine: false)
    }

    private static func text(_ range: ClosedRange<Int>, isLine: Bool) -> FieldKind {
        FieldKind(schema: .text(range: range), placeholder: { "" }) { value, _ in
            guard case .string(let raw) = value else { return .wrongType("text", value) }
            let allowed: Set<UInt32> = isLine ? [9] : [9, 10, 13]
            for scalar in raw.unicodeScalars
            where scalar.value < 32 && !allowed.contains(scalar.value) || scalar.value == 127 {
                return .fault("control_character", "control characters are not allowed")
            }
            let text = raw.trimmed
            let count = text.unicodeScalars.count
            if count < range.lowerBound {
                return .fault("too_short", "at least \(range.lowerBound) characters")
            }
            if count > range.upperBound {
                return .fault("too_long", "at most \(range.upperBound) characters")
            }
            return .value(text)
        }
    }

    /// Text that is kept exactly as it was sent, for passwords and tokens.
    package static func secret(_ range: ClosedRange<Int>) -> FieldKind {
        FieldKind(schema: .text(format: "password", range: range), placeholder: { "" }) {
            value,
            _ in
            guard case .string(let text) = value else { return .wrongType("text", value) }
            let count = text.unicodeScalars.count
            guard count >= range.lowerBound else {
                return .fault("too_short", "at least \(range.lowerBound) characters")
            }
            guard count <= range.upperBound else {
                return .fault("too_long", "at most \(range.upperBound) characters")
            }
            return text.utf8.contains(0)
                ? .fault("control_character", "control characters are not allowed") : .value(text)
        }
    }
}

extension String {
    /// Without white space at its ends.
    package var trimmed: String {
        let isSpace: (Unicode.Scalar) -> Bool = \.properties.isWhitespace
        var view = unicodeScalars[...]
        while let first = view.first, isSpace(first) { view.removeFirst() }
        while let last = view.last, isSpace(last) { view.removeLast() }
        return String(view)
    }
}

// MARK: Words, numbers, dates

extension FieldKind {
    package static func choice() -> FieldKind
    where Value: RawRepresentable & CaseIterable, Value.RawValue == String {
        named(Value.allCases.map { ($0.rawValue, $0) })
    }

    /// One of a few words.
    package static func named(_ choices: [(name: String, value: Value)]) -> FieldKind {
        let names = choices.map(\.name)
        return FieldKind(schema: .choice(names), placeholder: { choices[0].value }) { value, _ in
            guard case .string(let text) = value else { return .wrongType("text", value) }
            guard let choice = choices.first(where: { $0.name == text }) else {
                return .fault("not_a_choice", "one of \(names.joined(separator: ", "))")
            }
            return .value(choice.value)
        }
    }

    package static func id<Entity>(
        _: Entity.Type = Entity.self
    ) -> FieldKind where Value == Identifier<Entity> {
        FieldKind(
            schema: .text(format: "uuid"),
            placeholder: { Identifier(UniqueID(high: 0, low: 0)) }
        ) { value, _ in
            guard case .string(let text) = value else { return .wrongType("an id", value) }
            guard let id = Identifier<Entity>(text) else { return .fault("not_an_id", "not an id") }
            return .value(id)
        }
    }

    package static func list<Element>(
        _ element: FieldKind<Element>,
        _ range: ClosedRange<Int>
    ) -> FieldKind where Value == [Element] {
        FieldKind(
            schema: .list(element.schema, limit: range.upperBound),
            placeholder: { [] }
        ) { value, isText in
            guard case .array(let values) = value else { return .wrongType("a list", value) }
            guard range.contains(values.count) else {
                return .fault("wrong_count", "\(range.lowerBound) to \(range.upperBound) items")
            }
            var items: [Element] = []
            var faults: [FieldError] = []
            for (index, value) in values.enumerated() {
                switch element.parse(value, isText) {
                case .value(let item): items.append(item)
                case .faults(let inner):
                    faults += inner.map { FieldError("[\(index)]\($0.field)", $0.code, $0.message) }
                }
            }
            return faults.isEmpty ? .value(items) : .faults(faults)
        }
    }

    package static func object() -> FieldKind where Value: RequestFields {
        FieldKind(
            schema: .object(FieldReader.describe(Value.self)),
            placeholder: { FieldReader.placeholder() }
        ) { value, _ in
            guard case .object(let members) = value else { return .wrongType("an object", value) }
            var reader = FieldReader(members: members)
            let body = Value(&reader)
            let faults = reader.finished().map { FieldError(".\($0.field)", $0.code, $0.message) }
            return faults.isEmpty ? .value(body) : .faults(faults)
        }
    }
}

extension FieldKind where Value == Bool {
    package static var boolean: FieldKind {
        FieldKind(schema: .boolean, placeholder: { false }) { value, isText in
            switch value {
            case .boolean(let flag): .value(flag)
            case .string("true") where isText: .value(true)
            case .string("false") where isText: .value(false)
            default: .wrongType("true or false", value)
            }
        }
    }
}

extension FieldKind where Value == Int {
    package static func integer(_ range: ClosedRange<Int>) -> FieldKind {
        let bounds = Int64(range.lowerBound)...Int64(range.upperBound)
        return FieldKind(schema: .integer(bounds), placeholder: { range.lowerBound }) {
            value,
            isText in
            let text: String
            switch value {
            case .number(let number): text = number
            case .string(let string) where isText: text = string
            default: return .wrongType("a whole number", value)
            }
            guard let number = Int(wholeNumber: text) else {
                return .fault("not_a_whole_number", "a whole number")
            }
            guard range.contains(number) else {
                return .fault("out_of_range", "from \(range.lowerBound) to \(range.upperBound)")
            }
            return .value(number)
        }
    }
}

extension Int {
    /// Digits with an optional minus. JSON also calls `1.0` a whole number.
    fileprivate init?(wholeNumber text: String) {
        var digits = text[...]
        if let dot = text.firstIndex(of: ".") {
            guard text[dot...].dropFirst().allSatisfy({ $0 == "0" }) else { return nil }
            digits = text[..<dot]
        }
        guard digits.first != "+", let number = Int(digits) else { return nil }
        self = number
    }
}

extension FieldKind where Value == LocalDate {
    package static var date: FieldKind {
        FieldKind(schema: .text(format: "date"), placeholder: { .earliest }) { value, _ in
            guard case .string(let text) = value else { return .wrongType("a date", value) }
            guard let date = LocalDate(text) else {
                return .fault("not_a_date", "a day such as 2026-01-31, from 1900 to 2199")
            }
            return .value(date)
        }
    }
}

extension FieldKind where Value == Currency {
    package static var currency: FieldKind {
        FieldKind(
            schema: .choice(Currency.all.map(\.code)),
            placeholder: { Currency.all[0] }
        ) { value, _ in
            guard case .string(let text) = value else { return .wrongType("a currency", value) }
            guard let currency = Currency(code: text) else {
                return .fault("not_a_currency", "a code of ISO 4217 such as EUR")
            }
            return .value(currency)
        }
    }
}
