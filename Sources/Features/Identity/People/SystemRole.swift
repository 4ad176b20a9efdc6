/// What a person may do on the whole server, whatever household they are in.
package enum SystemRole: String, CaseIterable, Sendable {
    case user, support, auditor, admin

    package var permissions: Set<SystemPermission> {
        switch self {
        case .user: []
        case .support: [.usersRead, .usersSessions]
        case .auditor: [.auditRead, .systemRead]
        case .admin: Set(SystemPermission.allCases)
        }
    }
}

/// A permission, written `resource:action`. None of them opens a household's money.
package enum SystemPermission: String, CaseIterable, Sendable {
    case usersRead = "users:read"
    case usersWrite = "users:write"
    case usersSessions = "users:sessions"
    case auditRead = "audit:read"
    case systemRead = "system:read"
    case settingsWrite = "settings:write"
    case jobsWrite = "jobs:write"
}
