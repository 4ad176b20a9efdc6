import Ledger
import Storage

extension TrailQuery {
    /// The entries that are asked for, as `e`.
    ///
    /// Days are those of the member's own clock.
    func condition(in timeZone: String, household: HouseholdID) -> SQLText {
        var conditions: [SQLText] = ["1 = 1"]
        if let from { conditions.append("e.at >= \(WallClock.start(of: from, in: timeZone))") }
        if let to {
            let end = WallClock.start(of: to.adding(days: 1), in: timeZone)
            conditions.append("e.at < \(end)")
        }
        if let action { conditions.append("e.action = \(action)") }
        if let entity { conditions.append("e.entity = \(entity)") }
        if let actorID { conditions.append("e.actor_id = \(actorID)") }
        switch outcome {
        case .success: conditions.append("(e.outcome IS NULL OR e.outcome = 'success')")
        case .failure, .refused: conditions.append("e.outcome = \(outcome?.rawValue)")
        case nil: break
        }
        if let entityID {
            conditions.append(
                """
                (e.entity_id = \(entityID) OR e.sequence IN (
                    SELECT c.sequence FROM audit_change c
                    WHERE c.household_id = \(household) AND c.entity_id = \(entityID)))
                """
            )
        }
        return conditions.joined(by: " AND ")
    }
}
