import Ledger
import Storage
import TestSupport
import Testing

@Suite(.enabled(if: PostgresServer.isPresent, Comment(rawValue: PostgresServer.absence)))
struct PostgresStartTests {
    @Test func `a sound server is accepted without a word`() async throws {
        try await PostgresServer.withEngine { database in
            let warnings = try await database.verifyAtStart()
            #expect(warnings == [])
        }
    }

    @Test(arguments: [
        (value: "off", isAccepted: false), (value: "local", isAccepted: false),
        (value: "on", isAccepted: true), (value: "remote_apply", isAccepted: true),
        (value: "remote_write", isAccepted: true),
    ])
    func `commits that could be lost are refused`(value: String, isAccepted: Bool) async throws {
        try await PostgresServer.withFreshDatabase { configuration in
            let name = try #require(configuration["dbname"])
            let first = PostgresDatabase(configuration)
            try await first.execute(
                .literal("ALTER DATABASE \(name) SET synchronous_commit = \(value)")
            )
            try await first.close()

            let database = PostgresDatabase(configuration)
            if isAccepted {
                _ = try await database.verifyAtStart()
            } else {
                let error = await #expect(throws: StorageError.self) {
                    try await database.verifyAtStart()
                }
                guard case .engine("synchronous_commit", _) = error else {
                    Issue.record("\(String(describing: error))")
                    return
                }
            }
            try await database.close()
        }
    }
}

struct PostgresConfigurationTests {
    @Test func `libpq's own words are understood`() throws {
        let configuration = try PostgresConfiguration(
            url: "postgresql://ada:s%20ecret@db.example:6543/books?sslmode=verify-full"
                + "&sslrootcert=/etc/ca.pem&application_name=books"
        )

        #expect(configuration["host"] == "db.example")
        #expect(configuration["port"] == "6543")
        #expect(configuration["user"] == "ada")
        #expect(configuration["password"] == "s ecret")
        #expect(configuration["dbname"] == "books")
        #expect(configuration["sslmode"] == "verify-full")
        #expect(configuration["sslrootcert"] == "/etc/ca.pem")
        #expect(configuration["application_name"] == "books")
        #expect(configuration["connect_timeout"] == "5")
    }

    @Test func `a socket's folder is understood`() throws {
        let configuration = try PostgresConfiguration(url: "postgres:///books?host=/run/postgresql")

        #expect(configuration["host"] == "/run/postgresql")
        #expect(configuration["dbname"] == "books")
    }

    @Test(arguments: [
        "mysql://a:topsecret@b/c", "postgres://a:topsecret@b:port/c?x",
        "postgres://a:topsecret@[::1/c", "", "topsecret",
        "postgres://a:topsecret@b/c?sslmodus=require",
    ])
    func `what is no URL is refused without repeating it`(url: String) throws {
        let error = #expect(throws: StorageError.self) { try PostgresConfiguration(url: url) }

        #expect(!"\(String(describing: error))".contains("topsecret"))
    }

    @Test func `an unknown parameter is named`() throws {
        #expect(
            throws: StorageError.engine(
                code: "url",
                message: "Not a PostgreSQL URL: invalid URI query parameter: \"sslmodus\""
            )
        ) {
            try PostgresConfiguration(url: "postgres://a@b/c?sslmodus=require")
        }
    }

    @Test func `the password is in nothing that is printed`() throws {
        let configuration = try PostgresConfiguration(url: "postgres://ada:topsecret@db/books")
        var dumped = ""
        dump(configuration, to: &dumped)

        for text in ["\(configuration)", String(reflecting: configuration), dumped] {
            #expect(!text.contains("topsecret"))
            #expect(text.contains("books"))
        }
    }
}
