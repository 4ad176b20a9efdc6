import Ledger
import Synchronization

/// Derived answers under the household's version: never stale, never thrown away by hand.
///
/// The key holds everything an answer depends on; a write raises the version, so an old answer is
/// never found again and falls out as the oldest.
package final class AnswerCache: Sendable {
    package struct Key: Hashable, Sendable {
        let household: HouseholdID
        let version: Int64
        /// Whoever may see less has other answers.
        let person: PersonID
        let today: LocalDate
        let question: String
    }

    /// How many bytes of answers are kept.
    private let byteLimit: Int

    private struct State {
        var answers: [Key: [UInt8]] = [:]
        var order: [Key] = []
        var oldest = 0
        var bytes = 0
    }

    private let state = Mutex(State())

    package init(byteLimit: Int = 16 << 20) {
        self.byteLimit = byteLimit
    }

    package func answer(to key: Key) -> [UInt8]? {
        state.withLock { $0.answers[key] }
    }

    package func keep(_ answer: [UInt8], for key: Key) {
        guard answer.count < byteLimit / 16 else { return }
        state.withLock { state in
            guard state.answers.updateValue(answer, forKey: key) == nil else { return }
            state.order.append(key)
            state.bytes += answer.count
            while state.bytes > byteLimit, state.oldest < state.order.count {
                let old = state.order[state.oldest]
                state.oldest += 1
                state.bytes -= state.answers.removeValue(forKey: old)?.count ?? 0
            }
            if state.oldest > 1_024, state.oldest * 2 > state.order.count {
                state.order.removeFirst(state.oldest)
                state.oldest = 0
            }
        }
    }
}
