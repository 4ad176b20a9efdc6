import Crypto
@testable import Features
import Foundation
import HTTPTypes
import Ledger
import Storage
import Synchronization
import Testing

/// Master keys that change while the server works, and the keys of access tokens.
@Suite struct KeyTests {
    /// Keys that a test can change, as an operator changes those of a folder.
    private final class Folder: Sendable {
        private let keys: Mutex<[SymmetricKey]>

        init() { keys = Mutex([SymmetricKey(size: .bits256)]) }

        var all: [SymmetricKey] { keys.withLock { $0 } }

        func change() {
            keys.withLock { $0 = [SymmetricKey(size: .bits256), $0[0]] }
        }

        func forgetPrevious() {
            keys.withLock { $0 = [$0[0]] }
        }
    }

    private func household(_ number: UInt64) -> HouseholdID {
        HouseholdID(UniqueID(high: 1, low: number))
    }

    @Test func `what was wrapped before a change opens after it, without a restart`() throws {
        let folder = Folder()
        let (one, other) = (
            HouseholdKeys(try MasterKeys { folder.all }),
            HouseholdKeys(try MasterKeys { folder.all })
        )
        let old = try one.makeWrapped(for: household(1))
        let sealed = try one.seal([1, 2], for: household(1), wrapped: old, place: "p")
        folder.change()
        try one.masters.reload()
        let new = try one.rewrap(old, of: household(1))

        // The other node has not read its keys again.
        let opened = try other.open(sealed, for: household(1), wrapped: new, place: "p")

        #expect(opened == [1, 2])
        #expect(one.masters.isCurrent(new) && !one.masters.isCurrent(old))
        #expect(try one.open(sealed, for: household(1), wrapped: old, place: "p") == [1, 2])
    }

    @Test func `a key that was forgotten opens nothing`() throws {
        let folder = Folder()
        let old = try HouseholdKeys(try MasterKeys { folder.all }).makeWrapped(for: household(1))
        folder.change()
        folder.forgetPrevious()
        let after = HouseholdKeys(try MasterKeys { folder.all })

        #expect(throws: KeyError.unknownMaster) {
            try after.seal([], for: household(1), wrapped: old, place: "p")
        }
    }

    @Test func `a wrapped key opens for its own household alone, and not when it was changed`()
        throws
    {
        let keys = HouseholdKeys(master: SymmetricKey(size: .bits256))
        let wrapped = try keys.makeWrapped(for: household(1))

        #expect(throws: (any Error).self) {
            try keys.seal([], for: household(2), wrapped: wrapped, place: "p")
        }
        for index in wrapped.indices {
            var broken = wrapped
            broken[index] ^= 1
            #expect(throws: (any Error).self) {
                try keys.seal([], for: household(1), wrapped: broken, place: "p")
            }
        }
        #expect(throws: KeyError.damaged) {
            try keys.seal([], for: household(1), wrapped: Array(wrapped.dropLast()), place: "p")
        }
    }

    @Test func `a sealed text opens at its place alone`() throws {
        let keys = HouseholdKeys(master: SymmetricKey(size: .bits256))
        let wrapped = try keys.makeWrapped(for: household(1))
        let sealed = try keys.seal([7], for: household(1), wrapped: wrapped, place: "a/1")

        #expect(throws: (any Error).self) {
            try keys.open(sealed, for: household(1), wrapped: wrapped, place: "a/2")
        }
        #expect(throws: (any Error).self) {
            try keys.open(
                Array(sealed.dropLast()),
                for: household(1),
                wrapped: wrapped,
                place: "a/1"
            )
        }
    }

    /// Security bar C2.
    @Test(arguments: Engine.present)
    func `every data key is wrapped anew while people work, and the last key is useless after`(
        engine: Engine
    ) async throws {
        let folder = Folder()
        var options = TestServerOptions()
        options.masters = try MasterKeys { folder.all }
        try await withServer(engine, options) { server in
            let ann = try await server.nobody.register("Ann")
            _ = try await server.nobody.register("Bob")
            let rewrap = KeyRewrap(server.environment.database, server.environment.keys)
            let gone = try await server.nobody.register("Gone")
            let erased = HouseholdID(
                try await gone.get("auth/me").data["household"]?["id"]?.text ?? ""
            )
            try await server.environment.database.write(.shared) {
                try $0.execute(
                    "UPDATE household SET sealed_key = \([UInt8]()) WHERE id = \(erased)"
                )
            }
            folder.change()
            try server.environment.keys.masters.reload()
            #expect(try await rewrap.waiting() >= 4)

            let counts = try await withThrowingTaskGroup(of: Int.self) { group in
                for number in 0..<10 {
                    group.addTask {
                        try await ann.call(
                            .post,
                            "accounts",
                            [
                                "name": .string("Account \(number)"), "kind": "cash",
                                "currency": "EUR",
                            ]
                        ).status
                    }
                }
                for _ in 0..<2 { group.addTask { try await rewrap.run() } }
                return try await group.reduce(into: []) { $0.append($1) }
            }

            #expect(counts.filter { $0 == 201 }.count == 10)
            #expect(try await rewrap.waiting() == 0)
            folder.forgetPrevious()
            try server.environment.keys.masters.reload()
            #expect(try await ann.get("accounts").data.elements.count == 10)
            let doctor = Doctor(server.environment.database, keys: server.environment.keys)
            #expect(try await doctor.examine().findings.allSatisfy { $0.household == erased })
        }
    }

    // MARK: Access tokens

    private func issue(_ tokens: AccessTokens) async throws -> String {
        try await tokens.issue(
            to: PersonID(UniqueID(high: 1, low: 1)),
            session: SessionID(UniqueID(high: 1, low: 2)),
            epoch: 0,
            id: UniqueID(high: 1, low: 3),
            at: Instant(microseconds: 1_700_000_000_000_000)
        )
    }

    private let now = Instant(microseconds: 1_700_000_001_000_000)

    @Test(arguments: TokenAlgorithm.allCases)
    func `a token of the last key is good as long as the key is kept`(
        algorithm: TokenAlgorithm
    ) async throws {
        let folder = Folder()
        let tokens = AccessTokens(try await AccessTokenKeys(algorithm) { folder.all })
        let old = try await issue(tokens)
        folder.change()
        try await tokens.keys.reload()
        let new = try await issue(tokens)

        #expect(try await tokens.verify(old, at: now).epoch == 0)
        #expect(try await tokens.verify(new, at: now).epoch == 0)
        folder.forgetPrevious()
        try await tokens.keys.reload()
        await #expect(throws: APIError.self) { try await tokens.verify(old, at: now) }
        _ = try await tokens.verify(new, at: now)
    }

    /// Security bar X02.
    @Test func `a token of one algorithm is none of the other`() async throws {
        let folder = Folder()
        let shared = AccessTokens(try await AccessTokenKeys(.hs256) { folder.all })
        let curve = AccessTokens(try await AccessTokenKeys(.es256) { folder.all })
        let (first, second) = (try await issue(shared), try await issue(curve))

        await #expect(throws: APIError.self) { try await curve.verify(first, at: now) }
        await #expect(throws: APIError.self) { try await shared.verify(second, at: now) }
    }

    @Test func `public keys are shown where they are public, and secrets never`() async throws {
        let folder = Folder()
        let shared = try await AccessTokenKeys(.hs256) { folder.all }
        let curve = try await AccessTokenKeys(.es256) { folder.all }

        let read = try JSONReader.read(curve.publicKeys)
        let key = try #require(read["keys"]?[0])

        #expect(String(decoding: shared.publicKeys, as: UTF8.self) == #"{"keys":[]}"#)
        #expect(key["kty"]?.text == "EC" && key["alg"]?.text == "ES256")
        #expect(key["d"] == nil && key["k"] == nil)
        #expect(Base64URL.decode(key["x"]?.text ?? "")?.count == 32)
    }

    @Test func `a passphrase gives the same key each time, and another with another salt`() {
        let salt = [UInt8](repeating: 7, count: 32)
        func bytes(_ key: SymmetricKey) -> [UInt8] { key.withUnsafeBytes { Array($0) } }

        let first = PassphraseKey.master(passphrase: "a long phrase", salt: salt)
        let again = PassphraseKey.master(passphrase: "a long phrase", salt: salt)
        let other = PassphraseKey.master(passphrase: "a long phrase", salt: salt.map { $0 + 1 })

        #expect(bytes(first) == bytes(again))
        #expect(bytes(first) != bytes(other))
        #expect(PassphraseKey.iterations == 600_000)
        #expect(
            bytes(first) == PassphraseKey.derive(Array("a long phrase".utf8), salt, 600_000)
        )
    }
}
