import Synchronization

/// Makes ids of version 7 that sort in the order in which they were made, within one process.
package final class IDSource: Sendable {
    private let milliseconds: @Sendable () -> UInt64
    private let random: @Sendable () -> UInt64
    private let last = Mutex((milliseconds: UInt64(0), sequence: UInt16(0)))

    /// - Parameters:
    ///   - milliseconds: the time since 1970.
    ///   - random: 64 bits that nobody can guess.
    package init(
        milliseconds: @escaping @Sendable () -> UInt64,
        random: @escaping @Sendable () -> UInt64 = { .random(in: .min ... .max) }
    ) {
        self.milliseconds = milliseconds
        self.random = random
    }

    package func next<Entity>(_: Entity.Type = Entity.self) -> Identifier<Entity> {
        let now = milliseconds()
        let (moment, sequence) = last.withLock { last in
            if now > last.milliseconds {
                last = (now, 0)
            } else if last.sequence == 0x0FFF {
                // A full millisecond borrows from the next: order matters more than the exact time.
                last = (last.milliseconds + 1, 0)
            } else {
                last.sequence += 1
            }
            return last
        }
        return Identifier(UniqueID(milliseconds: moment, sequence: sequence, random: random()))
    }
}
