import Credentials
import HTTPTypes
import Ledger
import Storage

/// What someone shows besides their first proof.
enum FactorProof: Sendable {
    case code(String)
    case backupCode(String)
    case passkey(PasskeyProof)

    var method: SecondFactorMethod {
        switch self {
        case .code: .totp
        case .backupCode: .backupCode
        case .passkey: .passkey
        }
    }
}

/// The one place where codes and passkeys of a known person are looked at. It counts, uses up and
/// records, whatever door asks.
struct FactorVerifier: Sendable {
    private let context: IdentityContext
    private var environment: ServerEnvironment { context.environment }

    init(_ context: IdentityContext) {
        self.context = context
    }

    /// - Parameter purpose: what a passkey's challenge must have been made for.
    /// - Throws: 401 `auth.invalid_code` when it is wrong or was used before, 423 while wrong codes
    ///   make everyone wait.
    func verify(
        _ proof: FactorProof,
        of person: PersonID,
        for purpose: PasskeyPurpose,
        _ visit: Visit
    ) async throws {
        let isRight =
            switch proof {
            case .code(let text): try await verify(timeCode: text, of: person, visit)
            case .backupCode(let text): try await verify(backupCode: text, of: person, visit)
            case .passkey(let passkey):
                try await PasskeyService(context).verify(passkey, of: person, for: purpose, visit)
            }
        guard isRight else {
            try await note(proof.method, .failure, of: person, visit)
            throw APIError.wrongCode
        }
        if case .backupCode = proof {
            try await note(proof.method, .success, of: person, visit)
        }
    }

    /// Shows again who someone is, so that they may do what a stolen session must not.
    ///
    /// - Throws: 401, 423
    func prove(
        _ proof: FactorProof,
        of person: PersonID,
        _ session: SessionID,
        _ visit: Visit
    ) async throws {
        try await verify(proof, of: person, for: .proof(session), visit)
        let now = environment.clock.now()
        try await environment.database.write(.shared) { [environment] transaction in
            try SessionStore(transaction).prove(session, at: now)
            try SecurityTrail(transaction, environment).add(
                SecurityEvent(
                    "prove",
                    of: person,
                    entity: "session",
                    entityID: session.value,
                    visit,
                    details: JSONWriter.object(["by": proof.method.rawValue])
                )
            )
        }
        context.authenticator.forget(session)
    }

    private func verify(
        timeCode text: String,
        of person: PersonID,
        _ visit: Visit
    ) async throws -> Bool {
        enum Verdict { case right, wrong, wait(Int) }
        let now = environment.clock.now()
        let verdict: Verdict = try await environment.database.write(.shared) {
            [environment] transaction in
            let codes = TimeCodeStore(transaction, environment)
            guard let found = try codes.find(of: person), found.confirmedAt != nil else {
                return .wrong
            }
            let guesses = CodeGuard(transaction: transaction, person: person)
            if let seconds = try guesses.claim(at: now) { return .wait(seconds) }
            let step = found.code.step(of: text, atSeconds: now.microseconds / 1_000_000)
            if let step, try codes.use(step, of: person) {
                try guesses.forgive()
                return .right
            }
            if let pause = try guesses.noteFailure(at: now) {
                try Self.tellOfPause(pause, person, visit, transaction, environment)
            }
            return .wrong
        }
        switch verdict {
        case .right: return true
        case .wrong: return false
        case .wait(let seconds): throw APIError.codesPaused(forSeconds: seconds)
        }
    }

    private static func tellOfPause(
        _ pause: Int64,
        _ person: PersonID,
        _ visit: Visit,
        _ transaction: any SQLTransaction,
        _ environment: ServerEnvironment
    ) throws {
        let owner = try PersonStore(transaction).loadPerson(person)
        try MailQueue(transaction, environment).add(
            .accountLocked(
                name: owner.name,
                address: visit.client.address,
                minutes: Int(pause / 60)
            ),
            to: owner.email,
            locale: owner.locale
        )
    }

    /// Each costs a hash, so what cannot be a code costs none.
    private func verify(
        backupCode text: String,
        of person: PersonID,
        _ visit: Visit
    ) async throws -> Bool {
        guard let code = BackupCode(text) else { return false }
        let unused = try await environment.database.read(.shared) { transaction in
            try BackupCodeStore(transaction).unused(of: person)
        }
        for candidate in unused
        where try await context.passwords.verify(code.plain, against: candidate.hash) {
            let now = environment.clock.now()
            return try await environment.database.write(.shared) { transaction in
                try BackupCodeStore(transaction).use(candidate, of: person, at: now)
            }
        }
        return false
    }

    private func note(
        _ method: SecondFactorMethod,
        _ outcome: SecurityEvent.Outcome,
        of person: PersonID,
        _ visit: Visit
    ) async throws {
        try await environment.database.write(.shared) { [environment] transaction in
            try SecurityTrail(transaction, environment).add(
                SecurityEvent(
                    "second_factor",
                    outcome,
                    about: .person(person),
                    by: outcome == .success ? .person(person) : .nobody,
                    on: visit.client,
                    requestID: visit.requestID,
                    details: JSONWriter.object(["method": method.rawValue])
                )
            )
        }
    }
}

extension APIError {
    static let wrongCode = APIError(
        .unauthorized,
        "auth.invalid_code",
        "This code or passkey is wrong, or was used before."
    )
}
