import HTTPTypes
import Ledger
import Storage
import Testing

@testable import Features

/// What is told of payments that were found to come again. It is 15 March 2026.
@Suite struct FoundNoticeTests {
    private func rises(_ shared: SharedHome, of person: PersonID) async throws -> [Notice] {
        try await shared.notices(of: person).filter { $0.kind == .priceRise }
    }

    /// Lets what is there be nobody's news.
    private func begin(_ shared: SharedHome) async throws {
        try await shared.look()
        shared.server.clock.advance(seconds: 700)
    }

    private func dismiss(_ payee: String, _ shared: SharedHome) async throws {
        let found = try await shared.recurring().first { $0[text: "payee"] == payee }
        let key = try #require(found?[text: "key"])
        let answer = try await shared.ann.call(.post, "recurring/\(key)/dismiss")
        #expect(answer.status == 200, "\(answer)")
    }

    @Test(arguments: Engine.present)
    func `a price that rises is told of once, with a link to what was found`(
        engine: Engine
    ) async throws {
        try await SharedHome.with(engine) { shared in
            let giro = try await shared.makeAccount("Giro")
            try await shared.pay("Streamflix", ["9.99"], on: SharedHome.months(6), from: giro)
            try await begin(shared)

            try await shared.pay("Streamflix", ["12.99"], on: ["2026-03-12"], from: giro)
            let told = try await shared.look()
            try await shared.pay("Market hall", ["5"], on: ["2026-03-13"], from: giro)
            try await shared.pay("Streamflix", ["2"], on: ["2026-03-14"], from: giro)
            let again = try await shared.look()
            shared.server.clock.advance(seconds: PurgeBench.day)
            let tomorrow = try await shared.look()

            #expect([told, again, tomorrow] == [2, 0, 0])
            let hers = try await rises(shared, of: shared.annID)
            #expect(hers.map(\.text) == ["Streamflix now costs 12.99 EUR; it was 9.99 EUR."])
            #expect(hers[0].content.link == "/bills/found")
            #expect(hers[0].content.details.date == LocalDate("2026-03-12"))
            #expect(hers[0].content.details.transaction != nil)
            #expect(try await rises(shared, of: shared.bobID).count == 1)
        }
    }

    @Test(arguments: Engine.present)
    func `what is dismissed, a bill, cheaper, income or long ago is not told of`(
        engine: Engine
    ) async throws {
        try await SharedHome.with(engine) { shared in
            let giro = try await shared.makeAccount("Giro")
            let months = SharedHome.months(7)
            for payee in ["Lottery", "Power", "Cheaper"] {
                try await shared.pay(payee, ["20"], on: months, from: giro)
            }
            let old = ["20", "20", "20", "20", "20", "29", "29"]
            try await shared.pay("Older", old, on: months, from: giro)
            try await shared.pay("Employer", ["900"], on: months, from: giro, type: "income")
            try await dismiss("Lottery", shared)
            let bill = try await shared.ann.call(
                .post,
                "bills",
                [
                    "name": "Power", "direction": "expense", "payee": "Power", "amount": "20.00",
                    "start_on": "2026-04-12", "repeat": "FREQ=MONTHLY",
                ]
            )
            #expect(bill.status == 201, "\(bill)")
            try await begin(shared)

            for payee in ["Lottery", "Power"] {
                try await shared.pay(payee, ["25"], on: ["2026-03-12"], from: giro)
            }
            try await shared.pay("Cheaper", ["15"], on: ["2026-03-12"], from: giro)
            try await shared.pay("Older", ["29"], on: ["2026-03-12"], from: giro)
            try await shared.pay(
                "Employer",
                ["800"],
                on: ["2026-03-12"],
                from: giro,
                type: "income"
            )
            try await shared.look()

            #expect(try await rises(shared, of: shared.annID).map(\.text) == [])
        }
    }

    @Test(arguments: Engine.present)
    func `nobody is told of a price on an account that they do not see, nor later`(
        engine: Engine
    ) async throws {
        try await SharedHome.with(engine) { shared in
            let giro = try await shared.makeAccount("Giro")
            let own = try await shared.makeAccount("Presents")
            try await shared.hide(own)
            try await shared.pay("Jeweller", ["50"], on: SharedHome.months(6), from: own)
            try await shared.pay("Streamflix", ["9.99"], on: SharedHome.months(6), from: giro)
            try await begin(shared)
            try await shared.pay("Jeweller", ["60"], on: ["2026-03-12"], from: own)
            try await shared.pay("Streamflix", ["12.99"], on: ["2026-03-12"], from: giro)

            try await shared.look()
            let his = try await rises(shared, of: shared.bobID).map(\.content.details.name)
            try await shared.hide(giro)

            #expect(his == ["Streamflix"])
            #expect(try await rises(shared, of: shared.annID).count == 2)
            #expect(try await rises(shared, of: shared.bobID).isEmpty)
        }
    }

    @Test(arguments: Engine.present)
    func `what was entered ahead is told of on its day`(engine: Engine) async throws {
        try await SharedHome.with(engine) { shared in
            let giro = try await shared.makeAccount("Giro")
            let dates = ["2026-02-02", "2026-02-09", "2026-02-16", "2026-02-23", "2026-03-02"]
            try await shared.pay("Cleaner", ["40"], on: dates + ["2026-03-09"], from: giro)
            try await begin(shared)
            _ = try await shared.spend(
                "48",
                from: giro,
                [("payee", "Cleaner"), ("date", "2026-03-16"), ("state", "posted")]
            )
            let before = try await shared.look()
            shared.server.clock.advance(seconds: PurgeBench.day)

            let onTheDay = try await shared.look()

            #expect([before, onTheDay] == [0, 2])
            #expect(try await rises(shared, of: shared.annID).count == 1)
        }
    }
}
