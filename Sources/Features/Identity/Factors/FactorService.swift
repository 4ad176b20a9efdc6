import Credentials
import Ledger
import Storage

/// Setting up and removing codes.
struct FactorService: Sendable {
    let context: IdentityContext
    private var environment: ServerEnvironment { context.environment }

    /// Backup codes have 80 bits of chance, so the floor of what a hash may cost is enough.
    ///
    /// - Source: OWASP's password storage cheat sheet: m=19456, t=2, p=1.
    private static let backupCodeCost = PasswordHasher.Cost(memoryKiB: 19_456, passes: 2, lanes: 1)

    init(_ context: IdentityContext) {
        self.context = context
    }

    func overview(of person: PersonID) async throws -> FactorOverview {
        try await environment.database.read(.shared) { [environment] transaction in
            FactorOverview(
                hasPassword: try PersonStore(transaction).findCredential(of: person)?
                    .passwordHash != nil,
                timeCodeConfirmedAt: try TimeCodeStore(transaction, environment)
                    .confirmedAt(of: person),
                backupCodesLeft: try BackupCodeStore(transaction).countUnused(of: person),
                passkeys: try PasskeyStore(transaction).list(of: person),
                identities: try ProviderIdentityStore(transaction).list(of: person)
            )
        }
    }

    /// A new secret, good once it is confirmed.
    ///
    /// - Throws: 409 when one is confirmed already.
    func proposeTimeCode(to person: PersonID) async throws -> TimeCodeOffer {
        let secret = TimeCode.makeSecret()
        let now = environment.clock.now()
        let owner = try await environment.database.write(.shared) { [environment] transaction in
            try SecurityTrail(transaction, environment).open(.person(person))
            let codes = TimeCodeStore(transaction, environment)
            guard try codes.propose(secret, for: person, at: now) else {
                throw APIError.timeCodeThere
            }
            return try PersonStore(transaction).loadPerson(person)
        }
        let link = AuthenticatorLink(issuer: "Martlet", account: owner.email, secret: secret).text
        guard let picture = QRPicture(link) else {
            throw APIError.unavailable("the link of an authenticator does not fit into a picture")
        }
        return TimeCodeOffer(secret: Base32.encode(secret), uri: link, picture: picture.svg)
    }

    /// Confirms the secret by a code of it, and gives backup codes.
    ///
    /// - Throws: 401 for a wrong code, 404 when nothing waits to be confirmed, 423 after too many.
    func confirmTimeCode(_ text: String, _ change: FactorChange) async throws -> [BackupCode] {
        enum Verdict { case right, wrong, wait(Int) }
        let codes = BackupCode.makeSet()
        let hashes = try await hash(codes)
        let now = environment.clock.now()
        let verdict: Verdict = try await environment.database.write(.shared) {
            [environment] transaction in
            let secrets = TimeCodeStore(transaction, environment)
            guard let found = try secrets.find(of: change.person), found.confirmedAt == nil else {
                throw APIError.notFound("factor")
            }
            let guesses = CodeGuard(transaction: transaction, person: change.person)
            if let seconds = try guesses.claim(at: now) { return .wait(seconds) }
            guard let step = found.code.step(of: text, atSeconds: now.microseconds / 1_000_000),
                try secrets.confirm(step, of: change.person, at: now)
            else {
                _ = try guesses.noteFailure(at: now)
                return .wrong
            }
            try guesses.forgive()
            try BackupCodeStore(transaction).replace(hashes, of: change.person)
            try change.record(.timeCodeAdded, transaction)
            return .right
        }
        switch verdict {
        case .right:
            context.authenticator.forget(person: change.person)
            return codes
        case .wrong: throw APIError.wrongCode
        case .wait(let seconds): throw APIError.codesPaused(forSeconds: seconds)
        }
    }

    func removeTimeCode(_ change: FactorChange) async throws {
        try await environment.database.write(.shared) { [environment] transaction in
            guard try TimeCodeStore(transaction, environment).remove(of: change.person) else {
                throw APIError.notFound("factor")
            }
            try change.record(.timeCodeRemoved, transaction)
        }
        context.authenticator.forget(person: change.person)
    }

    /// - Throws: 409 for someone who has no factor that they could stand in for.
    func renewBackupCodes(_ change: FactorChange) async throws -> [BackupCode] {
        let codes = BackupCode.makeSet()
        let hashes = try await hash(codes)
        try await environment.database.write(.shared) { transaction in
            guard try SecondFactorStore(transaction).isSetUp(by: change.person) else {
                throw APIError.noFactor
            }
            try BackupCodeStore(transaction).replace(hashes, of: change.person)
            try change.record(.backupCodesRenewed, transaction)
        }
        context.authenticator.forget(person: change.person)
        return codes
    }

    private func hash(_ codes: [BackupCode]) async throws -> [String] {
        let hasher = context.passwords.with(cost: Self.backupCodeCost)
        var hashes: [String] = []
        for code in codes { hashes.append(try await hasher.hash(code.plain)) }
        return hashes
    }
}

extension APIError {
    static let timeCodeThere = APIError.conflict(
        "factor.already_set_up",
        "An authenticator app is set up already: remove it first."
    )

    static let noFactor = APIError.conflict(
        "factor.none",
        "Set up an authenticator app or a passkey first."
    )
}
