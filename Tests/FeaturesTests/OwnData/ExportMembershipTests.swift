import HTTPTypes
import Hummingbird
import Ledger
import NIOCore
import Storage
import Synchronization
import Testing

@testable import Features

/// An export is read for minutes: whoever is put out meanwhile gets no more of it.
@Suite struct ExportMembershipTests {
    /// Takes what is written, and does something before the first piece.
    private struct Reader: ResponseBodyWriter {
        let taken: Taken
        let act: @Sendable () async throws -> Void

        final class Taken: Sendable {
            let bytes = Mutex<[UInt8]>([])
            let isFinished = Mutex(false)
        }

        mutating func write(_ buffer: ByteBuffer) async throws {
            let isFirst = taken.bytes.withLock { bytes in
                defer { bytes += Array(buffer.readableBytesView) }
                return bytes.isEmpty
            }
            if isFirst { try await act() }
        }

        consuming func finish(_: HTTPFields?) async throws {
            taken.isFinished.withLock { $0 = true }
        }
    }

    /// Ann's household, with enough in it that it comes in several pieces.
    private func with(
        _ engine: Engine,
        _ body: @escaping @Sendable (OwnDataBench) async throws -> Void
    ) async throws {
        try await withServer(engine) { server in
            let environment = server.environment
            let ann = try await server.nobody.register("Ann")
            let email = try #require(EmailAddress("ann@example.org"))
            let owner = try #require(try await LocalPerson(environment).findMember(email: email))
            try await DemoBook(transactions: 700).fill(as: owner, environment) { _ in }
            try await body(
                OwnDataBench(server: server, caller: ann, household: owner.household)
            )
        }
    }

    /// Somebody who joined it.
    private struct Reading: Sendable {
        let own: OwnDataBench
        let name: String
        let person: PersonID
        let memberships: [Member]

        init(_ name: String, _ own: OwnDataBench) async throws {
            let caller = try await own.join(name, as: .viewer)
            let id = try #require(PersonID(try await own.id(of: caller)))
            (self.own, self.name, person) = (own, name, id)
            memberships = try await own.server.environment.database.read(.shared) { transaction in
                let people = PersonStore(transaction)
                return try people.memberships(of: people.loadPerson(id))
            }
        }

        var archive: Response {
            OwnDataArchive(
                environment: own.server.environment,
                person: person,
                memberships: memberships
            ).response()
        }

        func register() throws -> Response {
            TransactionExport(
                environment: own.server.environment,
                member: try #require(memberships.first { $0.household == own.household }),
                filter: try FieldReader.read(from: [])
            ).response()
        }
    }

    private typealias Act = @Sendable (Reading) async throws -> Void
    private var acts: [Act] { [remove, hide, disable] }

    private func read(
        _ response: Response,
        _ act: @escaping @Sendable () async throws -> Void
    ) async throws -> [UInt8] {
        let taken = Reader.Taken()
        let error = await #expect(throws: APIError.self) {
            try await response.body.write(Reader(taken: taken, act: act))
        }
        #expect(error?.code == "export.ended")
        #expect(!taken.isFinished.withLock { $0 })
        return taken.bytes.withLock { $0 }
    }

    @Sendable private func remove(_ reading: Reading) async throws {
        let path = "household/members/\(reading.person)"
        let gone = try await reading.own.caller.call(.delete, path)
        #expect(gone.status == 204, "\(gone)")
    }

    @Sendable private func hide(_ reading: Reading) async throws {
        let made = try await reading.own.caller.call(
            .post,
            "accounts",
            ["name": .string("Not for \(reading.name)"), "kind": "cash", "currency": "EUR"]
        )
        let id = try #require(made.data["id"]?.text, "\(made)")
        let hidden = try await reading.own.caller.call(
            .put,
            "accounts/\(id)/visibility",
            ["visibility": "except", "members": [.string(reading.person.description)]]
        )
        #expect(hidden.status == 200, "\(hidden)")
    }

    @Sendable private func disable(_ reading: Reading) async throws {
        let (person, now) = (reading.person, reading.own.server.clock.now)
        try await reading.own.server.environment.database.write(.shared) {
            try $0.execute("UPDATE person SET disabled_at = \(now) WHERE id = \(person)")
        }
    }

    @Test(arguments: Engine.present)
    func `what is handed out ends where a membership, a view or a person does`(
        engine: Engine
    ) async throws {
        try await with(engine) { own in
            let script = """
                import io, sys, zipfile
                file = io.BytesIO(sys.stdin.buffer.read())
                print("true" if zipfile.is_zipfile(file) else "false")
                """
            for (number, act) in acts.enumerated() {
                let archived = try await Reading("Bob\(number)", own)
                let listed = try await Reading("Cid\(number)", own)

                let archive = try await read(archived.archive) { try await act(archived) }
                let register = try await read(try listed.register()) { try await act(listed) }

                #expect(archive.count > 1_000)
                #expect(try PythonReader.run(script, archive) == .boolean(false))
                #expect(register == Array("\(TransactionExport.header)\r\n".utf8))
            }
        }
    }
}
