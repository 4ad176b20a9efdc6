import Foundation
import Ledger
import Storage
import TestSupport
import Testing

@testable import Features

@Suite struct TrailArchiveTests {
    /// A household whose trail has old entries and young ones, and a folder for the archive.
    struct Bench: Sendable {
        let home: TestHome
        let archive: TrailArchive
        let heads: TrailHeads

        var environment: ServerEnvironment { home.fixture.environment }
        var clock: FixtureClock { home.fixture.clock }

        static let year: Int64 = 366 * 86_400

        static func with(
            _ engine: TestEngine,
            _ body: @escaping @Sendable (Bench) async throws -> Void
        ) async throws {
            try await LedgerFixture.with(engine) { fixture in
                try await TemporarySQLite.withFolder { folder in
                    let folder = folder.appending(path: "audit-archive")
                    let bench = Bench(
                        home: try await fixture.makeHome("One"),
                        archive: TrailArchive(folder: folder),
                        heads: TrailHeads(folder: folder)
                    )
                    try await bench.add(3)
                    try await body(bench)
                }
            }
        }

        func add(_ count: Int) async throws {
            for number in 0..<count {
                let change = AuditNote.Change(
                    entity: environment.ids.next(Entity.Transaction.self).value,
                    before: nil,
                    after: Array("{\"n\":\(number)}".utf8)
                )
                try await home.write { write in
                    write.record(
                        AuditNote("bulk_patch", "transaction", nil, changes: [change, change])
                    )
                }
            }
        }

        func run(years: Int = 7) async throws -> Int {
            try await TrailArchiving(environment, archive: archive, years: years).run()
        }

        func findings() async throws -> [String] {
            try await Doctor(
                home.fixture.database,
                keys: environment.keys,
                files: TrailFiles(archive: archive)
            ).examine(at: clock.now).findings.map(\.line)
        }

        func files() throws -> [URL] {
            try FileManager.default.contentsOfDirectory(
                at: archive.folder,
                includingPropertiesForKeys: nil
            ).sorted { $0.path < $1.path }
        }

        /// What the table holds, and where the archive ends.
        func table() async throws -> [Int64] {
            [
                try await home.number("SELECT COUNT(*) FROM audit_entry"),
                try await home.number("SELECT COUNT(*) FROM audit_change"),
                try await home.number(
                    "SELECT audit_archived FROM household WHERE id = \(home.household)"
                ),
            ]
        }
    }

    @Test(arguments: TestEngine.present)
    func `old entries go to a file and the chain holds through it`(engine: TestEngine) async throws
    {
        try await Bench.with(engine) { bench in
            let before = try await bench.findings()
            let early = try await bench.run()
            bench.clock.advance(seconds: 7 * Bench.year - 60)
            try await bench.add(1)
            let stillEarly = try await bench.run()
            bench.clock.advance(seconds: 61)
            let moved = try await bench.run()
            let table = try await bench.table()
            try await bench.add(2)

            #expect(before == [] && early == 0 && stillEarly == 0)
            #expect(moved == 4)
            // One young entry and the archiving's own are left.
            #expect(table == [2, 2, 4])
            #expect(try await bench.findings() == [])
            let names = try bench.files().map(\.lastPathComponent)
            #expect(names == ["\(bench.home.household)-1-4.jsonl.gz"])
            #expect(try await bench.run() == 0)

            bench.clock.advance(seconds: 8 * Bench.year)
            #expect(try await bench.run() == 4)
            #expect(try await bench.findings() == [])
            #expect(try bench.files().count == 2)
        }
    }

    @Test(arguments: TestEngine.present)
    func `a file that is gone, changed or another's is found`(engine: TestEngine) async throws {
        try await Bench.with(engine) { bench in
            bench.clock.advance(seconds: 8 * Bench.year)
            _ = try await bench.run()
            let file = try #require(try bench.files().first)
            let whole = try Data(contentsOf: file)
            let lines = try #require(Gzip.decompress([UInt8](whole), limit: 1 << 20))
            let text = String(decoding: lines, as: UTF8.self)
            func store(_ text: String) throws {
                try Data(Gzip.compress(Array(text.utf8)) ?? []).write(to: file)
            }
            let entries = text.split(separator: "\n").map(String.init)
            let damages: [(String, () throws -> Void)] = [
                ("gone", { try FileManager.default.removeItem(at: file) }),
                ("cut", { try whole.prefix(whole.count / 2).write(to: file) }),
                ("empty", { try Data().write(to: file) }),
                (
                    "edited",
                    {
                        try store(
                            text.replacing("\"actor\":\"person\"", with: "\"actor\":\"rule\"")
                        )
                    }
                ),
                ("shorter", { try store(entries.dropLast(3).joined(separator: "\n")) }),
                (
                    "reordered",
                    { try store((entries.dropFirst() + entries.prefix(1)).joined(separator: "\n")) }
                ),
                (
                    "a row less",
                    {
                        try store(
                            (entries.prefix(3) + entries.dropFirst(4)).joined(separator: "\n")
                        )
                    }
                ),
            ]
            for (name, damage) in damages {
                try damage()
                let findings = try await bench.findings()
                #expect(findings.contains { $0.contains("audit_archive") }, "\(name): \(findings)")
                try whole.write(to: file)
                #expect(try await bench.findings() == [], "\(name)")
            }
        }
    }

    @Test(arguments: TestEngine.present)
    func `nothing leaves the table but what was archived`(engine: TestEngine) async throws {
        try await Bench.with(engine) { bench in
            bench.clock.advance(seconds: 8 * Bench.year)
            try await bench.add(1)
            let household = bench.home.household
            let hash: SQLText = """
                (SELECT hash FROM audit_entry WHERE household_id = \(household) AND sequence = 2)
                """
            let statements: [SQLText] = [
                "DELETE FROM audit_entry WHERE household_id = \(household)",
                "DELETE FROM audit_change WHERE household_id = \(household)",
                // Not past what is there, and not with another's hash.
                "UPDATE household SET audit_archived = 99 WHERE id = \(household)",
                """
                UPDATE household SET audit_archived = 3, audit_archived_head = \(hash)
                WHERE id = \(household)
                """,
                "UPDATE household SET audit_archived_head = \(hash) WHERE id = \(household)",
            ]
            let before = try await bench.table()
            for statement in statements {
                await #expect(throws: StorageError.refused("audit.append_only")) {
                    try await bench.home.fixture.database.write(.household(household)) {
                        try $0.execute(statement)
                    }
                }
            }
            #expect(try await bench.table() == before)
            _ = try await bench.run()
            for statement: SQLText in [
                statements[0], statements[1],
                "UPDATE household SET audit_archived = 1 WHERE id = \(household)",
                "UPDATE household SET audit_archived = 0, audit_archived_head = NULL WHERE id = \(household)",
            ] {
                await #expect(throws: StorageError.refused("audit.append_only")) {
                    try await bench.home.fixture.database.write(.household(household)) {
                        try $0.execute(statement)
                    }
                }
            }
        }
    }

    @Test(arguments: TestEngine.present)
    func `a run that was ended before it was committed is done again`(
        engine: TestEngine
    ) async throws {
        try await Bench.with(engine) { bench in
            bench.clock.advance(seconds: 8 * Bench.year)
            let household = bench.home.household
            let due = try await bench.home.read {
                try ArchiveStore(transaction: $0, household: household).due(
                    before: .init(microseconds: .max)
                )
            }
            // The file stands there, half of it under another name, and nothing has left the table.
            _ = try bench.archive.write(Array(due.entries.prefix(2)), of: .household(household))
            #expect(try await bench.findings() == [])

            #expect(try await bench.run() == 4)
            #expect(try await bench.findings() == [])
        }
    }

    @Test(arguments: TestEngine.present)
    func `an archived entry is not there to be taken back`(engine: TestEngine) async throws {
        try await Bench.with(engine) { bench in
            bench.clock.advance(seconds: 8 * Bench.year)
            _ = try await bench.run()
            let (environment, home) = (bench.environment, bench.home)

            let error = await #expect(throws: APIError.self) {
                try await home.write { write in
                    _ = try TrailUndo(
                        write: write,
                        keys: environment.keys,
                        imports: ImportService(environment)
                    ).run(2)
                }
            }

            #expect(error?.code == "audit.not_found")
        }
    }

    // MARK: People

    static func addEvents(_ bench: Bench, _ count: Int) async throws {
        let (environment, person) = (bench.environment, bench.home.member.person)
        for _ in 0..<count {
            for owner in [TrailOwner.server, .person(person)] {
                try await environment.database.write(.shared) {
                    try SecurityTrail($0, environment).add(
                        SecurityEvent(
                            "sign_in",
                            about: owner,
                            by: .person(person),
                            on: ClientDevice(device: "Phone", address: "192.0.2.1"),
                            requestID: "r"
                        )
                    )
                }
            }
        }
    }

    @Test(arguments: TestEngine.present)
    func `old entries of people and of the server go to files of their own`(
        engine: TestEngine
    ) async throws {
        try await Bench.with(engine) { bench in
            try await Self.addEvents(bench, 2)
            bench.clock.advance(seconds: 8 * Bench.year)
            try await Self.addEvents(bench, 1)

            let moved = try await bench.run()
            let left = try await bench.environment.database.read(.shared) {
                try $0.rows(
                    "SELECT action FROM trail_entry ORDER BY trail_id, sequence"
                ) { try $0.text() }
            }

            // Four of the household, and two of each trail.
            #expect(moved == 8)
            #expect(left == ["sign_in", "archive", "sign_in", "archive"])
            #expect(try await bench.findings() == [])
            let names = try bench.files().map(\.lastPathComponent)
            #expect(
                names.filter { $0.hasPrefix("person-") && $0.hasSuffix("-1-2.jsonl.gz") }.count == 2
            )
            #expect(try await bench.run() == 0)
            for file in try bench.files() where file.lastPathComponent.hasPrefix("person-") {
                let whole = try Data(contentsOf: file)
                try whole.prefix(20).write(to: file)
                #expect(try await bench.findings().contains { $0.contains("audit_archive") })
                try FileManager.default.removeItem(at: file)
                #expect(try await bench.findings().contains { $0.contains("is missing") })
                try whole.write(to: file)
            }
            #expect(try await bench.findings() == [])
        }
    }

    @Test(arguments: TestEngine.present)
    func `nothing leaves a person's trail but what was archived`(
        engine: TestEngine
    ) async throws {
        try await Bench.with(engine) { bench in
            try await Self.addEvents(bench, 2)
            for statement: SQLText in [
                "DELETE FROM trail_entry", "UPDATE trail SET archived = 1",
                "UPDATE trail SET archived = 1, archived_head = head",
            ] {
                await #expect(throws: StorageError.refused("audit.append_only")) {
                    try await bench.environment.database.write(.shared) {
                        try $0.execute(statement)
                    }
                }
            }
        }
    }

    // MARK: Gzip

    @Test func `gzip gives back what it took, member by member, within its limit`() {
        let text = Array(String(repeating: "ledger ", count: 40_000).utf8)
        let packed = Gzip.compress(text) ?? []

        #expect(Gzip.decompress(packed, limit: text.count) == text)
        #expect(Gzip.decompress(packed + packed, limit: 2 * text.count) == text + text)
        #expect(Gzip.decompress(packed, limit: text.count - 1) == nil)
        #expect(Gzip.decompress(Array(packed.dropLast()), limit: .max) == nil)
        #expect(Gzip.decompress([], limit: .max) == nil)
        #expect(Gzip.decompress(Array("no gzip".utf8), limit: .max) == nil)
    }
}
