/// Why a command stopped before it did anything: one line for whoever started it.
struct StartError: Error, CustomStringConvertible, Equatable {
    let description: String

    init(_ description: String) {
        self.description = description
    }

    /// - Parameter setting: the variable or key to change.
    init(_ setting: Setting, _ reason: String) {
        description = "\(setting.rawValue) \(reason)"
    }
}
