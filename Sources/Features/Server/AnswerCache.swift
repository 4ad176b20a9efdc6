package import Ledger
import Synchronization

/// Derived answers under the household's version: never stale, never thrown away by hand.
///
/// The key holds everything an answer depends on; a write raises the version, so an old answer is
/// never found again and falls out as the oldest.
package final class AnswerCache: Sendable {
    package struct Key: Hashable, Sendable {
        let household: HouseholdID
        let version: Int64
        let person: PersonID
        /// Whoever sees less has other answers, and what somebody sees may be known a moment late.
        let sees: AccountVision
        let today: LocalDate
        let question: String

        package init(
            household: HouseholdID,
            version: Int64,
            person: PersonID,
            sees: AccountVision = .everything,
            today: LocalDate,
            question: String
        ) {
            self.household = household
            self.version = version
            self.person = person
            self.sees = sees
            self.today = today
            self.question = question
        }
    }

    /// How many bytes of questions and answers are kept.
    private let byteLimit: Int

    /// What an entry takes besides its texts: its places in the table and in the order.
    ///
    /// - Units: bytes
    private static let overhead = 320

    private struct State {
        var answers: [Key: DerivedAnswer] = [:]
        var order: [Key] = []
        var oldest = 0
        var bytes = 0
    }

    private let state = Mutex(State())

    package init(byteLimit: Int = 16 << 20) {
        self.byteLimit = byteLimit
    }

    package func answer(to key: Key) -> DerivedAnswer? {
        state.withLock { $0.answers[key] }
    }

    package func keep(_ answer: DerivedAnswer, for key: Key) {
        guard answer.data.count < byteLimit / 16 else { return }
        state.withLock { state in
            guard state.answers.updateValue(answer, forKey: key) == nil else { return }
            state.order.append(key)
            state.bytes += Self.size(answer, key)
            while state.bytes > byteLimit, state.oldest < state.order.count {
                let old = state.order[state.oldest]
                state.oldest += 1
                state.bytes -=
                    state.answers.removeValue(forKey: old).map { Self.size($0, old) } ?? 0
            }
            if state.oldest > 1_024, state.oldest * 2 > state.order.count {
                state.order.removeFirst(state.oldest)
                state.oldest = 0
            }
        }
    }

    /// How many answers are kept.
    package var count: Int { state.withLock { $0.answers.count } }

    private static func size(_ answer: DerivedAnswer, _ key: Key) -> Int {
        answer.data.count + key.question.utf8.count + overhead
    }
}
