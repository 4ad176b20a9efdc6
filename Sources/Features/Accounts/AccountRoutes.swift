import HTTPTypes
import Ledger
import Storage

/// Accounts over HTTP.
package struct AccountRoutes: Sendable {
    private let service = AccountService()
    private let authenticator: Authenticator?

    /// - Parameter authenticator: nil where nothing is remembered of who calls.
    package init(_ authenticator: Authenticator? = nil) {
        self.authenticator = authenticator
    }

    package var endpoints: [Endpoint] {
        let shape = AccountView.shape
        return [
            .read("accounts", "List accounts", answers: .list(shape), handle: list),
            .change(.post, "accounts", "Add an account", answers: .created(shape), handle: create),
            .change(
                .put,
                "accounts/order",
                "Put the accounts in another order",
                answers: .list(shape),
                handle: reorder
            ),
            .read("accounts/{id}", "Read an account", answers: .ok(shape), handle: get),
            .change(
                .patch,
                "accounts/{id}",
                "Change an account",
                answers: .ok(shape),
                handle: update
            ),
            .change(
                .delete,
                "accounts/{id}",
                "Delete an account with its transactions",
                answers: .noContent,
                handle: delete
            ),
            .change(
                .post,
                "accounts/{id}/restore",
                "Bring back a deleted account",
                answers: .ok(shape),
                handle: restore
            ),
            .read(
                "accounts/{id}/balances",
                "What an account held on each day",
                answers: .ok(BalanceHistory.shape),
                handle: balances
            ),
        ]
    }

    @Sendable private func list(
        _ call: MemberCall,
        _ query: AccountListQuery
    ) async throws -> Reply {
        let (member, today) = (call.member, call.today)
        let question = "accounts/\(query.includesDeleted)/\(query.includesClosed)"
        return try await call.cached(question) { snapshot in
            let accounts = try AccountReader(
                transaction: snapshot.transaction,
                member: member,
                today: today
            )
            .list(includingDeleted: query.includesDeleted, includingClosed: query.includesClosed)
            return DerivedAnswer(list: AccountView.shape, accounts)
        }
    }

    @Sendable private func create(
        _ call: MemberCall,
        _: NoFields,
        _ input: AccountInput
    ) async throws -> Reply {
        let authenticator = authenticator
        return try await call.write { write in
            let view = try service.create(input, in: write)
            if input.visibility != .all { authenticator?.forgetMembers(after: write) }
            return .created(AccountView.shape, view).tagged(view.record.version)
        }
    }

    @Sendable private func reorder(
        _ call: MemberCall,
        _: NoFields,
        _ order: AccountOrder
    ) async throws -> Reply {
        try await call.write { .list(AccountView.shape, try service.reorder(order.ids, in: $0)) }
    }

    @Sendable private func get(_ call: MemberCall, _: NoFields) async throws -> Reply {
        let id: AccountID = try call.id("account")
        let (member, today) = (call.member, call.today)
        let view = try await call.read { transaction in
            try AccountReader(transaction: transaction, member: member, today: today).view(id)
        }
        return .ok(AccountView.shape, view).tagged(view.record.version)
    }

    @Sendable private func update(
        _ call: MemberCall,
        _: NoFields,
        _ patch: AccountPatch
    ) async throws -> Reply {
        try await call.updating("account", AccountView.shape) { id, version, write in
            try service.update(id, patch, expecting: version, in: write)
        }
    }

    @Sendable private func delete(
        _ call: MemberCall,
        _: NoFields,
        _: NoFields
    ) async throws -> Reply {
        try await call.deleting("account") { try service.delete($0, expecting: $1, in: $2) }
    }

    @Sendable private func restore(
        _ call: MemberCall,
        _: NoFields,
        _: NoFields
    ) async throws -> Reply {
        try await call.changing("account", AccountView.shape) { try service.restore($0, in: $1) }
    }

    @Sendable private func balances(_ call: MemberCall, _ query: SpanQuery) async throws -> Reply {
        let id: AccountID = try call.id("account")
        let span = try query.span(today: call.today, days: 90)
        let (member, today) = (call.member, call.today)
        return try await call.cached("balances/\(id)/\(span.first)/\(span.last)") { snapshot in
            let history = try AccountReader(
                transaction: snapshot.transaction,
                member: member,
                today: today
            )
            .history(of: id, in: span)
            return DerivedAnswer(BalanceHistory.shape, history)
        }
    }
}
