import HTTPTypes
import Ledger
import Storage

/// Keeping and ending sessions.
struct SessionRoutes: Sendable {
    private let service: SessionService
    private let browser: BrowserClient

    init(_ service: SessionService, browser: BrowserClient) {
        self.service = service
        self.browser = browser
    }

    var endpoints: [Endpoint] {
        [
            .open(
                .post,
                "auth/refresh",
                "Exchange a refresh token for a new one and an access token",
                limit: .auth,
                answers: .ok(IdentityShapes.session),
                handle: refresh
            ),
            .open(
                .post,
                "auth/logout",
                "Sign out",
                limit: .auth,
                answers: .noContent,
                handle: logout
            ),
            .person(
                .post,
                "auth/logout-all",
                "Sign out everywhere",
                limit: .auth,
                answers: .noContent,
                handle: logoutAll
            ),
            .person(
                .get,
                "sessions",
                "Where one is signed in",
                answers: .list(Self.shape),
                handle: list
            ),
            .person(
                .delete,
                "sessions/{id}",
                "Sign out one device",
                answers: .noContent,
                handle: end
            ),
            .person(
                .delete,
                "sessions",
                "Sign out every other device",
                answers: .noContent,
                handle: endOthers
            ),
        ]
    }

    private func refresh(
        _ call: OpenCall,
        _: NoFields,
        _ request: RefreshRequest
    ) async throws -> Reply {
        guard let text = try request.token ?? browser.refreshToken(in: call.headers),
            let token = RefreshToken(text)
        else { throw APIError.sessionEnded }
        let signedIn = try await service.refresh(token, browser.visit(of: call))
        return browser.answer(.ok, signedIn, to: call.headers)
    }

    private func logout(
        _ call: OpenCall,
        _: NoFields,
        _ request: RefreshRequest
    ) async throws -> Reply {
        let visit = browser.visit(of: call)
        if let text = try request.token ?? browser.refreshToken(in: call.headers) {
            if let token = RefreshToken(text) { try await service.logout(token, visit) }
        } else if let token = call.headers.bearerToken {
            try await service.logout(accessToken: token, visit)
        } else {
            throw APIError.notSignedIn
        }
        return browser.goodbye(to: call.headers)
    }

    private func logoutAll(_ call: PersonCall, _: NoFields, _: NoFields) async throws -> Reply {
        try await service.endAll(of: call.person, except: nil, browser.visit(of: call))
        return browser.goodbye(to: call.headers)
    }

    private func list(_ call: PersonCall, _: NoFields, _: NoFields) async throws -> Reply {
        let now = call.now
        let sessions = try await call.environment.database.read(.shared) { transaction in
            try SessionStore(transaction).open(of: call.person, at: now)
        }
        let rows = sessions.map { Row(session: $0, isCurrent: $0.id == call.session) }
        return .list(Self.shape, rows, Pagination(whole: rows.count))
    }

    private func end(_ call: PersonCall, _: NoFields, _: NoFields) async throws -> Reply {
        try await service.end(call.id("session"), of: call.person, browser.visit(of: call))
        return .noContent
    }

    private func endOthers(_ call: PersonCall, _: NoFields, _: NoFields) async throws -> Reply {
        try await service.endAll(of: call.person, except: call.session, browser.visit(of: call))
        return .noContent
    }

    private struct Row: Sendable {
        let session: OpenSession
        let isCurrent: Bool
    }

    private static let shape = Shape<Row>("OpenSession") { shape in
        shape.id("id") { $0.session.id }
        shape.text("device") { $0.session.device }
        shape.text("first_address") { $0.session.firstAddress }
        shape.text("address") { $0.session.address }
        shape.instant("created_at") { $0.session.createdAt }
        shape.instant("used_at") { $0.session.usedAt }
        shape.boolean("is_current") { $0.isCurrent }
    }
}

struct RefreshRequest: RequestFields {
    let token: String?

    init(_ fields: inout FieldReader) {
        token = fields.optional("refresh_token", .secret(1...128))
    }
}
