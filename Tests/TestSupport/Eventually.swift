/// Looks again every millisecond until the condition holds. It leaves its thread between two looks, since
/// loops that only yield can take every thread from those that would make it true.
package func eventually(_ condition: () async throws -> Bool) async rethrows {
    while try await !condition() {
        // Only a cancelled test wakes early, and looks again.
        try? await Task.sleep(for: .milliseconds(1))
    }
}
