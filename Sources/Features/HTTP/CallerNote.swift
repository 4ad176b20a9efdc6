package import Ledger
import Synchronization

/// Who a request turned out to come from, told from the inside to what stands around it: the line in
/// the log, and the trail of what was refused.
package final class CallerNote: Sendable {
    private let state = Mutex<(person: PersonID?, member: Member?)>((nil, nil))

    package init() {}

    package var person: PersonID? {
        get { state.withLock(\.person) }
        set { state.withLock { $0.person = newValue } }
    }

    /// Whose household it is about, once that is known.
    package var member: Member? {
        get { state.withLock(\.member) }
        set { state.withLock { $0.member = newValue } }
    }
}
