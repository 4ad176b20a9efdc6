import HTTPTypes

/// Passwords: changing one, and getting back in without it.
struct PasswordRoutes: Sendable {
    private let service: PasswordService
    private let browser: BrowserClient

    init(_ service: PasswordService, browser: BrowserClient) {
        self.service = service
        self.browser = browser
    }

    var endpoints: [Endpoint] {
        [
            .person(
                .post,
                "auth/change-password",
                "Change the password; every other session ends",
                limit: .auth,
                answers: .noContent,
                handle: change
            ),
            .open(
                .post,
                "auth/request-password-reset",
                "Ask for a link to set a new password",
                limit: .reset,
                answers: .acceptedSilently,
                handle: requestReset
            ),
            .open(
                .post,
                "auth/reset-password",
                "Set a new password by a link; every session ends",
                limit: .auth,
                answers: .noContent,
                handle: reset
            ),
        ]
    }

    private func change(
        _ call: PersonCall,
        _: NoFields,
        _ request: ChangePasswordRequest
    ) async throws -> Reply {
        try await service.change(
            from: request.current,
            to: request.new,
            of: call.person,
            keeping: call.session,
            browser.visit(of: call)
        )
        return .noContent
    }

    private func requestReset(
        _ call: OpenCall,
        _: NoFields,
        _ request: EmailRequest
    ) async throws -> Reply {
        try await service.requestReset(email: request.email, browser.visit(of: call))
        return Reply(.accepted)
    }

    private func reset(
        _ call: OpenCall,
        _: NoFields,
        _ request: ResetPasswordRequest
    ) async throws -> Reply {
        guard let token = OpaqueToken(request.token) else { throw APIError.linkUsed }
        try await service.reset(token, to: request.new, browser.visit(of: call))
        return .noContent
    }
}

private struct ChangePasswordRequest: RequestFields {
    let current: String
    let new: String

    init(_ fields: inout FieldReader) {
        current = fields.required("current_password", .secret(1...1_024))
        new = fields.required("new_password", .newPassword)
    }
}

private struct ResetPasswordRequest: RequestFields {
    let token: String
    let new: String

    init(_ fields: inout FieldReader) {
        token = fields.required("token", .secret(1...128))
        new = fields.required("new_password", .newPassword)
    }
}

/// A request that is an address and nothing else.
struct EmailRequest: RequestFields {
    let email: EmailAddress

    init(_ fields: inout FieldReader) {
        email = fields.required("email", .email)
    }
}
