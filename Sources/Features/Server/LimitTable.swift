import RESP

/// How often the routes of each class may be called.
package struct LimitTable: Sendable {
    private(set) var limits: [LimitClass: [RateLimit]]

    /// What holds where nothing else was set.
    package static let standard = LimitTable(limits: [
        .auth: [RateLimit(20, perSeconds: 60), RateLimit(100, perSeconds: 3_600)],
        .signIn: [RateLimit(5, perSeconds: 900)],
        .register: [RateLimit(3, perSeconds: 3_600)],
        .reset: [RateLimit(3, perSeconds: 3_600)],
        .transactions: [RateLimit(600, perSeconds: 60), RateLimit(20_000, perSeconds: 3_600)],
        .reports: [RateLimit(30, perSeconds: 60), RateLimit(300, perSeconds: 3_600)],
        .imports: [RateLimit(10, perSeconds: 60), RateLimit(60, perSeconds: 3_600)],
        .exports: [RateLimit(10, perSeconds: 60), RateLimit(50, perSeconds: 3_600)],
        .assistant: [RateLimit(10, perSeconds: 60), RateLimit(60, perSeconds: 3_600)],
        .modelTraining: [RateLimit(2, perSeconds: 60), RateLimit(10, perSeconds: 3_600)],
        .general: [RateLimit(300, perSeconds: 60), RateLimit(5_000, perSeconds: 3_600)],
    ])

    /// What is wrong with a line of a file of limits.
    package struct Fault: Error, Equatable {
        package let line: Int
        package let reason: String
    }

    init(limits: [LimitClass: [RateLimit]]) {
        self.limits = limits
    }

    /// Reads lines such as `sign_in = 5/15m` or `general = 300/1m, 5000/1h`; `off` lifts a class's
    /// limits, and a class that is not named keeps its usual ones.
    package init(text: String) throws(Fault) {
        limits = Self.standard.limits
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        for (index, line) in lines.enumerated() {
            let plain = String(line.prefix { $0 != "#" }).trimmed
            if plain.isEmpty { continue }
            let parts = plain.split(separator: "=", maxSplits: 1).map { String($0).trimmed }
            guard parts.count == 2, let name = LimitClass(rawValue: parts[0]), name != .exempt
            else {
                let names = LimitClass.allCases.filter { $0 != .exempt }.map(\.rawValue)
                throw Fault(
                    line: index + 1,
                    reason: "expected a class (\(names.joined(separator: ", "))) = limits"
                )
            }
            guard let read = Self.limits(parts[1]) else {
                throw Fault(
                    line: index + 1,
                    reason: "expected limits such as 300/1m, 5000/1h or off"
                )
            }
            limits[name] = read
        }
    }

    private static func limits(_ text: String) -> [RateLimit]? {
        if text == "off" { return [] }
        var limits: [RateLimit] = []
        for part in text.split(separator: ",") {
            guard let limit = limit(String(part).trimmed) else { return nil }
            limits.append(limit)
        }
        return limits.isEmpty ? nil : limits
    }

    private static let units: [Character: Int] = ["s": 1, "m": 60, "h": 3_600]

    private static func limit(_ text: String) -> RateLimit? {
        let parts = text.split(separator: "/")
        guard parts.count == 2, let count = Int(parts[0]), (1...1_000_000).contains(count),
            let unit = parts[1].last.flatMap({ units[$0] }), let number = Int(parts[1].dropLast()),
            (1...86_400).contains(number), number * unit <= 86_400
        else { return nil }
        return RateLimit(count, perSeconds: number * unit)
    }
}
