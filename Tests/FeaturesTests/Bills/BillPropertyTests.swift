import HTTPTypes
import Ledger
import Storage
import Testing

@testable import Features

/// An occurrence is booked once, whatever is retried, imported, deleted, taken back or done twice.
@Suite struct BillPropertyTests {
    private struct Steps {
        var state: UInt64

        mutating func next(_ bound: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % bound
        }
    }

    @Test(arguments: Engine.present, [UInt64(1), 2, 3])
    func `an occurrence is booked once`(engine: Engine, seed: UInt64) async throws {
        try await BillBench.with(engine) { bench in
            var steps = Steps(state: seed)
            let bill = try await bench.add([
                ("start_on", "2026-03-12"), ("repeat", "FREQ=DAILY"), ("days_before", 1),
                ("days_after", 1), ("auto_post", true),
            ])
            let days = (12...18).map { "2026-03-\($0)" }
            for step in 0..<40 {
                bench.server.clock.advance(seconds: 1)
                let day = days[steps.next(days.count)]
                switch steps.next(9) {
                case 0: _ = try await bench.runDue()
                case 1:
                    async let first = bench.act("post", bill, day, [:])
                    async let second = bench.act("post", bill, day, [:])
                    _ = try await (first, second)
                case 2:
                    let all = try await bench.transactions()
                    guard let batch = all.lazy.compactMap({ $0[text: "import_id"] }).first else {
                        continue
                    }
                    try await bench.caller.call(.delete, "imports/\(batch)")
                case 3:
                    let file = "Date,Payee,Amount\n\(day),Homes Ltd,-950.00"
                    _ = try await bench.old.bench.take(file)
                case 4:
                    let all = try await bench.transactions()
                    guard !all.isEmpty else { continue }
                    let one = all[steps.next(all.count)].id
                    try await bench.caller.call(.delete, "transactions/\(one)")
                case 5:
                    let all = try await bench.transactions("&include_deleted=true")
                    guard !all.isEmpty else { continue }
                    let one = all[steps.next(all.count)].id
                    try await bench.caller.call(.post, "transactions/\(one)/restore")
                case 6: try await bench.act(step % 2 == 0 ? "skip" : "unskip", bill, day)
                case 7:
                    let entry = try await bench.caller.get("audit-logs?limit=1").data[0].id
                    try await bench.caller.call(.post, "audit-logs/\(entry)/undo")
                default: try await bench.pay(on: day, [("payee", "Homes Ltd")])
                }
                try await expectOnce(bench, "seed \(seed), step \(step)")
            }
            try await bench.old.expectWholeBooks()
        }
    }

    /// Of no occurrence there are two bookings, deleted ones included, and no transaction pays two.
    private func expectOnce(_ bench: BillBench, _ note: String) async throws {
        let booked = try await bench.old.count("bill_payment", where: "kind = 'posted'")
        let made = try await bench.old.count(
            "ledger_transaction",
            where: """
                (source = 'system' OR source = 'manual' AND EXISTS (SELECT 1 FROM bill_payment p
                    WHERE p.transaction_id = ledger_transaction.id AND p.kind = 'posted'))
                """
        )
        #expect(made == booked, "\(note)")
        let times = try await bench.caller.get("bills/occurrences?from=2026-03-01&limit=500")
        for one in times.data.elements {
            let posted = one["payments"]?.elements.filter { $0[text: "kind"] == "posted" } ?? []
            #expect(posted.count <= 1, "\(note)")
        }
    }
}
