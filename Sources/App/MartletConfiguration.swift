import Configuration
import Features
import Foundation
import Logging
import RESP
import Storage

/// How this server is run, read once at the start from the environment and a file. The environment
/// wins.
struct MartletConfiguration: Sendable {
    let dataDirectory: String
    let database: DatabaseChoice
    /// Nil on a single node without Redis.
    let redis: RESPConfiguration?
    let host: String
    /// 0 lets the system choose.
    let port: Int
    let publicURL: URL
    let registration: RegistrationMode
    let masterKey: MasterKeyChoice
    let tokenAlgorithm: TokenAlgorithm
    let passwordCost: PasswordHasher.Cost
    /// Whether a public list is asked about new passwords.
    let looksUpBreached: Bool
    let requireSecondFactor: Bool
    let openIDProviders: [OpenIDProvider]
    let corsOrigins: [String]
    let trustedProxies: [NetworkRange]
    let logLevel: Logger.Level
    let logFormat: LogFormat
    let webDirectory: String?
    let importLimitBytes: Int
    /// How long the trail's entries stay in the database; older ones lie in files.
    let auditKeepYears: Int
    /// Nil puts letters into a folder.
    let mailRoute: MailRoute?
    let mailSender: MailSender
    /// Nil limits nobody.
    let limitTable: LimitTable?

    enum DatabaseChoice: Sendable {
        case sqlite(path: String)
        /// The owner, where one is given, changes the schema; the serving role then owns nothing.
        case postgres(PostgresConfiguration, owner: PostgresConfiguration?)
    }

    enum LogFormat: String, CaseIterable, Sendable {
        case text, json
    }

    private static let usualImportLimitBytes = 10 << 20

    /// - Parameters:
    ///   - file: the path that `--config` names; else `MARTLET_CONFIG` is looked up.
    ///   - environment: the process's variables.
    /// - Throws: one line that names what is wrong.
    init(file: String?, environment: [String: String]) throws(StartError) {
        try Self.demandKnown(environment)
        let values = try Self.fileValues(file ?? environment["MARTLET_CONFIG"])
        let reader = SettingReader(
            ConfigReader(providers: [
                EnvironmentVariablesProvider(environmentVariables: environment),
                EnvironmentVariablesProvider(environmentVariables: values),
            ])
        )
        dataDirectory = reader.text(.dataDir) ?? "data"
        database = try Self.database(reader, dataDirectory: dataDirectory)
        redis = try Self.redis(reader.text(.redisURL))
        host = reader.text(.host) ?? "127.0.0.1"
        port = try reader.integer(.port, 0...65_535) ?? 8_080
        publicURL = try reader.url(.publicURL) ?? URL(string: "http://localhost:\(port)")!
        registration = try reader.choice(.registration) ?? .open
        masterKey = try reader.masterKey()
        tokenAlgorithm =
            try reader.choice(
                .accessTokenAlgorithm,
                ["hs256": .hs256, "es256": .es256]
            ) ?? .hs256
        passwordCost = try reader.passwordCost() ?? .standard
        looksUpBreached =
            try reader.choice(.breachedPasswords, ["lookup": true, "offline": false]) ?? false
        requireSecondFactor =
            try reader.choice(.requireSecondFactor, ["on": true, "off": false]) ?? false
        openIDProviders = try Self.openIDProviders(reader.text(.oidcProviders))
        corsOrigins = try reader.origins(.corsOrigins)
        trustedProxies = try reader.networks(.trustedProxies)
        logLevel = try reader.choice(.logLevel) ?? .info
        logFormat = try reader.choice(.logFormat) ?? .text
        webDirectory = try Self.webDirectory(reader.text(.webDir))
        importLimitBytes =
            try reader.integer(.importLimitBytes, 1_024...1 << 30) ?? Self.usualImportLimitBytes
        auditKeepYears = try reader.integer(.auditKeepYears, 1...100) ?? 7
        mailRoute = try Self.mailRoute(reader.text(.mailURL))
        mailSender = try Self.mailSender(reader.text(.mailFrom), mayBeLocal: mailRoute == nil)
        limitTable = try Self.limitTable(reader.text(.rateLimits))
    }

    private static func database(
        _ reader: SettingReader,
        dataDirectory: String
    ) throws(StartError) -> DatabaseChoice {
        // Looked at whatever the engine is: a wrong value is a mistake in any case.
        let poolSize = try reader.integer(.databasePoolSize, 1...500)
        let named = try reader.boolean(.databaseNamedStatements)
        guard let url = reader.text(.databaseURL) else {
            return .sqlite(path: dataDirectory + "/martlet.sqlite")
        }
        if url.hasPrefix("sqlite:") {
            let path = url.dropFirst("sqlite:".count)
            let plain = path.hasPrefix("//") ? path.dropFirst(2) : path
            guard !plain.isEmpty else { throw StartError(.databaseURL, "names no file") }
            return .sqlite(path: String(plain))
        }
        var serving = try postgres(.databaseURL, url)
        if let poolSize { serving.poolSize = poolSize }
        if let named { serving.namedStatements = named }
        guard let ownerURL = reader.text(.databaseOwnerURL) else {
            return .postgres(serving, owner: nil)
        }
        return .postgres(serving, owner: try postgres(.databaseOwnerURL, ownerURL))
    }

    private static func redis(_ url: String?) throws(StartError) -> RESPConfiguration? {
        guard let url else { return nil }
        do throws(RESPError) {
            return try RESPConfiguration(url: url)
        } catch .configuration(let reason) {
            throw StartError(.redisURL, "is wrong: \(reason)")
        } catch {
            throw StartError(.redisURL, "is wrong")
        }
    }

    private static func webDirectory(_ path: String?) throws(StartError) -> String? {
        guard let path else { return nil }
        guard FileManager.default.isReadableFile(atPath: path + "/index.html") else {
            throw StartError(.webDir, "\(path) is no built web app: it has no index.html to read")
        }
        return path
    }

    private static func mailRoute(_ address: String?) throws(StartError) -> MailRoute? {
        guard let address else { return nil }
        do throws(MailRoute.Fault) {
            return try MailRoute(address)
        } catch {
            throw StartError(.mailURL, error.reason)
        }
    }

    /// - Parameter mayBeLocal: whether letters stay on this machine, where no sender is refused.
    private static func mailSender(
        _ text: String?,
        mayBeLocal: Bool
    ) throws(StartError) -> MailSender {
        guard let text else {
            guard mayBeLocal, let sender = MailSender("Martlet <martlet@localhost>") else {
                throw StartError(.mailFrom, "must say who letters are from when MAIL_URL is set")
            }
            return sender
        }
        guard let sender = MailSender(text) else {
            throw StartError(.mailFrom, "must be such as Martlet <martlet@example.org>")
        }
        return sender
    }

    private static func limitTable(_ setting: String?) throws(StartError) -> LimitTable? {
        guard let setting else { return .standard }
        guard setting != "off" else { return nil }
        guard let data = FileManager.default.contents(atPath: setting) else {
            throw StartError(
                .rateLimits,
                "must be off or a file of limits; \(setting) cannot be read"
            )
        }
        do throws(LimitTable.Fault) {
            return try LimitTable(text: String(decoding: data, as: UTF8.self))
        } catch {
            throw StartError(.rateLimits, "\(setting):\(error.line): \(error.reason)")
        }
    }

    private static func openIDProviders(_ path: String?) throws(StartError) -> [OpenIDProvider] {
        guard let path else { return [] }
        guard let data = FileManager.default.contents(atPath: path) else {
            throw StartError(.oidcProviders, "must be a file of providers; \(path) cannot be read")
        }
        do throws(OpenIDProviderFile.Fault) {
            return try OpenIDProviderFile(text: String(decoding: data, as: UTF8.self)).providers
        } catch {
            throw StartError(.oidcProviders, "\(path):\(error.line): \(error.reason)")
        }
    }

    private static func postgres(
        _ setting: Setting,
        _ url: String
    ) throws(StartError) -> PostgresConfiguration {
        do {
            return try PostgresConfiguration(url: url)
        } catch StorageError.engine(_, let message) {
            throw StartError(setting, "is wrong: \(message)")
        } catch {
            throw StartError(setting, "is wrong")
        }
    }

    /// Variables of our own that nothing reads are spelling mistakes; those of the tests are not
    /// ours.
    private static func demandKnown(_ environment: [String: String]) throws(StartError) {
        let known = ["MARTLET_CONFIG"]
        for name in environment.keys.sorted()
        where name.hasPrefix("MARTLET_") && !name.hasPrefix("MARTLET_TEST_")
            && !known.contains(name)
        {
            throw StartError("\(name) is no setting of Martlet")
        }
    }

    private static func fileValues(_ path: String?) throws(StartError) -> [String: String] {
        guard let path else { return [:] }
        let text: String
        do {
            text = try String(contentsOfFile: path, encoding: .utf8)
        } catch {
            throw StartError("\(path): the configuration cannot be read as UTF-8 text")
        }
        var values: [String: String] = [:]
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false)
            .enumerated()
        {
            let line = line.trimmingCharacters(in: .whitespaces)
            if line.isEmpty || line.hasPrefix("#") { continue }
            let parts = line.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let key = parts[0].trimmingCharacters(in: .whitespaces)
            guard parts.count == 2 else {
                throw StartError("\(path):\(index + 1): a line is KEY=VALUE, and this has no =")
            }
            guard Setting(rawValue: key) != nil else {
                throw StartError("\(path):\(index + 1): \(key.prefix(64)) is no setting of Martlet")
            }
            guard values[key] == nil else {
                throw StartError("\(path):\(index + 1): \(key) stands twice")
            }
            values[key] = unquoted(parts[1].trimmingCharacters(in: .whitespaces))
        }
        return values
    }

    private static func unquoted(_ value: String) -> String {
        for quote in ["\"", "'"]
        where value.count >= 2 && value.hasPrefix(quote) && value.hasSuffix(quote) {
            return String(value.dropFirst().dropLast())
        }
        return value
    }
}
