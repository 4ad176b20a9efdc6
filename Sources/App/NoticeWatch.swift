import Features
import Ledger
import ServiceLifecycle
import Synchronization

/// Looks at households soon after they changed for what is to be told of them and asked in them. What it misses, the job
/// finds.
struct NoticeWatch: Service {
    let environment: ServerEnvironment

    /// Many changes are looked at together.
    private static let pause = Duration.seconds(5)

    func run() async throws {
        let look = NoticeLook(environment)
        let changes = environment.events.changes()
        let changed = ChangedHouseholds()
        await withDiscardingTaskGroup { group in
            group.addTask {
                for await household in changes.cancelOnGracefulShutdown() { changed.add(household) }
            }
            while await Rest.takes(Self.pause) {
                for household in changed.take() {
                    await cancelWhenGracefulShutdown { await Self.look(look, household) }
                }
            }
        }
    }

    private static func look(_ look: NoticeLook, _ household: HouseholdID) async {
        do {
            try await look.look(household)
        } catch {
            // The server stops; the next start looks again.
        }
    }
}

private final class ChangedHouseholds: Sendable {
    private let households = Mutex<Set<HouseholdID>>([])

    func add(_ household: HouseholdID) {
        households.withLock { _ = $0.insert(household) }
    }

    func take() -> [HouseholdID] {
        households.withLock { households in
            defer { households = [] }
            return households.sorted()
        }
    }
}
