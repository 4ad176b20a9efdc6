import Foundation
import HTTPTypes
import Hummingbird
import Ledger
import NIOCore
import Storage
import Synchronization
import TestSupport
import Testing

@testable import Features

/// What is told while it happens, and to whom.
@Suite struct EventStreamTests {
    /// What a client has read of a stream.
    private final class Page: Sendable {
        private let state = Mutex((text: "", isFinished: false))
        /// Holds up the reader while it is not nil.
        private let gate = Mutex<AsyncStream<Void>?>(nil)

        var text: String { state.withLock(\.text) }
        var isFinished: Bool { state.withLock(\.isFinished) }

        func add(_ buffer: ByteBuffer) async {
            if let gate = gate.withLock(\.self) { for await _ in gate {} }
            state.withLock { $0.text += String(buffer: buffer) }
        }

        func finish() { state.withLock { $0.isFinished = true } }

        /// - Returns: what lets the reader go on, once it is finished.
        func hold() -> AsyncStream<Void>.Continuation {
            let (stream, continuation) = AsyncStream.makeStream(of: Void.self)
            gate.withLock { $0 = stream }
            return continuation
        }

        /// The data of events of a name, in order.
        func data(_ name: String) -> [String] {
            text.components(separatedBy: "\n\n").compactMap { event in
                let lines = event.split(separator: "\n")
                guard lines.first == "event: \(name)", lines.count == 2 else { return nil }
                return String(lines[1].dropFirst("data: ".count))
            }
        }
    }

    private struct PageWriter: ResponseBodyWriter {
        let page: Page

        mutating func write(_ buffer: ByteBuffer) async throws { await page.add(buffer) }

        consuming func finish(_: HTTPFields?) async throws { page.finish() }
    }

    private struct Bench: Sendable {
        let shared: SharedHome
        var hub: EventHub { shared.server.environment.events }

        /// Opens a stream of whoever a caller is.
        func open(_ caller: Caller) async throws -> Page {
            let page = Page()
            let stream = try await stream(of: caller)
            Task {
                var writer: any ResponseBodyWriter = PageWriter(page: page)
                try await stream.write(to: &writer)
            }
            await eventually { page.text.contains("event: notice") }
            return page
        }

        func stream(of caller: Caller) async throws -> EventStream {
            let token = try #require(caller.headers.bearerToken)
            let authenticator = shared.server.authenticator
            let person = try await authenticator.authenticate(token)
            return EventStream(
                environment: shared.server.environment,
                lease: try hub.open(person.person, Set(person.memberships.map(\.household))),
                began: person,
                expiresAt: nil,
                signedIn: { try await authenticator.authenticate(token) }
            )
        }

        func version() async throws -> Int64 {
            try await hub.versions(of: [shared.household])[0].1
        }
    }

    private func with(
        _ engine: Engine,
        _ test: @escaping @Sendable (Bench) async throws -> Void
    ) async throws {
        try await SharedHome.with(engine) { shared in
            shared.server.environment.events.beatByHand()
            try await test(Bench(shared: shared))
        }
    }

    @Test(arguments: Engine.present)
    func `a stream begins with what is, and tells each change in order`(
        engine: Engine
    )
        async throws
    {
        try await with(engine) { bench in
            let shared = bench.shared
            let first = try await bench.version()
            let page = try await bench.open(shared.bob)
            var versions: [Int64] = [first]
            for name in ["A", "B", "C"] {
                _ = try await shared.makeAccount(name)
                let version = try await bench.version()
                versions.append(version)
                await eventually { page.text.contains("\"version\":\(version)") }
            }
            try await shared.tellOfBill("Rent")
            await eventually { page.data("notice").contains(#"{"unread":1}"#) }
            try await bench.shared.bob.call(.post, "notices/read", [:])
            await eventually { page.data("notice").last == #"{"unread":0}"# }
            bench.hub.stop()
            await eventually { page.isFinished }

            let home = shared.household
            let own = page.data("version").filter { $0.contains(home.description) }
            #expect(page.text.hasPrefix("retry: 3000\n\n"))
            #expect(own == versions.map { #"{"household_id":"\#(home)","version":\#($0)}"# })
            #expect(page.text.hasSuffix("event: end\ndata: {\"reason\":\"server_stopping\"}\n\n"))
            await eventually { bench.hub.count == 0 }
        }
    }

    @Test(arguments: Engine.present)
    func `nobody hears of a household that is not theirs, or not any more`(
        engine: Engine
    )
        async throws
    {
        try await with(engine) { bench in
            let shared = bench.shared
            let eve = try await shared.server.nobody.register("Eve")
            let stranger = try await bench.open(eve)
            let page = try await bench.open(shared.bob)
            _ = try await shared.makeAccount("A")
            let seen = try await bench.version()
            await eventually { page.text.contains("\"version\":\(seen)") }
            let bob = shared.bobID.description
            let removed = try await shared.ann.call(.delete, "household/members/\(bob)")
            #expect(removed.status == 204)
            shared.settle()
            _ = try await shared.makeAccount("B")
            await bench.hub.beatOnce()
            await eventually { page.isFinished }
            await bench.hub.beatOnce()

            let last = try await bench.version()
            #expect(page.data("end") == [#"{"reason":"membership_changed"}"#])
            #expect(!page.text.contains("\"version\":\(last)"))
            #expect(!stranger.text.contains(shared.household.description))
            #expect(!stranger.isFinished)
            bench.hub.stop()
            await eventually { stranger.isFinished }
        }
    }

    @Test(arguments: Engine.present)
    func `a stream ends with its session`(engine: Engine) async throws {
        try await with(engine) { bench in
            let page = try await bench.open(bench.shared.bob)
            let out = try await bench.shared.bob.call(.post, "auth/logout")
            #expect(out.status == 204, "\(out)")
            bench.shared.settle()

            await bench.hub.beatOnce()
            await eventually { page.isFinished }

            #expect(page.data("end") == [#"{"reason":"session_ended"}"#])
        }
    }

    @Test func `a stream ends with its token`() async throws {
        let options = {
            var options = TestServerOptions()
            options.keepsStreams = true
            return options
        }()
        try await withServer(.sqlite, options) { server in
            let ann = try await server.nobody.register("Ann")
            async let answer = ann.get("events")
            await eventually { server.environment.events.count == 1 }

            server.clock.advance(seconds: 3_600)
            await server.environment.events.beatOnce()

            let text = try await answer.text
            #expect(
                text.hasSuffix("event: end\ndata: {\"reason\":\"token_expired\"}\n\n"),
                "\(text)"
            )
            #expect(try await answer.headers[.contentType]?.hasPrefix("text/event-stream") == true)
            #expect(try await answer.headers[.init("X-Accel-Buffering")!] == "no")
        }
    }

    @Test func `a silent stream shows that it lives`() async throws {
        try await with(.sqlite) { bench in
            let page = try await bench.open(bench.shared.ann)
            for _ in 1..<EventHub.silentBeats { await bench.hub.beatOnce() }
            let before = page.text
            await bench.hub.beatOnce()
            await eventually { page.text.hasSuffix(": beat\n\n") }

            #expect(!before.contains("beat"))
            bench.hub.stop()
            await eventually { page.isFinished }
        }
    }

    @Test func `a person has so many streams, and a closed one makes room`() async throws {
        try await with(.sqlite) { bench in
            let (ann, home) = (bench.shared.annID, bench.shared.household)
            var leases = try (0..<EventHub.personLimit).map { _ in try bench.hub.open(ann, [home]) }

            #expect(throws: APIError.self) { try bench.hub.open(ann, [home]) }
            let refused = try await bench.shared.ann.get("events")
            let other = try bench.hub.open(bench.shared.bobID, [home])
            leases.removeLast()

            #expect(refused.status == 429)
            #expect(refused.headers[.retryAfter] == "60")
            #expect(bench.hub.count == EventHub.personLimit)
            leases.append(try bench.hub.open(ann, [home]))
            #expect(other.tap.person == bench.shared.bobID)
            leases = []
            #expect(bench.hub.count == 1)
        }
    }

    @Test(arguments: Engine.present)
    func `for a slow reader nothing gathers but the last state`(engine: Engine) async throws {
        try await with(engine) { bench in
            let page = try await bench.open(bench.shared.bob)
            let gate = page.hold()
            let before = page.data("version").count
            for number in 0..<20 { _ = try await bench.shared.makeAccount("A\(number)") }
            for _ in 0..<50 { await bench.hub.beatOnce() }
            let last = try await bench.version()
            gate.finish()
            await eventually { page.text.contains("\"version\":\(last)") }

            // What it was held up with, and one for all the rest.
            #expect(page.data("version").count - before <= 2)
            bench.hub.stop()
            await eventually { page.isFinished }
        }
    }

    @Test(arguments: Engine.present)
    func `what another node changed is found by looking`(engine: Engine) async throws {
        try await with(engine) { bench in
            let shared = bench.shared
            let page = try await bench.open(shared.ann)
            let (home, ann) = (shared.household, shared.annID)
            // As another node does it: this one's hub is not told.
            try await shared.server.environment.database.write(.household(home)) { transaction in
                try transaction.execute(
                    "UPDATE household SET version = version + 7 WHERE id = \(home)"
                )
                try NoticeStore(transaction: transaction).noteChange(of: ann)
            }
            let version = try await bench.version()
            let notices = page.data("notice").count
            for _ in 0..<EventHub.calmBeats { await bench.hub.beatOnce() }

            await eventually { page.text.contains("\"version\":\(version)") }
            await eventually { page.data("notice").count == notices + 1 }
            bench.hub.stop()
            await eventually { page.isFinished }
        }
    }

    @Test func `what another node says over Redis arrives as its own`() async throws {
        try await with(.sqlite) { bench in
            let page = try await bench.open(bench.shared.ann)
            let said = Mutex<[String]>([])
            bench.hub.relay { message in said.withLock { $0.append(message.text) } }
            bench.hub.setRelayed(true)
            let message = EventMessage(Array("h \(bench.shared.household) 4711".utf8))
            bench.hub.take(try #require(message))
            await eventually { page.text.contains("\"version\":4711") }
            _ = try await bench.shared.makeAccount("A")

            let version = try await bench.version()
            #expect(said.withLock(\.self) == ["h \(bench.shared.household) \(version)"])
            bench.hub.stop()
            await eventually { page.isFinished }
        }
    }

    @Test(arguments: ["", "h", "h 1 2", "x a b", "p", "h 01a1fdf1-682d-7001-9709-01a2a002ee10 x"])
    func `what is no message is none`(text: String) {
        #expect(EventMessage(Array(text.utf8)) == nil)
    }

    @Test func `messages are read as they were written`() throws {
        let person = try #require(PersonID("01a1fdf1-682d-7001-9709-01a2a002ee10"))
        let household = HouseholdID(person.value)
        for message in [EventMessage.person(person), .household(household, -3)] {
            #expect(EventMessage(Array(message.text.utf8)) == message)
        }
    }

    @Test func `open streams and people told are counted`() async throws {
        try await with(.sqlite) { bench in
            let lease = try bench.hub.open(bench.shared.annID, [])
            try await bench.shared.tellOfBill("Rent")

            let text = try await bench.shared.server.nobody.get("/metrics").text

            #expect(text.contains("martlet_event_streams 1"))
            #expect(text.contains("martlet_notices_total{kind=\"bill_due\"} 2"))
            #expect(lease.tap.households.isEmpty)
        }
    }
}
