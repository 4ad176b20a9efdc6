import Ledger
import Storage

/// Says of bulk changes that are older than that is kept which accounts they speak of: their rows are opened once.
package struct TrailTouching: Sendable {
    private let environment: ServerEnvironment

    /// How many entries are looked at in one write.
    private static let batch = 8

    package init(_ environment: ServerEnvironment) {
        self.environment = environment
    }

    /// - Returns: of how many entries it was said.
    package func run() async throws -> Int {
        var count = 0
        try await environment.forEachHousehold(
            orLog: "what the trail's entries speak of could not be written down"
        ) { writer in
            count += try await fill(writer.household)
        }
        return count
    }

    private func fill(_ household: HouseholdID) async throws -> Int {
        var count = 0
        while true {
            try Task.checkCancellation()
            let due = try await environment.database.read(.household(household)) {
                try TrailTouchStore(transaction: $0, household: household)
                    .missing(limit: Self.batch)
            }
            guard !due.isEmpty else { return count }
            let keys = environment.keys
            count += try await environment.database.write(.household(household)) { transaction in
                try Self.write(of: household, keys, transaction)
            }
        }
    }

    private static func write(
        of household: HouseholdID,
        _ keys: HouseholdKeys,
        _ transaction: any SQLTransaction
    ) throws -> Int {
        // The household first, as every change of it does: nothing is archived meanwhile.
        try transaction.takeTurn(of: household)
        let touched = TrailTouchStore(transaction: transaction, household: household)
        let trail = TrailStore(transaction: transaction, household: household)
        let (accounts, key) = (try touched.accounts(), try trail.sealedKey())
        let due = try touched.missing(limit: batch)
        for sequence in due {
            var touches = TrailTouches()
            for row in try trail.changes(of: sequence, from: 0, limit: .max) {
                let place = AuditChain.place(ofChange: row.position, in: sequence, of: row.entity)
                // What cannot be opened is shown to nobody, and for the doctor to tell.
                guard let payload = row.payload,
                    let plain = try? keys.open(payload, for: household, wrapped: key, place: place)
                else { continue }
                touches.add(row.entity, plain, among: accounts)
            }
            try touched.insert(touches, of: sequence)
        }
        return due.count
    }
}
