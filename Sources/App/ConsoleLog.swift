import Features
import Foundation
import Logging
import Storage

/// Writes log lines to standard error: for people in a terminal, or JSON for machines.
struct ConsoleLog: LogHandler {
    var logLevel: Logger.Level
    var metadata: Logger.Metadata = [:]
    private let format: MartletConfiguration.LogFormat

    init(_ level: Logger.Level, _ format: MartletConfiguration.LogFormat) {
        logLevel = level
        self.format = format
    }

    subscript(metadataKey key: String) -> Logger.MetadataValue? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        line(of: event).withUnsafeBytes { _ = write(STDERR_FILENO, $0.baseAddress, $0.count) }
    }

    /// What is written of an event, with the line feed that ends it.
    func line(of event: LogEvent) -> [UInt8] {
        var all = metadata
        if let more = event.metadata { all.merge(more) { $1 } }
        // Hummingbird's name for what our own lines call `request`.
        all["hb.request.id"] = nil
        return switch format {
        case .text: text(event, all) + [10]
        case .json: json(event, all) + [10]
        }
    }

    private func text(_ event: LogEvent, _ metadata: Logger.Metadata) -> [UInt8] {
        let rest = metadata.sorted { $0.key < $1.key }.map { " \($0.key)=\($0.value)" }.joined()
        return Array("\(Self.now()) \(event.level.rawValue) \(event.message)\(rest)".utf8)
            .map { $0 < 32 ? 32 : $0 }
    }

    private func json(_ event: LogEvent, _ metadata: Logger.Metadata) -> [UInt8] {
        var writer = JSONWriter()
        writer.object { writer in
            writer.name("time"); writer.string(Self.now())
            writer.name("level"); writer.string(event.level.rawValue)
            writer.name("message"); writer.string("\(event.message)")
            for (key, value) in metadata.sorted(by: { $0.key < $1.key }) {
                writer.name(key)
                writer.string("\(value)")
            }
        }
        return writer.bytes
    }

    private static func now() -> String { WallClock.system.now().rfc3339 }
}
