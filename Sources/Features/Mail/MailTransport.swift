/// A way for letters to leave this machine. There are three: SMTP, Resend, and a folder.
package protocol MailTransport: Sendable {
    /// What people who run the server are told of it. No secret is in it.
    var description: String { get }

    /// Hands a letter over. It blocks, so it runs on a thread of its own.
    func send(_ message: MailMessage) throws(MailFailure)
}

/// Why a letter did not get away. The words are ours: what a server says of a letter may repeat it.
package enum MailFailure: Error, Equatable {
    /// Another time it may: the other side is away, busy, or does not take our settings.
    case later(String)
    /// It never will.
    case refused(String)

    package var reason: String {
        switch self {
        case .later(let reason), .refused(let reason): reason
        }
    }
}
