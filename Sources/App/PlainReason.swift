import Features
import Foundation
import NIOCore
import Storage

/// What stopped a command, in words for whoever started it.
enum PlainReason {
    /// Nil for an error that has words of its own.
    static func line(_ error: any Error) -> StartError? {
        switch error {
        case let error as APIError: StartError(error.message)
        case let error as BackupError: StartError(error.description)
        case let error as StorageError: StartError(of(error))
        case is CocoaError where cause(error)?.code == Int(ENOSPC): StartError(of(.diskFull))
        case is CocoaError: StartError(path(error as NSError) + file(error))
        default:
            String(describing: error).hasPrefix("SQLite error") ? StartError(sqlite(error)) : nil
        }
    }

    private static func of(_ error: StorageError) -> String {
        switch error {
        case .diskFull: "the disk is full: make room and try again, nothing of this was kept"
        case .unavailable(let reason): "the database does not answer: \(reason)"
        case .syncFailed(let reason): "the disk failed to keep what was written: \(reason)"
        // PostgreSQL's object_in_use.
        case .engine("55006", _):
            "the database is in use: stop every program that is connected to it, then try again"
        case .engine(_, let reason): "the database refused: \(reason)"
        case .migration(let reason): "the database cannot be used: \(reason)"
        default: "the database refused: \(error)"
        }
    }

    /// SQLite's own words, without the statement.
    static func sqlite(_ error: any Error) -> String {
        let text = String(describing: error)
        let words = text.range(of: " - while executing").map { text[..<$0.lowerBound] } ?? text[...]
        return String(words)
    }

    /// What the system said of a file, for example "No such file or directory".
    static func file(_ error: any Error) -> String {
        if let cause = cause(error) { return system(Int32(cause.code)) }
        // Foundation begins with words that say nothing.
        return error.localizedDescription
            .replacing("The operation could not be completed. ", with: "")
    }

    /// The system's own error behind one of Foundation's.
    private static func cause(_ error: any Error) -> NSError? {
        let cause = (error as NSError).userInfo[NSUnderlyingErrorKey] as? any Error
        return cause.map { $0 as NSError }.flatMap { $0.domain == NSPOSIXErrorDomain ? $0 : nil }
    }

    static func system(_ code: Int32 = errno) -> String { String(cString: strerror(code)) }

    private static func path(_ error: NSError) -> String {
        (error.userInfo[NSFilePathErrorKey] as? String).map { "\($0): " } ?? ""
    }

    /// Why the server could not listen.
    static func listening(_ error: any Error, host: String, port: Int) -> (any Error) {
        switch (error, (error as? IOError)?.errnoCode) {
        case (_, EADDRINUSE):
            StartError(.port, "\(port) is taken by another program: stop it, or choose another")
        case (_, EACCES):
            StartError(
                .port,
                "\(port) needs rights that this user does not have: choose 1024 or more"
            )
        case (_, EADDRNOTAVAIL): StartError(.host, "\(host) is no address of this machine")
        case (is SocketAddressError.UnknownHost, _):
            StartError(.host, "\(host) is no address and no name that is known here")
        default: error
        }
    }
}
