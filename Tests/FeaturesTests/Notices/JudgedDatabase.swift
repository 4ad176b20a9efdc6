import Ledger
import Storage
import Synchronization

@testable import Features

/// An engine that judges how each question that it is asked is answered.
final class JudgedDatabase: SQLDatabase {
    private let inner: any SQLDatabase
    private let large: Set<String>
    private let rowLimit: Double
    private let found = Mutex<(problems: Set<String>, questions: Int)>(([], 0))

    init(_ inner: any SQLDatabase, _ large: Set<String>, rowLimit: Double) {
        self.inner = inner
        self.large = large
        self.rowLimit = rowLimit
    }

    /// What read much more than it needs.
    var problems: [String] { found.withLock { $0.problems.sorted() } }
    var questions: Int { found.withLock(\.questions) }

    private func judged<Value>(
        _ body: @escaping @Sendable (any SQLTransaction) throws -> Value
    ) -> @Sendable (any SQLTransaction) throws -> Value {
        { [self] transaction in
            let recorder = PlanRecorder(transaction)
            let value = try body(recorder)
            let problems = try recorder.problems(large, rowLimit: rowLimit)
            found.withLock { found in
                found.problems.formUnion(problems)
                found.questions += recorder.texts.count
            }
            return value
        }
    }

    func read<Value: Sendable>(
        _ scope: SQLScope,
        _ body: @escaping @Sendable (any SQLTransaction) throws -> Value
    ) async throws -> Value {
        try await inner.read(scope, judged(body))
    }

    func write<Value: Sendable>(
        _ scope: SQLScope,
        _ body: @escaping @Sendable (any SQLTransaction) throws -> Value
    ) async throws -> Value {
        try await inner.write(scope, judged(body))
    }

    var dialect: SQLDialect { inner.dialect }
    var gauges: [StorageGauge] { inner.gauges }
    func version(of household: HouseholdID) async throws -> Int64? {
        try await inner.version(of: household)
    }
    func ping() async throws { try await inner.ping() }
    func close() async throws { try await inner.close() }
}
