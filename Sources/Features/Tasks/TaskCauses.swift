import Ledger
import Storage

/// Asks people to act where they have to, and stops asking once the cause is gone.
///
/// A cause makes one task for as long as it lasts: one that somebody ticked or deleted does not come back before the cause has
/// gone and come again. `NoticeLook` asks soon after a household changed; the run a day is for what time alone brings.
package struct TaskCauses: Sendable {
    private let environment: ServerEnvironment
    private let sources: [TaskCauseSource]

    package init(_ environment: ServerEnvironment) {
        self.init(environment, sources: TaskCauseSource.all)
    }

    init(_ environment: ServerEnvironment, sources: [TaskCauseSource]) {
        self.environment = environment
        self.sources = sources
    }

    package struct Report: Sendable, Equatable {
        package var opened = 0
        package var closed = 0
    }

    /// Works through every household. One that fails is logged and left for the next run.
    package func run() async throws -> Report {
        var report = Report()
        try await environment.forEachHousehold(
            orLog: "what a household has to act on could not be found"
        ) { writer in
            _ = try await DueBills(environment).run(as: writer)
            // Without the household's lock, since mostly nothing has changed.
            let isDone = try await environment.database.read(.household(writer.household)) {
                try isSettled(as: writer, $0)
            }
            guard !isDone else { return }
            let part = try await ask(as: writer)
            report.opened += part.opened
            report.closed += part.closed
        }
        return report
    }

    /// In whose right people of a household are to be asked, or not any more; nil where no cause has come or gone.
    func asker(
        in household: HouseholdID,
        _ transaction: any SQLTransaction
    ) throws -> Member? {
        let writers = try SharedPurgeStore(transaction: transaction).writers(of: household)
        guard let writer = writers.first, try !isSettled(as: writer, transaction) else {
            return nil
        }
        return writer
    }

    private struct Difference {
        var new: [TaskCause] = []
        var gone: [TaskID] = []

        var isEmpty: Bool { new.isEmpty && gone.isEmpty }
    }

    private func difference(_ store: TaskCauseStore, at now: Instant) throws -> Difference {
        let causes = try sources.flatMap { try $0.find(store, now) }
        let lasting = try store.lasting()
        let keys = Set(causes.map(\.key))
        return Difference(
            new: causes.filter { lasting[$0.key] == nil },
            gone: lasting.filter { !keys.contains($0.key) }.map(\.value).sorted()
        )
    }

    private func isSettled(
        as writer: Member,
        _ transaction: any SQLTransaction
    ) throws -> Bool {
        let today = environment.clock.today(in: writer.timeZone)
        let store = TaskCauseStore(
            transaction: transaction,
            member: writer.seeingAll,
            today: today
        )
        return try difference(store, at: environment.clock.now()).isEmpty
    }

    /// Asks for what has come and closes what has gone, as it is under the household's lock. Where nothing has, nothing is
    /// written.
    func ask(as writer: Member) async throws -> Report {
        try await environment.write(as: writer, requestID: "tasks") { write in
            let causes = TaskCauseStore(write)
            let found = try difference(causes, at: write.now)
            var changes = try found.gone.compactMap { try Self.end($0, in: write) }
            let closed = changes.count
            for cause in found.new { changes.append(try Self.begin(cause, in: write)) }
            if !found.isEmpty {
                write.record(
                    AuditNote(
                        "ask",
                        "task",
                        nil,
                        changes: changes,
                        actor: "job",
                        isUnattended: true
                    )
                )
            }
            return Report(opened: found.new.count, closed: closed)
        }
    }

    // MARK: One cause

    private static func begin(
        _ cause: TaskCause,
        in write: HouseholdWrite
    ) throws -> AuditNote.Change {
        let store = TaskStore(transaction: write.transaction, member: write.member)
        let record = TaskRecord(
            id: write.ids.next(),
            title: cause.title,
            status: .todo,
            priority: cause.priority,
            dueOn: write.today,
            link: cause.link,
            tags: [],
            cause: cause.key.description,
            position: try store.nextPosition(),
            version: 1,
            createdAt: write.now,
            updatedAt: write.now
        )
        try store.insert(record)
        return try TaskService().change(nil, record.id, store)
    }

    /// Closes the task of a cause that is gone, as part of the change that took it away: the entry of that change stands
    /// for it.
    static func end(_ key: TaskCause.Key, in write: HouseholdWrite) throws {
        let causes = TaskCauseStore(write)
        guard let id = try causes.lasting(key) else { return }
        _ = try end(id, in: write)
    }

    /// - Returns: nil where there was nothing to close any more.
    private static func end(_ id: TaskID, in write: HouseholdWrite) throws -> AuditNote.Change? {
        let store = TaskStore(transaction: write.transaction, member: write.member.seeingAll)
        let before = try store.load(id)
        var record = before.record
        record.causeEndedAt = write.now
        let isOpen = record.status != .done && record.deletedAt == nil
        if isOpen {
            record.status = .done
            record.doneAt = write.now
        }
        try store.update(record, at: write.now)
        return isOpen ? try TaskService().change(before, id, store) : nil
    }
}

extension TaskCauseStore {
    fileprivate init(_ write: HouseholdWrite) {
        self.init(
            transaction: write.transaction,
            member: write.member.seeingAll,
            today: write.today
        )
    }
}

extension Member {
    /// The same, for what the server itself does in their right.
    fileprivate var seeingAll: Member {
        Member(
            household: household,
            person: person,
            role: role,
            currency: currency,
            weekStart: weekStart,
            timeZone: timeZone
        )
    }
}
