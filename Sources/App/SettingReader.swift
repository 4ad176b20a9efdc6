import Configuration
import Features
import Foundation

/// Reads settings, and names the one that is wrong.
struct SettingReader {
    private let reader: ConfigReader

    init(_ reader: ConfigReader) {
        self.reader = reader
    }

    /// Nil when it is not set; set to nothing is not set either, as compose files do it.
    func text(_ setting: Setting) -> String? {
        let value = reader.string(forKey: ConfigKey(setting.path), isSecret: true)
        return value?.isEmpty == false ? value : nil
    }

    func integer(_ setting: Setting, _ range: ClosedRange<Int>) throws(StartError) -> Int? {
        guard let text = text(setting) else { return nil }
        guard let number = Int(text), range.contains(number) else {
            throw StartError(
                setting,
                "must be a whole number from \(range.lowerBound) to \(range.upperBound)"
            )
        }
        return number
    }

    func boolean(_ setting: Setting) throws(StartError) -> Bool? {
        try choice(setting, ["true": true, "false": false, "1": true, "0": false])
    }

    func choice<Choice: RawRepresentable & CaseIterable>(
        _ setting: Setting
    ) throws(StartError) -> Choice? where Choice.RawValue == String {
        try choice(
            setting,
            Dictionary(uniqueKeysWithValues: Choice.allCases.map { ($0.rawValue, $0) })
        )
    }

    func choice<Choice>(
        _ setting: Setting,
        _ choices: [String: Choice]
    ) throws(StartError) -> Choice? {
        guard let text = text(setting) else { return nil }
        guard let choice = choices[text.lowercased()] else {
            throw StartError(
                setting,
                "must be one of: \(choices.keys.sorted().joined(separator: ", "))"
            )
        }
        return choice
    }

    func url(_ setting: Setting) throws(StartError) -> URL? {
        guard let text = text(setting) else { return nil }
        guard Self.origin(text) != nil, let url = URL(string: text) else {
            throw StartError(setting, "must be an address such as https://money.example.org")
        }
        return url
    }

    /// A list with commas between.
    func origins(_ setting: Setting) throws(StartError) -> [String] {
        var origins: [String] = []
        for part in (text(setting) ?? "").split(separator: ",") {
            let text = part.trimmingCharacters(in: .whitespaces)
            guard let origin = Self.origin(text) else {
                throw StartError(setting, "must list origins such as https://money.example.org")
            }
            origins.append(origin)
        }
        return origins
    }

    /// A list with commas between.
    func networks(_ setting: Setting) throws(StartError) -> [NetworkRange] {
        var networks: [NetworkRange] = []
        for part in (text(setting) ?? "").split(separator: ",") {
            guard let network = NetworkRange(part.trimmingCharacters(in: .whitespaces)) else {
                throw StartError(setting, "must list networks such as 10.0.0.0/8 or 192.168.1.2")
            }
            networks.append(network)
        }
        return networks
    }

    /// The scheme, host and port of an address that has nothing more; nil for anything else.
    static func origin(_ text: String) -> String? {
        guard let parts = URLComponents(string: text), let scheme = parts.scheme?.lowercased(),
            ["http", "https"].contains(scheme), let host = parts.host?.lowercased(), !host.isEmpty,
            parts.user == nil, parts.query == nil, parts.fragment == nil,
            ["", "/"].contains(parts.path)
        else { return nil }
        return "\(scheme)://\(host)" + (parts.port.map { ":\($0)" } ?? "")
    }
}
