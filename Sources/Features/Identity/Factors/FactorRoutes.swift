import HTTPTypes

/// A person's own factors: what there is, setting up, removing.
struct FactorRoutes: Sendable {
    private let service: FactorService
    private let browser: BrowserClient

    init(_ context: IdentityContext, browser: BrowserClient) {
        service = FactorService(context)
        self.browser = browser
    }

    var endpoints: [Endpoint] {
        [
            .person(
                .get,
                "factors",
                "What you can sign in with",
                isOpenWithoutFactor: true,
                answers: .ok(FactorShapes.overview),
                handle: overview
            ),
            .person(
                .post,
                "factors/totp",
                "Begin to set up an authenticator app",
                needs: .freshPerson,
                isOpenWithoutFactor: true,
                limit: .auth,
                answers: .created(FactorShapes.offer),
                handle: propose
            ),
            .person(
                .post,
                "factors/totp/confirm",
                "Confirm the authenticator app by a code of it",
                isOpenWithoutFactor: true,
                limit: .auth,
                answers: .ok(FactorShapes.backupCodes),
                handle: confirm
            ),
            .person(
                .delete,
                "factors/totp",
                "Remove the authenticator app",
                needs: .freshPerson,
                limit: .auth,
                answers: .noContent,
                handle: remove
            ),
            .person(
                .post,
                "factors/backup-codes",
                "Make new backup codes; the old ones are no longer good",
                needs: .freshPerson,
                limit: .auth,
                answers: .ok(FactorShapes.backupCodes),
                handle: renew
            ),
        ]
    }

    private func overview(_ call: PersonCall, _: NoFields, _: NoFields) async throws -> Reply {
        .ok(FactorShapes.overview, try await service.overview(of: call.person))
    }

    private func propose(_ call: PersonCall, _: NoFields, _: NoFields) async throws -> Reply {
        .created(FactorShapes.offer, try await service.proposeTimeCode(to: call.person))
    }

    private func confirm(
        _ call: PersonCall,
        _: NoFields,
        _ request: CodeRequest
    ) async throws -> Reply {
        let codes = try await service.confirmTimeCode(request.code, change(call))
        return .ok(FactorShapes.backupCodes, codes)
    }

    private func remove(_ call: PersonCall, _: NoFields, _: NoFields) async throws -> Reply {
        try await service.removeTimeCode(change(call))
        return .noContent
    }

    private func renew(_ call: PersonCall, _: NoFields, _: NoFields) async throws -> Reply {
        .ok(FactorShapes.backupCodes, try await service.renewBackupCodes(change(call)))
    }

    private func change(_ call: PersonCall) -> FactorChange {
        FactorChange(call, browser.visit(of: call))
    }
}

/// A code that an authenticator shows.
struct CodeRequest: RequestFields {
    let code: String

    init(_ fields: inout FieldReader) {
        code = fields.required("code", .oneTimeCode)
    }
}

extension FieldKind where Value == String {
    /// Six digits; spaces between them do not matter.
    static var oneTimeCode: FieldKind {
        FieldKind(schema: .text(range: 6...16), placeholder: { "" }) { value, _ in
            guard case .string(let text) = value else { return .wrongType("text", value) }
            let code = String(text.filter { $0 != " " })
            guard code.utf8.count == 6, code.utf8.allSatisfy({ (48...57).contains($0) }) else {
                return .fault("not_a_code", "six digits")
            }
            return .value(code)
        }
    }
}
