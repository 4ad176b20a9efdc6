/// A derived answer, ready to be sent.
package struct DerivedAnswer: Sendable {
    /// One JSON value.
    package let data: [UInt8]
    package let pagination: Pagination?

    package init<Value>(_ shape: Shape<Value>, _ value: Value) {
        data = shape.bytes(value)
        pagination = nil
    }

    /// - Parameter pagination: nil for a list in one piece.
    package init<Value>(
        list shape: Shape<Value>,
        _ values: [Value],
        _ pagination: Pagination? = nil
    ) {
        data = shape.bytes(values)
        self.pagination = pagination ?? Pagination(whole: values.count)
    }

    /// A file.
    package init(file: [UInt8]) {
        data = file
        pagination = nil
    }

    package init(count: Int) {
        data = Array(String(count).utf8)
        pagination = nil
    }

    package var count: Int { Int(String(decoding: data, as: UTF8.self)) ?? 0 }
}
