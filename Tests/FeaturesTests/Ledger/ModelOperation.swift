import Ledger
import Storage

@testable import Features

/// Something that a person does to a ledger, picked at random.
enum ModelOperation: Sendable {
    case add(Entry)
    case transfer(from: AccountID, to: AccountID, amount: Int64, arriving: Int64?, Head)
    case split(from: AccountID, parts: [(category: AccountID, amount: Int64)], Head)
    case free(postings: [(account: AccountID, amount: Int64)], Head)
    case edit(TransactionID, Edit, version: Int64?)
    case delete(TransactionID)
    case restore(TransactionID)
    case bulkState([TransactionID], TransactionState)
    case bulkDelete([TransactionID])
    case setMinimum(AccountID, Int64?)
    case setOpening(AccountID, Int64)
    case dropCategory(AccountID, moveTo: AccountID)

    struct Head: Sendable {
        let date: LocalDate
        let state: TransactionState
        let payee: String?
        let tags: [String]

        var json: String {
            let payee = payee.map { "\"\($0)\"" } ?? "null"
            let tags = tags.map { "\"\($0)\"" }.joined(separator: ",")
            return """
                "date": "\(date)", "state": "\(state.name)", "payee": \(payee), "tags": [\(tags)]
                """
        }
    }

    struct Entry: Sendable {
        let isIncome: Bool
        let account: AccountID
        let category: AccountID
        let amount: Int64
        let head: Head
    }

    enum Edit: Sendable {
        case amount(Int64)
        case category(AccountID)
        case account(AccountID)
        case date(LocalDate)
        case state(TransactionState)
        case payee(String?)
        case tags([String])

        var json: String {
            switch self {
            case .amount(let amount): #"{"amount": "\#(text(amount))"}"#
            case .category(let id): #"{"category_id": "\#(id)"}"#
            case .account(let id): #"{"account_id": "\#(id)"}"#
            case .date(let date): #"{"date": "\#(date)"}"#
            case .state(let state): #"{"state": "\#(state.name)"}"#
            case .payee(let payee): #"{"payee": \#(payee.map { "\"\($0)\"" } ?? "null")}"#
            case .tags(let tags):
                #"{"tags": [\#(tags.map { "\"\($0)\"" }.joined(separator: ","))]}"#
            }
        }
    }
}

/// A decimal of ten-thousandths.
func text(_ tenThousandths: Int64) -> String {
    Decimal4.text(tenThousandths, minorDigits: 2)
}

// MARK: Doing it through the use cases

extension ModelOperation {
    /// - Returns: the id of what was made, where something was.
    func perform(in write: HouseholdWrite) throws -> TransactionID? {
        let service = TransactionService()
        switch self {
        case .add, .transfer, .split, .free:
            return try service.create(try fields(creation), in: write).id
        case .edit(let id, let edit, let version):
            _ = try service.update(id, try fields(edit.json), expecting: version, in: write)
        case .delete(let id): try service.delete(id, expecting: nil, in: write)
        case .restore(let id): _ = try service.restore(id, in: write)
        case .bulkState(let ids, let state):
            let patch = #""patch": {"state": "\#(state.name)"}"#
            _ = try service.change(
                try fields(#"{"action": "patch", "ids": [\#(Self.list(ids))], \#(patch)}"#),
                in: write
            )
        case .bulkDelete(let ids):
            _ = try service.change(
                try fields(#"{"action": "delete", "ids": [\#(Self.list(ids))]}"#),
                in: write
            )
        case .setMinimum(let id, let minimum):
            let value = minimum.map { "\"\(text($0))\"" } ?? "null"
            _ = try AccountService().update(
                id,
                try fields(#"{"minimum_balance": \#(value)}"#),
                expecting: nil,
                in: write
            )
        case .setOpening(let id, let amount):
            let patch: AccountPatch = try fields(#"{"opening_balance": "\#(text(amount))"}"#)
            return try AccountService().update(id, patch, expecting: nil, in: write)
                .record.openingTransaction
        case .dropCategory(let id, let target):
            try CategoryService().delete(id, moveTo: target, expecting: nil, in: write)
        }
        return nil
    }

    private static func list(_ ids: [TransactionID]) -> String {
        ids.map { "\"\($0)\"" }.joined(separator: ",")
    }

    private var creation: String {
        switch self {
        case .add(let entry):
            """
            {"type": "\(entry.isIncome ? "income" : "expense")", "account_id": "\(entry.account)",
             "category_id": "\(entry.category)", "amount": "\(text(entry.amount))", \(entry.head.json)}
            """
        case .transfer(let from, let to, let amount, let arriving, let head):
            """
            {"type": "transfer", "account_id": "\(from)", "to_account_id": "\(to)",
             "amount": "\(text(amount))",
             "to_amount": \(arriving.map { "\"\(text($0))\"" } ?? "null"), \(head.json)}
            """
        case .split(let from, let parts, let head):
            """
            {"type": "expense", "account_id": "\(from)",
             "amount": "\(text(parts.reduce(0) { $0 + $1.amount }))", "splits": [
             \(parts.map { #"{"category_id": "\#($0.category)", "amount": "\#(text($0.amount))"}"# }
                .joined(separator: ","))], \(head.json)}
            """
        case .free(let postings, let head):
            """
            {"postings": [\(postings.map {
                #"{"account_id": "\#($0.account)", "amount": "\#(text($0.amount))", "currency": "EUR"}"#
            }.joined(separator: ","))], \(head.json)}
            """
        default: "{}"
        }
    }
}
