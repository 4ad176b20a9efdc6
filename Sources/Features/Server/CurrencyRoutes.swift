import HTTPTypes
import Ledger

/// The currencies that there are.
package struct CurrencyRoutes: Sendable {
    package init() {}

    package var endpoints: [Endpoint] {
        let shape = Self.shape
        return [
            .open(.get, "currencies", "The currencies of ISO 4217", answers: .list(shape)) {
                (_: OpenCall, _: NoFields, _: NoFields) in
                .list(shape, Currency.all)
            }
        ]
    }

    private static let shape = Shape<Currency>("Currency") { shape in
        shape.text("code") { $0.code }
        shape.text("name") { $0.name }
        shape.integer("minor_digits") { Int64($0.minorDigits) }
    }
}
