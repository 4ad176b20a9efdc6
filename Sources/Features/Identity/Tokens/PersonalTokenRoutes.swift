import Foundation
import HTTPTypes
import Ledger
import Storage

/// The tokens that a person gave to programs of theirs.
struct PersonalTokenRoutes: Sendable {
    private let context: IdentityContext
    private let browser: BrowserClient
    /// What a scope may name: the first words of the routes about households.
    private let resources: Set<String>

    init(
        _ context: IdentityContext,
        browser: BrowserClient,
        resources: Set<String>
    ) {
        self.context = context
        self.browser = browser
        self.resources = resources
    }

    var endpoints: [Endpoint] {
        [
            .person(
                .get,
                "tokens",
                "Your personal access tokens",
                answers: .list(TokenShapes.token),
                handle: list
            ),
            .person(
                .post,
                "tokens",
                "Make a personal access token; it is shown this once",
                needs: .freshPerson,
                limit: .auth,
                answers: .created(TokenShapes.newToken),
                handle: create
            ),
            .person(
                .delete,
                "tokens/{id}",
                "Remove a personal access token",
                answers: .noContent,
                handle: remove
            ),
        ]
    }

    private func list(_ call: PersonCall, _: NoFields, _: NoFields) async throws -> Reply {
        let tokens = try await call.environment.database.read(.shared) { transaction in
            try PersonalTokenStore(transaction).list(of: call.person)
        }
        return .list(TokenShapes.token, tokens, Pagination(whole: tokens.count))
    }

    private func create(
        _ call: PersonCall,
        _: NoFields,
        _ request: NewTokenRequest
    ) async throws -> Reply {
        try check(request, at: call.now)
        let token = PersonalToken()
        let record = PersonalTokenRecord(
            id: call.environment.ids.next(),
            name: request.name,
            hint: token.hint,
            scopes: request.scopes,
            createdAt: call.now,
            expiresAt: request.expiresAt,
            usedAt: nil
        )
        let visit = browser.visit(of: call)
        try await call.environment.database.write(.shared) { transaction in
            let tokens = PersonalTokenStore(transaction)
            guard try tokens.list(of: call.person).count < PersonalTokenStore.limit else {
                throw APIError.tooManyTokens
            }
            try tokens.insert(record, hash: token.hash, of: call.person)
            try Self.note("token_made", record.id, call, visit, transaction)
            let owner = try PersonStore(transaction).loadPerson(call.person)
            try MailQueue(transaction, call.environment).add(
                .tokenMade(
                    name: owner.name,
                    token: record.name,
                    prefix: record.hint,
                    mayChange: record.scopes.contains(where: \.mayChange),
                    address: visit.client.address
                ),
                to: owner.email,
                locale: owner.locale
            )
        }
        return .created(TokenShapes.newToken, NewToken(record: record, token: token))
    }

    private func check(_ request: NewTokenRequest, at now: Instant) throws(APIError) {
        var faults: [FieldError] = []
        for (index, scope) in request.scopes.enumerated() where !resources.contains(scope.resource)
        {
            let known = resources.sorted().joined(separator: ", ")
            faults.append(FieldError("scopes[\(index)]", "unknown", "one of \(known)"))
        }
        if let end = request.expiresAt, end <= now {
            faults.append(FieldError("expires_at", "out_of_range", "a time to come"))
        }
        guard faults.isEmpty else { throw .invalid(faults) }
    }

    private func remove(_ call: PersonCall, _: NoFields, _: NoFields) async throws -> Reply {
        let id: PersonalTokenID = try call.id("token")
        let visit = browser.visit(of: call)
        try await call.environment.database.write(.shared) { transaction in
            guard try PersonalTokenStore(transaction).remove(id, of: call.person) else {
                throw APIError.notFound("token")
            }
            try Self.note("token_removed", id, call, visit, transaction)
        }
        context.authenticator.forget(person: call.person)
        return .noContent
    }

    private static func note(
        _ action: String,
        _ id: PersonalTokenID,
        _ call: PersonCall,
        _ visit: Visit,
        _ transaction: any SQLTransaction
    ) throws {
        try SecurityTrail(transaction, call.environment).add(
            SecurityEvent(
                action,
                of: call.person,
                entity: "token",
                entityID: id.value,
                visit
            )
        )
    }
}

struct NewTokenRequest: RequestFields {
    let name: String
    let scopes: [Scope]
    let expiresAt: Instant?

    init(_ fields: inout FieldReader) {
        name = fields.required("name", .text(1...64))
        scopes = fields.required("scopes", .list(.scope, 1...40))
        expiresAt = fields.optional("expires_at", .moment)
        if Set(scopes).count < scopes.count {
            fields.fault("scopes", "duplicate", "each scope once")
        }
    }
}

extension FieldKind where Value == Scope {
    static var scope: FieldKind {
        let pattern = "^[a-z-]{1,40}:(read|write)$"
        return FieldKind(
            schema: .text(pattern: pattern),
            placeholder: { Scope(.get, "") }
        ) { value, _ in
            guard case .string(let text) = value else { return .wrongType("text", value) }
            guard text.utf8.count <= 46, let scope = Scope(text),
                scope.resource.utf8.allSatisfy({ (97...122).contains($0) || $0 == 45 })
            else {
                return .fault("not_a_scope", "a scope such as transactions:read")
            }
            return .value(scope)
        }
    }
}

extension FieldKind where Value == Instant {
    /// From 1970 to 9999: years that are longer can be read, and do not fit into an instant.
    ///
    /// - Units: seconds since 1970
    private static var yearsOfFourDigits: ClosedRange<Double> { 0...253_402_300_799 }

    /// A point in time.
    ///
    /// - Source: RFC 3339, in UTC or with an offset.
    static var moment: FieldKind {
        FieldKind(
            schema: .text(format: "date-time"),
            placeholder: { Instant(microseconds: 0) }
        ) { value, _ in
            guard case .string(let text) = value else { return .wrongType("text", value) }
            // What cannot be read is said below.
            let date = try? Date.ISO8601FormatStyle(includingFractionalSeconds: text.contains("."))
                .parse(text)
            guard text.utf8.count <= 40, let seconds = date?.timeIntervalSince1970.rounded(.down),
                yearsOfFourDigits.contains(seconds)
            else { return .fault("not_a_time", "a time such as 2027-01-31T12:00:00Z") }
            return .value(Instant(microseconds: 0).adding(seconds: Int64(seconds)))
        }
    }
}

/// A token that was just made.
struct NewToken: Sendable {
    let record: PersonalTokenRecord
    let token: PersonalToken
}

enum TokenShapes {
    static let token = Shape<PersonalTokenRecord>("PersonalToken") { declare(&$0) { $0 } }

    static let newToken = Shape<NewToken>("NewPersonalToken") { shape in
        declare(&shape) { $0.record }
        shape.text("token") { $0.token.text }
    }

    private static func declare<Value>(
        _ shape: inout Shape<Value>,
        _ get: @escaping @Sendable (Value) -> PersonalTokenRecord
    ) {
        shape.id("id") { get($0).id }
        shape.text("name") { get($0).name }
        shape.text("prefix") { get($0).hint }
        shape.texts("scopes") { get($0).scopes.map(\.description) }
        shape.instantOrNil("expires_at") { get($0).expiresAt }
        shape.instant("created_at") { get($0).createdAt }
        shape.instantOrNil("used_at") { get($0).usedAt }
    }
}

extension APIError {
    static let tooManyTokens = APIError.conflict(
        "token.too_many",
        "You have \(PersonalTokenStore.limit) tokens: remove one first."
    )
}
