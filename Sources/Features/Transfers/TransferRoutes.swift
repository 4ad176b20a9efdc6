import HTTPTypes
import Insight
import Ledger
import Storage

/// Two transactions that look like one transfer, as they are answered.
struct TransferSuggestion: Sendable {
    let pair: TransferPair
    let out: TransactionView
    let into: TransactionView

    static let shape = Shape<TransferSuggestion>("TransferSuggestion") { shape in
        shape.text("id") { "\($0.pair.out.id)/\($0.pair.into.id)" }
        shape.integer("score") { Int64($0.pair.score) }
        shape.object("out", TransactionView.shape, \.out)
        shape.object("in", TransactionView.shape, \.into)
        shape.integer("days_apart") { Int64($0.pair.daysApart) }
        shape.text("reason") { suggestion in
            suggestion.pair.daysApart == 0
                ? "The same amount on the same day"
                : "The same amount \(suggestion.pair.daysApart) days apart"
        }
    }
}

/// A pair of transactions.
struct TransferPairInput: RequestFields {
    let out: TransactionID
    let into: TransactionID

    init(_ fields: inout FieldReader) {
        out = fields.required("out_id", .id())
        into = fields.required("in_id", .id())
    }
}

/// One side of a linked transfer.
struct TransferSideInput: RequestFields {
    let transaction: TransactionID

    init(_ fields: inout FieldReader) {
        transaction = fields.required("transaction_id", .id())
    }
}

/// Transfers over HTTP.
package struct TransferRoutes: Sendable {
    private let service = TransferService()

    /// How many suggestions are answered, the best first.
    static let suggestionLimit = 100

    package init() {}

    package var endpoints: [Endpoint] {
        let sides = TransferService.Sides.shape
        return [
            .read(
                "transfers/suggestions",
                "Pairs that look like one transfer",
                answers: .list(TransferSuggestion.shape),
                handle: suggestions
            ),
            .change(
                .post,
                "transfers/link",
                "Link the two sides of a transfer",
                answers: .ok(sides),
                handle: link
            ),
            .change(
                .post,
                "transfers/unlink",
                "Part the two sides of a transfer",
                answers: .ok(sides),
                handle: unlink
            ),
            .change(
                .post,
                "transfers/reject",
                "Say that a pair is no transfer",
                answers: .noContent,
                handle: reject
            ),
        ]
    }

    @Sendable private func suggestions(_ call: MemberCall, _: NoFields) async throws -> Reply {
        let suggestions = try await call.read { transaction in
            let store = TransferStore(transaction: transaction, household: call.household)
            let pairs = TransferMatching.pairs(
                try store.sides(in: nil),
                refused: try store.refusals(),
                names: try store.accountNames()
            ).prefix(Self.suggestionLimit)
            let list = TransactionListStore(transaction: transaction, household: call.household)
            let views = try list.views(pairs.flatMap { [$0.out.id, $0.into.id] })
            let byID = Dictionary(
                views.map { ($0.id, $0) },
                uniquingKeysWith: { first, _ in first }
            )
            return pairs.compactMap { pair in
                guard let out = byID[pair.out.id], let into = byID[pair.into.id] else {
                    return TransferSuggestion?.none
                }
                return TransferSuggestion(pair: pair, out: out, into: into)
            }
        }
        return .list(TransferSuggestion.shape, suggestions)
    }

    @Sendable private func link(
        _ call: MemberCall,
        _: NoFields,
        _ input: TransferPairInput
    ) async throws -> Reply {
        try await call.write {
            .ok(TransferService.Sides.shape, try service.link(input.out, input.into, in: $0))
        }
    }

    @Sendable private func unlink(
        _ call: MemberCall,
        _: NoFields,
        _ input: TransferSideInput
    ) async throws -> Reply {
        try await call.write {
            .ok(TransferService.Sides.shape, try service.unlink(input.transaction, in: $0))
        }
    }

    @Sendable private func reject(
        _ call: MemberCall,
        _: NoFields,
        _ input: TransferPairInput
    ) async throws -> Reply {
        try await call.write { write in
            try service.reject(input.out, input.into, in: write)
            return .noContent
        }
    }
}
