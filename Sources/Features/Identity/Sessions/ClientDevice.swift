/// What is known of the program and the place that a request came from.
package struct ClientDevice: Sendable, Equatable {
    /// The browser's or the program's name for itself.
    package let device: String
    package let address: String

    package init(device: String, address: String) {
        // A name is text from outside: one line, and no longer than a list of devices can show.
        let line = device.unicodeScalars.filter { $0.value >= 32 && $0.value != 127 }.prefix(255)
        self.device = String(String.UnicodeScalarView(line))
        self.address = address
    }

    /// What stands for everyone behind the same line.
    var network: String { NetworkAddress(address)?.neighbourhood ?? address }
}
