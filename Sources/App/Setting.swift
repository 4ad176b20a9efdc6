/// Everything that can be set, by its name in the environment and in the file.
enum Setting: String, CaseIterable, Sendable {
    case dataDir = "DATA_DIR"
    case databaseURL = "DATABASE_URL"
    case databaseOwnerURL = "DATABASE_OWNER_URL"
    case databasePoolSize = "DATABASE_POOL_SIZE"
    case databaseNamedStatements = "DATABASE_NAMED_STATEMENTS"
    case redisURL = "REDIS_URL"
    case host = "HOST"
    case port = "PORT"
    case publicURL = "PUBLIC_URL"
    case registration = "REGISTRATION"
    case masterKey = "MASTER_KEY"
    case masterKeyPrevious = "MASTER_KEY_PREVIOUS"
    case masterPassphrase = "MASTER_PASSPHRASE"
    case accessTokenAlgorithm = "ACCESS_TOKEN_ALGORITHM"
    case passwordCost = "PASSWORD_COST"
    case breachedPasswords = "BREACHED_PASSWORDS"
    case requireSecondFactor = "REQUIRE_SECOND_FACTOR"
    case oidcProviders = "OIDC_PROVIDERS"
    case corsOrigins = "CORS_ORIGINS"
    case trustedProxies = "TRUSTED_PROXIES"
    case logLevel = "LOG_LEVEL"
    case logFormat = "LOG_FORMAT"
    case webDir = "WEB_DIR"
    case importLimitBytes = "IMPORT_LIMIT_BYTES"
    case mailURL = "MAIL_URL"
    case mailFrom = "MAIL_FROM"
    case rateLimits = "RATE_LIMITS"
    case auditKeepYears = "AUDIT_KEEP_YEARS"

    /// For example `["data", "dir"]`, as swift-configuration spells DATA_DIR.
    var path: [String] {
        rawValue.lowercased().split(separator: "_").map(String.init)
    }
}
