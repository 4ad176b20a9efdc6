/// A value of CBOR, of the kinds that authenticators write.
package enum CBOR: Sendable, Equatable {
    case integer(Int64)
    case bytes([UInt8])
    case text(String)
    case array([CBOR])
    case map([Member])
    case boolean(Bool)
    case null

    package struct Member: Sendable, Equatable {
        package let key: CBOR
        package let value: CBOR
    }

    package var integer: Int64? { if case .integer(let number) = self { number } else { nil } }
    package var bytes: [UInt8]? { if case .bytes(let bytes) = self { bytes } else { nil } }
    package var text: String? { if case .text(let text) = self { text } else { nil } }

    package subscript(name: String) -> CBOR? { member(.text(name)) }
    package subscript(label: Int64) -> CBOR? { member(.integer(label)) }

    private func member(_ key: CBOR) -> CBOR? {
        guard case .map(let members) = self else { return nil }
        return members.first { $0.key == key }?.value
    }
}
