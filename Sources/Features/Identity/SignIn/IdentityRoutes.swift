import Foundation
import HTTPTypes
import Ledger

/// Signing up, in and out.
package struct IdentityRoutes: Sendable {
    private let service: IdentityService
    private let browser: BrowserClient

    package init(_ service: IdentityService, browser: BrowserClient) {
        self.service = service
        self.browser = browser
    }

    package var endpoints: [Endpoint] {
        [
            .open(
                .post,
                "auth/register",
                "Sign up",
                limit: .register,
                answers: .created(IdentityShapes.session),
                handle: register
            ),
            .open(
                .post,
                "auth/login",
                "Sign in",
                limit: .signIn,
                answers: .ok(IdentityShapes.session),
                handle: login
            ),
            .open(
                .post,
                "auth/refresh",
                "Exchange a refresh token for a new session",
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
                .get,
                "auth/me",
                "Who is signed in",
                limit: .general,
                answers: .ok(IdentityShapes.me),
                handle: me
            ),
        ]
    }

    private func register(
        _ call: OpenCall,
        _: NoFields,
        _ request: RegisterRequest
    ) async throws -> Reply {
        let signedIn = try await service.register(
            request,
            claim: try IdempotencyClaim(call.headers, question: request.question),
            on: call.client,
            requestID: call.requestID
        )
        var reply = answer(.created, signedIn, to: call)
        if signedIn.isRepeated { reply.headers[.idempotencyReplayed] = "true" }
        return reply
    }

    private func login(_ call: OpenCall, _: NoFields, _ request: LoginRequest) async throws -> Reply
    {
        let signedIn = try await service.login(
            email: request.email,
            password: request.password,
            on: call.client
        )
        return answer(.ok, signedIn, to: call)
    }

    private func refresh(
        _ call: OpenCall,
        _: NoFields,
        _ request: RefreshRequest
    ) async throws -> Reply {
        guard let text = try request.token ?? browser.refreshToken(in: call.headers),
            let token = RefreshToken(text)
        else { throw APIError.sessionEnded }
        return answer(.ok, try await service.refresh(token, on: call.client), to: call)
    }

    private func logout(
        _ call: OpenCall,
        _: NoFields,
        _ request: RefreshRequest
    ) async throws -> Reply {
        if let text = try request.token ?? browser.refreshToken(in: call.headers) {
            if let token = RefreshToken(text) { try await service.logout(token) }
        } else if let token = call.headers.bearerToken {
            try await service.logout(accessToken: token)
        } else {
            throw APIError.notSignedIn
        }
        var reply = Reply.noContent
        if browser.isBrowser(call.headers) { reply.headers[.setCookie] = browser.clear }
        return reply
    }

    private func me(_ call: PersonCall, _: NoFields, _: NoFields) async throws -> Reply {
        let me = try await service.me(call.signedIn.person)
        return .ok(IdentityShapes.me, Me(user: me.person, household: me.household))
    }

    private func answer(
        _ status: HTTPResponse.Status,
        _ signedIn: IdentityService.SignedIn,
        to call: OpenCall
    ) -> Reply {
        let isBrowser = browser.isBrowser(call.headers)
        let session = SessionAnswer(signedIn: signedIn, showsRefreshToken: !isBrowser)
        var reply = Reply(status, data: IdentityShapes.session.bytes(session))
        if isBrowser { reply.headers[.setCookie] = browser.keep(signedIn.refreshToken) }
        return reply
    }
}

// MARK: Requests

struct RegisterRequest: RequestFields {
    let email: EmailAddress
    let password: String
    let name: String
    let timeZone: String
    let currency: Currency
    let locale: String
    let weekStart: Weekday

    init(_ fields: inout FieldReader) {
        email = fields.required("email", .email)
        password = fields.required("password", .newPassword)
        name = fields.required("name", .text(1...120))
        timeZone = fields.optional("time_zone", .timeZone) ?? "UTC"
        currency = fields.optional("currency", .currency) ?? Self.usualCurrency
        locale = fields.optional("locale", .locale) ?? "en"
        weekStart =
            fields.optional("week_start", .named(Weekday.allCases.map { ($0.name, $0) })) ?? .monday
    }

    private static let usualCurrency = Currency(code: "EUR")!

    var householdName: String { "\(name)’s household" }

    /// What tells one sign-up from another, but for the password: that is checked itself, and from a
    /// quick hash it could be guessed.
    var question: [UInt8] {
        var writer = JSONWriter()
        writer.array { writer in
            writer.string("sign-up")
            for text in [email.text, name, timeZone, currency.code, locale, weekStart.name] {
                writer.string(text)
            }
        }
        return writer.bytes
    }
}

struct LoginRequest: RequestFields {
    let email: EmailAddress
    let password: String

    init(_ fields: inout FieldReader) {
        email = fields.required("email", .email)
        // Any length that could ever have been chosen: what is wrong with it is not said here.
        password = fields.required("password", .secret(1...1_024))
    }
}

struct RefreshRequest: RequestFields {
    let token: String?

    init(_ fields: inout FieldReader) {
        token = fields.optional("refresh_token", .secret(1...128))
    }
}

extension FieldKind where Value == String {
    /// - Source: the IANA time zone database, as this machine knows it.
    static var timeZone: FieldKind {
        FieldKind(schema: .text(range: 1...64), placeholder: { "UTC" }) { value, _ in
            guard case .string(let text) = value else { return .wrongType("text", value) }
            guard text.utf8.count <= 64, TimeZone(identifier: text) != nil else {
                return .fault("not_a_time_zone", "a name such as Europe/Berlin")
            }
            return .value(text)
        }
    }

    /// - Source: BCP 47, language and what follows it.
    static var locale: FieldKind {
        let pattern = "^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}$"
        return FieldKind(schema: .text(pattern: pattern), placeholder: { "en" }) { value, _ in
            guard case .string(let text) = value else { return .wrongType("text", value) }
            let parts = text.split(separator: "-", omittingEmptySubsequences: false)
            let isTag =
                (2...3).contains(parts[0].utf8.count)
                && parts[0].utf8.allSatisfy { ($0 | 32) >= 97 && ($0 | 32) <= 122 }
                && parts.count <= 4
                && parts.dropFirst().allSatisfy { part in
                    (2...8).contains(part.utf8.count)
                        && part.utf8.allSatisfy {
                            ($0 | 32) >= 97 && ($0 | 32) <= 122 || $0 >= 48 && $0 <= 57
                        }
                }
            return isTag ? .value(text) : .fault("not_a_locale", "a tag such as en or de-CH")
        }
    }
}
