import ServiceLifecycle

/// A pause of something that works as long as the server runs.
enum Rest {
    /// - Returns: false when the server stops.
    static func takes(_ pause: Duration) async -> Bool {
        do {
            try await cancelWhenGracefulShutdown { try await Task.sleep(for: pause) }
            return true
        } catch {
            return false
        }
    }
}
